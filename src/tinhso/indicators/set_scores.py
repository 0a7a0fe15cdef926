"""The points of index sets as they stand: of figures that were counted beforehand."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.indicators.definitions import indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.index_sets import IndexSet
from tinhso.indicators.scoring import Score, scored
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.indicators.types import Series

UNIT = ("unit",)


@dataclass(frozen=True, slots=True)
class SetStanding:
    """
    :param units: by code; empty: no line of the set is known by unit
    :param computed_at: of the oldest figure; None: everything was entered, or nothing is there
    :param is_waiting: some figures are not counted yet; they are «chưa có số liệu» until then
    """

    province: Score
    units: tuple[Score, ...]
    computed_at: datetime | None
    is_waiting: bool


def standing(wanted: IndexSet, *, period: Period) -> SetStanding:
    """Return the points of the province and of every unit that has a figure."""
    cuts = cuts_of(wanted, period)
    found = stood(cuts)
    known = indicators()
    computed = [one for cut, one in found.items() if known[cut.indicator].manual is None]
    province = scored(wanted, [_series(cut, found.get(cut)) for cut in cuts if not cut.by])[0]
    by_unit = [found[cut].series for cut in cuts if cut.by and cut in found]
    units = scored(wanted, by_unit) if by_unit else ()
    missing = (cut for cut in cuts if known[cut.indicator].manual is None and cut not in found)
    return SetStanding(
        province=province,
        units=tuple(one for one in units if one.unit),
        computed_at=min((one.computed_at for one in computed), default=None),
        is_waiting=any(missing),
    )


def cuts_of(wanted: IndexSet, period: Period) -> tuple[Cut, ...]:
    """Return which figures the set needs: each whole, and by unit where the indicator has units."""
    known = indicators()
    asked = [known[name] for name in wanted.indicators]
    whole = (Cut(one.id, period) for one in asked)
    by_unit = (Cut(one.id, period, UNIT) for one in asked if one.manual or "unit" in one.dimensions)
    return (*whole, *by_unit)


def _series(cut: Cut, found: Stood | None) -> Series:
    """Return the figures, or a series without any: what is not known has no points."""
    if found is not None:
        return found.series
    return Series(cut.indicator, "", cut.by, cut.period, cut.as_of_map, (), (), None)
