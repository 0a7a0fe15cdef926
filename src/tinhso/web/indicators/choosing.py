"""What a reader may choose from: periods, ways to cut, maps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tinhso.indicators import periods
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.periods import Kind
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import MAPS_BEFORE, Asked
from tinhso.web.templatetags.look import day

BACK: dict[Kind, int] = {"month": 13, "quarter": 5, "year": 4, "report": 4}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


def period_choices(today: date, chosen: Period) -> tuple[Choice, ...]:
    """Return the running periods and some before them, the newest first; the chosen one is always there."""
    listed = tuple(dict.fromkeys((*_periods(today), chosen)))
    return tuple(Choice(periods.name_of(one), words.period(one), one == chosen) for one in listed)


def ways(one: Indicator, chosen: str) -> tuple[Choice, ...]:
    """Return the dimensions one may cut by."""
    return _dimensions(one.dimensions, chosen)


def maps(asked: Asked, today: date) -> tuple[Choice, ...]:
    """Return the maps units can be given on."""
    return (
        Choice("", _("bản đồ ngày nộp hồ sơ"), asked.as_of_map is None),
        Choice("hom-nay", _("bản đồ hôm nay"), asked.as_of_map == today),
        *(
            Choice(
                last.isoformat(),
                _("bản đồ đến hết ngày %(day)s") % {"day": day(last)},
                asked.as_of_map == last,
            )
            for last in MAPS_BEFORE
        ),
    )


def _dimensions(found: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, str(words.DIMENSIONS[one]), one == chosen) for one in found if one != "month")


def _periods(today: date) -> Iterator[Period]:
    for kind in periods.KINDS:
        one = periods.running(kind, today)
        for _place in range(BACK[kind]):
            yield one
            one = periods.before(one)
