"""Plans take values of indicators by months; what computes them is known only here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.plans.ports import Computed
from tinhso.plans.status import Point

MONTH = "month"
YEARS = 4
DESK, PUBLIC = "indicators:indicator", "figures-public:indicator"


class ByMonth:
    """The province's figures of the last years, month by month; the running one up to today."""

    def read(self, ids: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Computed]:
        """Return those that have months and are counted; the rest are asked for."""
        known, today = indicators(), local(at).date()
        wanted = [one for name in sorted(ids) if (one := known.get(name)) and _has_months(one)]
        cuts = {one.id: [Cut(one.id, year, (MONTH,)) for year in _years(today)] for one in wanted}
        found = stood(cut for several in cuts.values() for cut in several)
        ask_cuts(at=at, cuts=[cut for several in cuts.values() for cut in several])
        route = DESK if actor.is_officer else PUBLIC
        return {
            name: _computed(
                [found[cut] for cut in several if cut in found], today, reverse(route, args=[name])
            )
            for name, several in cuts.items()
        }


def _years(today: date) -> tuple[Period, ...]:
    return tuple(Period.year(year) for year in range(today.year - YEARS + 1, today.year + 1))


def _has_months(one: Indicator) -> bool:
    return one.manual is None and MONTH in one.dimensions


def _computed(found: Sequence[Stood], today: date, url: str) -> Computed:
    """Join the years. A month without a value has no point."""
    told = [(date.fromisoformat(one.group[0]), one.value) for each in found for one in each.series.figures]
    points = (
        Point(min(_last_day(month), today), value)
        for month, value in sorted(told, key=lambda one: one[0])
        if value is not None
    )
    position = max((one.series.checkpoint.position for one in found if one.series.checkpoint), default=0)
    return Computed(tuple(points), url=url, checkpoint=str(position) if position else "")


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
