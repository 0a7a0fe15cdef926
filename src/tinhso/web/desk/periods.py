"""A span of days in an address: ``?tu=2026-01-01&den=2026-03-31``, both ends included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.calendars.types import at_time

FROM, UNTIL = "tu", "den"
# Moments outside these years are beyond what dates are reckoned with.
EARLIEST, LATEST = 1900, 2999


@dataclass(frozen=True, slots=True)
class Period:
    """
    :param since: as typed, or the day chosen for whoever typed none
    :param until: likewise
    :param begins: the first moment; None for no beginning
    :param ends: the first moment after the last; None for no end
    :param wrong: what is wrong with the days; empty when nothing is
    """

    since: str
    until: str
    begins: datetime | None
    ends: datetime | None
    wrong: str

    @property
    def query(self) -> dict[str, str]:
        """The span as an address holds it."""
        return {name: day for name, day in ((FROM, self.since), (UNTIL, self.until)) if day}


def read(told: QueryDict, *, since: date | None = None) -> Period:
    """:param since: where the span begins when the address names no day at all"""
    usual = "" if since is None or FROM in told or UNTIL in told else since.isoformat()
    first, last = told.get(FROM, usual), told.get(UNTIL, "")
    (begins, wrong_since), (ends, wrong_until) = _day(first), _day(last)
    return Period(
        since=first,
        until=last,
        begins=at_time(begins, time.min) if begins else None,
        ends=at_time(ends + timedelta(days=1), time.min) if ends else None,
        wrong=wrong_since or wrong_until or _order(begins, ends),
    )


def _day(written: str) -> tuple[date | None, str]:
    if not written:
        return None, ""
    try:
        day = date.fromisoformat(written)
        return (day, "") if EARLIEST <= day.year <= LATEST else (None, _unknown(written))
    except ValueError:
        return None, _unknown(written)


def _unknown(written: str) -> str:
    return _("Không có ngày «%(day)s». Hãy chọn lại trên lịch.") % {"day": written[:20]}


def _order(begins: date | None, ends: date | None) -> str:
    if begins is None or ends is None or begins <= ends:
        return ""
    return _("Ngày cuối đứng trước ngày đầu. Hãy đổi lại.")
