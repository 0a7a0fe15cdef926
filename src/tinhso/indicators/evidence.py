"""From a figure to the dossiers that make it: exactly those, and of them what the reader may open."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import oversees
from tinhso.facts import live
from tinhso.facts.models import DossierFact
from tinhso.indicators import formulas, policies
from tinhso.indicators.definitions import KEY, MAP, Indicator, indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.grouping import condition, literal
from tinhso.indicators.regrouping import heirs
from tinhso.indicators.tables_read import tables_of
from tinhso.indicators.types import Behind, Evidence, Parts
from tinhso.people.types import Actor, ActorKind

PAGE = 50
SERVICES = "services"


@transaction.atomic
def evidence(
    *,
    actor: Actor,
    indicator_id: str,
    period: Period,
    where: Mapping[str, str] | None = None,
    counts: Mapping[str, int] | None = None,
    as_of_map: date | None = None,
    after: int = 0,
    limit: int = PAGE,
) -> Evidence:
    """
    Return the dossiers behind a figure, oldest first, and how many of them the reader may not open.

    What counts procedures has no dossiers behind it, but procedures of the catalogue: ``Behind.procedure``.

    :param where: what the figure's dimensions are
    :param counts: only dossiers that count so, e.g. ``{"on_time": 0}`` for those that are late
    :param as_of_map: the map on which ``where`` names a unit
    :param after: cursor of the page before
    :raises IndicatorMissing: no file says it; :raises OfficersAreTheirsToJudge, NotFound: not for this reader
    :raises NothingBehind: the value was entered; :raises NoSuchDimension, NoSuchPart: it is not cut so
    """
    one = indicator(indicator_id)
    checkpoint = live.hold()

    policies.require_reader(actor, where=where or {})
    policies.require_parts(one, where=where or {}, counts=counts or {})

    rows = _Rows(one, formulas.put_in(one.formula, period))
    rows.narrow(where or {}, counts or {}, as_of_map)
    if SERVICES in rows.tables:
        return rows.procedures(after, limit, checkpoint)
    found = rows.readable(actor)
    page = list(found.filter(number__gt=after).order_by("number")[: limit + 1])
    total = rows.count()
    hidden = total - found.count()
    told = rows.behind({number: dossier_id for number, dossier_id in page[:limit] if number is not None})
    more = page[limit - 1][0] if len(page) > limit else None
    return Evidence(total, hidden, told, more, checkpoint)


@transaction.atomic
def parts_of(
    *,
    indicator_id: str,
    period: Period,
    where: Mapping[str, str] | None = None,
    as_of_map: date | None = None,
) -> tuple[Parts, ...]:
    """Return for each number that is nought or one in every fact how many facts count and how many do not."""
    one = indicator(indicator_id)
    live.hold()
    rows = _Rows(one, formulas.put_in(one.formula, period))
    rows.narrow(where or {}, {}, as_of_map)
    return rows.parts()


class _Rows:
    """The facts of one figure, in PostgreSQL."""

    def __init__(self, one: Indicator, formula: str) -> None:
        self.tables = tables_of(one)
        self.sums = formulas.sums_of(one.value)
        self.whole, self.formula, self.only = one.whole, formula, ""

    def narrow(self, where: Mapping[str, str], counts: Mapping[str, int], as_of_map: date | None) -> None:
        unit = where.get("unit")
        plain = {name: value for name, value in where.items() if name != "unit" or as_of_map is None}
        parts = [condition(plain), *(f"{name} = {int(count)}" for name, count in counts.items())]
        if unit is not None and as_of_map is not None:
            parts.append(self._on_map(unit, as_of_map))
        self.only = " AND ".join(filter(None, parts))

    def readable(self, actor: Actor) -> "QuerySet[DossierFact, tuple[int | None, UUID]]":
        """Return number and id of the dossiers the reader may open."""
        numbers = self._sql(f"SELECT {KEY} FROM ({self.formula}) AS facts{self._where()}")
        facts = DossierFact.objects.filter(number__in=RawSQL(numbers.replace("%", "%%"), []))
        if actor.kind is not ActorKind.SYSTEM and not oversees(actor):
            facts = facts.filter(dossier_id__in=Dossier.objects.visible_to(actor).values("pk"))
        return facts.values_list("number", "dossier_id")

    def count(self) -> int:
        sql = self._sql(f"SELECT COUNT(DISTINCT {KEY}) FROM ({self.formula}) AS facts{self._where()}")
        return int(live.rows(sql)[0][0])

    def behind(self, readable: Mapping[int, UUID]) -> tuple[Behind, ...]:
        """Return what each dossier counts for."""
        if not readable:
            return ()
        listed = ", ".join(map(str, readable))
        only = " AND ".join(filter(None, (self.only, f"{KEY} IN ({listed})")))
        rows = live.rows(self._sql(formulas.grouped(self.formula, by=(KEY,), sums=self.sums, where=only)))
        return tuple(Behind(readable[row[0]], row[0], self._counts(row[1:])) for row in rows)

    def procedures(self, after: int, limit: int, checkpoint: Any) -> Evidence:
        by = (KEY, "procedure")
        rows = live.rows(self._sql(formulas.grouped(self.formula, by=by, sums=self.sums, where=self.only)))
        page = [row for row in rows if row[0] > after][: limit + 1]
        told = tuple(Behind(None, row[0], self._counts(row[2:]), row[1]) for row in page[:limit])
        return Evidence(len(rows), 0, told, page[limit - 1][0] if len(page) > limit else None, checkpoint)

    def parts(self) -> tuple[Parts, ...]:
        names = [name for name in self.sums if name != self.whole]
        if not names:
            return ()
        asked = ", ".join(
            f"SUM(CASE WHEN {name} = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN {name} = 0 THEN 1 ELSE 0 END)"
            for name in names
        )
        row = live.rows(self._sql(f"SELECT COUNT(*), {asked} FROM ({self.formula}) AS facts{self._where()}"))[
            0
        ]
        pairs = [(name, row[2 * place + 1] or 0, row[2 * place + 2] or 0) for place, name in enumerate(names)]
        return tuple(Parts(name, ones, rest) for name, ones, rest in pairs if ones + rest == row[0] > 0)

    def _on_map(self, unit: str, to: date) -> str:
        """Return which units of which months are that unit on the other map, as SQL."""
        pairs = live.rows(self._sql(f"SELECT DISTINCT unit, {MAP} FROM ({self.formula}) AS facts"))
        same = [
            f"(unit = {literal('unit', code)} AND {MAP} = {literal(MAP, str(month)[:10])})"
            for code, month in pairs
            if heirs(code, on=date.fromisoformat(str(month)[:10]), to=to) == (unit,)
        ]
        return f"({' OR '.join(same)})" if same else "1 = 0"

    def _sql(self, select: str) -> str:
        return live.translated(select, self.tables)

    def _where(self) -> str:
        return f" WHERE {self.only}" if self.only else ""

    def _counts(self, added: Sequence[Any]) -> dict[str, int]:
        return dict(zip(self.sums, added, strict=True))
