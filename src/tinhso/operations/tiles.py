"""Tiles: what an indicator came to, how it stands, and which way it goes. Figures were counted beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.judging import Verdict, judge
from tinhso.indicators.periods import months_up_to
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.indicators.types import Figure
from tinhso.operations.types import Tab

MONTHS = 13
BY_FIELD = ("field", "month")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One tile.

    :param month: the month it is about: the last one with enough facts to say anything
    :param whole: how many facts there were; None where the indicator does not say
    :param change: against the month before; None where either is not known
    :param months: what is known of the last months, the oldest first
    :param is_asked: nothing is there yet, and it is being counted
    """

    indicator: Indicator
    month: Period
    value: Decimal | None
    whole: int | None
    verdict: Verdict
    change: Decimal | None
    months: tuple[tuple[Period, Decimal | None], ...]
    counted_until: date | None
    computed_at: datetime | None
    is_asked: bool = False


def readings(tab: Tab, *, today: date) -> tuple[Reading, ...]:
    """Return the tiles of a tab, in order; two queries. Indicators the packs no longer have are left out."""
    known = indicators()
    wanted = [known[one] for one in tab.tiles if one in known]
    found = stood(cuts_of(tab, today=today))
    return tuple(_reading(one, tab.field, found, today) for one in wanted)


def cuts_of(tab: Tab, *, today: date) -> tuple[Cut, ...]:
    """Return what a tab's tiles are read from."""
    known = indicators()
    return tuple(cut for one in tab.tiles if one in known for cut in _cuts(known[one], tab.field, today))


def whole_of(one: Indicator, figure: Figure | None) -> int | None:
    """Return how many facts made the figure."""
    return int(figure.sums.get(one.whole, 0)) if figure and one.whole else None


def _cuts(one: Indicator, field: str, today: date) -> tuple[Cut, ...]:
    """Return a cut for each month; of a field, which is not kept ready, one for all of them."""
    months = months_up_to(today, MONTHS)
    if _has_field(one, field):
        return (Cut(one.id, Period(months[0].since, months[-1].until), BY_FIELD),)
    return tuple(Cut(one.id, month) for month in months)


def _has_field(one: Indicator, field: str) -> bool:
    return bool(field) and set(BY_FIELD) <= set(one.dimensions)


def _reading(one: Indicator, field: str, found: Mapping[Cut, Stood], today: date) -> Reading:
    cuts = _cuts(one, field, today)
    known = [found.get(cut) for cut in cuts]
    months = tuple(_months(one, field, known, today))
    last = known[-1]
    place = _place(one, [figure for _month, figure in months])
    month, figure = months[place]
    before = months[place - 1][1] if place else None
    now = figure.value if figure else None
    return Reading(
        indicator=one,
        month=month,
        value=now,
        whole=whole_of(one, figure),
        verdict=judge(one, now),
        change=now - before.value if now is not None and before and before.value is not None else None,
        months=tuple((period, told.value if told else None) for period, told in months),
        counted_until=last.counted_until if last else None,
        computed_at=last.computed_at if last else None,
        is_asked=one.manual is None and last is None,
    )


def _months(
    one: Indicator, field: str, known: Sequence[Stood | None], today: date
) -> Iterator[tuple[Period, Figure | None]]:
    months = months_up_to(today, MONTHS)
    if not _has_field(one, field):
        for month, told in zip(months, known, strict=True):
            yield month, told.figure if told else None
        return
    groups = {figure.group: figure for figure in known[0].series.figures} if known[0] else {}
    for month in months:
        yield month, groups.get((field, month.since.isoformat()))


def _place(one: Indicator, figures: Sequence[Figure | None]) -> int:
    """Return which month is shown: the last with enough facts, else with a value, else the running."""
    told = list(enumerate(figures))
    enough = [n for n, figure in told if _says(figure) and (whole_of(one, figure) or one.least) >= one.least]
    known = [n for n, figure in told if _says(figure)]
    return (enough or known or [len(told) - 1])[-1]


def _says(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None
