"""Plans take values of indicators by months; what computes them is known only here."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from tinhso.facts.refusals import FactsAreRebuilt
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.figures import several
from tinhso.indicators.formulas import Period
from tinhso.indicators.types import Series
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.plans.ports import Computed
from tinhso.plans.status import Point

MONTH = "month"
YEARS = 3
# Seconds for which a figure is not computed again.
FRESH = 60


class ByMonth:
    """The province's figures of the last three years, month by month; the running one up to today."""

    def read(self, ids: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Computed]:
        """Return those that have months; while facts are made anew there are none."""
        del actor  # a figure of the whole province says nothing of anybody
        known = indicators()
        wanted = tuple(one for name in sorted(ids) if (one := known.get(name)) and _has_months(one))
        if not wanted:
            return {}
        try:
            found = _several(tuple(one.id for one in wanted), local(at).date(), int(at.timestamp()) // FRESH)
        except FactsAreRebuilt:
            return {}
        return {series.indicator: _computed(series, local(at).date()) for series in found}


@lru_cache(maxsize=16)
def _several(ids: tuple[str, ...], today: date, _minute: int) -> tuple[Series, ...]:
    # A public page must not count all facts for each reader.
    known = indicators()
    period = Period(date(today.year - YEARS, 1, 1), today + timedelta(days=1))
    return several([known[name] for name in ids], period=period, by=(MONTH,))


def _has_months(one: Indicator) -> bool:
    return one.manual is None and MONTH in one.dimensions


def _computed(series: Series, today: date) -> Computed:
    told = [(date.fromisoformat(one.group[0]), one.value) for one in series.figures if one.group[0]]
    points = (
        Point(min(_last_day(month), today), value) for month, value in sorted(told) if value is not None
    )
    checkpoint = str(series.checkpoint.position) if series.checkpoint else ""
    return Computed(tuple(points), checkpoint=checkpoint)


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
