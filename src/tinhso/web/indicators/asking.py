"""Which figures an address asks for: ``?ky=2026-11&chia=unit&ban-do=2025-06-30``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from tinhso.indicators import periods
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.periods import PeriodUnknown
from tinhso.indicators.policies import OFFICER
from tinhso.indicators.standing import Cut

PERIOD, BY, MAP, AFTER, COUNTS = "ky", "chia", "ban-do", "sau", "dem"
# The last days of the maps before today's: Quảng Ninh's 171 units, and its 177 (packs/vietnam/territory).
MAPS_BEFORE = (date(2025, 6, 30), date(2024, 10, 31))


@dataclass(frozen=True, slots=True)
class Asked:
    """
    :param by: a dimension; empty: the whole
    :param wrong: a sentence on what the address asks wrongly; empty: nothing
    """

    period: Period
    by: str = ""
    as_of_map: date | None = None
    wrong: str = ""

    @property
    def name(self) -> str:
        return periods.name_of(self.period)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return what to cut by: officers are shown within their agencies."""
        return ("agency", OFFICER) if self.by == OFFICER else (self.by,) if self.by else ()

    def cut(self, one: Indicator) -> Cut:
        return Cut(one.id, self.period, self.dimensions, self.as_of_map if self.by == "unit" else None)

    def query(self, **other: str) -> str:
        """Return the same question with something else in it, as an address holds it."""
        told = {PERIOD: self.name, BY: self.by, MAP: self.as_of_map.isoformat() if self.as_of_map else ""}
        return urlencode({name: said for name, said in {**told, **other}.items() if said})


def asked(data: QueryDict, *, today: date, dimensions: Iterable[str] = (), usual: str = "") -> Asked:
    """Read the address; what is wrong in it is said, and the usual taken in its place."""
    wrong = ""
    period = periods.running("month", today)
    if said := data.get(PERIOD, ""):
        try:
            period = periods.named(said)
        except PeriodUnknown as problem:
            wrong = str(problem)
    by = data.get(BY, usual)
    return Asked(period, by if by in dimensions else "", _map(data.get(MAP, ""), today), wrong)


def maps(today: date) -> tuple[date, ...]:
    """Return the maps that can be chosen: that of today and those before."""
    return today, *MAPS_BEFORE


def where_of(data: QueryDict, dimensions: Iterable[str]) -> dict[str, str]:
    """Return what the address says of dimensions."""
    return {name: said for name in dimensions if (said := data.get(name, ""))}


def counts_of(data: QueryDict) -> dict[str, int]:
    """Return which part of a figure is asked for: ``dem=on_time:0``."""
    name, colon, count = data.get(COUNTS, "").partition(":")
    return {name: int(count)} if colon and count in ("0", "1") else {}


def evidence_url(
    one: Indicator, asked: Asked, where: Mapping[str, str], counts: str = "", route: str = "evidence"
) -> str:
    """Return where the dossiers behind a figure are listed."""
    told = {**where, COUNTS: counts, BY: ""}
    return f"{reverse(f'indicators:{route}', args=[one.id])}?{asked.query(**told)}"


def _map(said: str, today: date) -> date | None:
    known = {one.isoformat(): one for one in maps(today)} | {"hom-nay": today}
    return known.get(said)
