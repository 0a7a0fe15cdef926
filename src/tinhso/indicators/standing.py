"""
Figures as they stand: what pages read.

They were counted beforehand (``actions.refresh``), so that no page counts facts and no process of pages
loads an engine. What was entered is read where it was entered.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from tinhso.facts.types import Checkpoint
from tinhso.indicators import entered
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import StandingCut
from tinhso.indicators.periods import months_up_to
from tinhso.indicators.types import Figure, Series, SetApart

APART = ","


@dataclass(frozen=True, slots=True)
class Cut:
    """
    Which figures of an indicator.

    :param period: the whole period, of a running one too
    :param by: dimensions, in order
    :param as_of_map: the map units are given on; None: that of the day of filing
    """

    indicator: str
    period: Period
    by: tuple[str, ...] = ()
    as_of_map: date | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """
    Figures as they were when they were counted last.

    :param computed_at: when; of entered values when the newest was entered
    :param counted_until: the first day that was not counted
    :param passes: of which facts
    """

    series: Series
    computed_at: datetime
    counted_until: date
    passes: int = 0

    @property
    def figure(self) -> Figure | None:
        """The one figure of all; None where it was cut by something."""
        return self.series.figures[0] if not self.series.by and self.series.figures else None


def figures_of(
    indicator_ids: Collection[str], *, period: Period, by: Sequence[str] = (), as_of_map: date | None = None
) -> dict[str, Stood]:
    """Return figures of several indicators, by id; what is not there yet is left out (``ask_cuts`` asks)."""
    wanted = [Cut(one, period, tuple(by), as_of_map) for one in indicator_ids]
    return {cut.indicator: found for cut, found in stood(wanted).items()}


def stood(cuts: Iterable[Cut]) -> dict[Cut, Stood]:
    """Return what is there of any number of cuts, in two queries."""
    known = indicators()
    wanted = [cut for cut in dict.fromkeys(cuts) if cut.indicator in known]
    typed = [cut for cut in wanted if known[cut.indicator].manual is not None]
    counted = [cut for cut in wanted if known[cut.indicator].manual is None]
    return {**_counted(counted, known), **_entered(typed, known)}


def months_of(
    indicator_ids: Collection[str], *, last: date, count: int = 13
) -> dict[str, tuple[tuple[Period, Figure | None], ...]]:
    """Return the months up to that of a day, the oldest first; None where nothing is known."""
    months = months_up_to(last, count)
    found = stood(Cut(one, month) for one in indicator_ids for month in months)
    return {
        one: tuple((month, _figure(found.get(Cut(one, month)))) for month in months) for one in indicator_ids
    }


def rows_of(cuts: Collection[Cut]) -> dict[Cut, StandingCut]:
    """Return the rows there are, those that were only asked for too."""
    if not cuts:
        return {}
    periods = {(cut.period, APART.join(cut.by), cut.as_of_map) for cut in cuts}
    named = reduce(or_, (_where(*one) for one in periods))
    rows = StandingCut.objects.filter(named, indicator__in={cut.indicator for cut in cuts})
    found = {cut_of(row): row for row in rows}
    return {cut: found[cut] for cut in cuts if cut in found}


def cut_of(row: StandingCut) -> Cut:
    """Return which cut a row is."""
    by = tuple(filter(None, row.grouped_by.split(APART)))
    return Cut(row.indicator, Period(row.since, row.until), by, row.map_on)


def kept(series: Series) -> dict[str, Any]:
    """Return figures as a row keeps them."""
    made_of = series.checkpoint
    return {
        "definition": series.definition,
        "figures": [[list(one.group), _texts(one.sums), _text(one.value)] for one in series.figures],
        "set_apart": [[list(one.group), list(one.candidates), _texts(one.sums)] for one in series.set_apart],
        "position": made_of.position if made_of else 0,
        "passes": made_of.passes if made_of else 0,
        "without": [list(span) for span in made_of.without] if made_of else [],
    }


def _where(period: Period, by: str, map_on: date | None) -> Q:
    on_map = Q(map_on__isnull=True) if map_on is None else Q(map_on=map_on)
    return Q(since=period.since, until=period.until, grouped_by=by) & on_map


def _counted(cuts: Collection[Cut], known: Mapping[str, Indicator]) -> dict[Cut, Stood]:
    return {
        cut: _stood(row)
        for cut, row in rows_of(cuts).items()
        # What an older definition came to is not what the page says it is.
        if row.computed_at is not None and row.definition == known[cut.indicator].digest
    }


def _stood(row: StandingCut) -> Stood:
    cut = cut_of(row)
    without = tuple((first, last) for first, last in row.without)
    figures = tuple(Figure(tuple(group), _numbers(sums), _value(value)) for group, sums, value in row.figures)
    apart = tuple(
        SetApart(tuple(group), tuple(heirs), _numbers(sums)) for group, heirs, sums in row.set_apart
    )
    made_of = Checkpoint(row.position, row.passes, without)
    series = Series(row.indicator, row.definition, cut.by, cut.period, cut.as_of_map, figures, apart, made_of)
    return Stood(series, row.computed_at or row.asked_at, row.counted_until or row.until, row.passes)


def _entered(cuts: Collection[Cut], known: Mapping[str, Indicator]) -> dict[Cut, Stood]:
    rows = entered.values_in([cut.indicator for cut in cuts], [cut.period for cut in cuts])
    found: dict[Cut, Stood] = {}
    for cut in cuts:
        of_cut = rows.get((cut.indicator, cut.period), ())
        series = entered.series_of(known[cut.indicator], of_cut, period=cut.period, by=cut.by)
        if of_cut and series.figures:
            found[cut] = Stood(series, max(row.entered_at for row in of_cut), cut.period.until)
    return found


def _figure(found: Stood | None) -> Figure | None:
    return found.figure if found else None


def _texts(sums: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(added) for name, added in sums.items()}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _numbers(sums: Mapping[str, str]) -> dict[str, Any]:
    return {name: Decimal(said) if "." in said else int(said) for name, said in sums.items()}


def _value(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)
