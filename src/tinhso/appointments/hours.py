"""When a hall receives: the calendar, its own weekly hours within it, its days off."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from itertools import pairwise

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.loading import load_calendar
from tinhso.calendars.types import Calendar, Words, at_time
from tinhso.kernel.refusals import Invalid

Sessions = tuple[tuple[datetime, datetime], ...]
Weekly = Mapping[str, list[list[str]]]

DAY_OFF = Words(vi="Ngày nghỉ theo lịch", en="Day off by the calendar")


class HoursUnreadable(Invalid):
    code = "hall-hours-unreadable"
    message = _(
        "Không đọc được giờ «%(typed)s». Hãy ghi dạng 07:30-11:30, 13:30-17:00, theo thứ tự; "
        "ghi «nghỉ» để đóng cửa, để trống để theo lịch làm việc chung."
    )


def the_calendar() -> Calendar:
    """Return the province's calendar."""
    return load_calendar(settings.TINHSO.packs, settings.TINHSO.province)


def sessions_of(on: date, *, weekly: Weekly, closed: Collection[date], calendar: Calendar) -> Sessions:
    """
    Return when the hall receives that day; nothing on a day off.

    Its own hours of a weekday win over the calendar's, so that a hall may open on a Saturday; a public
    holiday and a closure of its own win over both.
    """
    if on in closed or not calendar.first <= on <= calendar.last or on in calendar.days_off:
        return ()
    own = weekly.get(str(on.weekday()))
    if own is None or on in calendar.extra_days:
        return calendar.sessions(on)
    return tuple((at_time(on, time.fromisoformat(a)), at_time(on, time.fromisoformat(b))) for a, b in own)


def why_closed(on: date, *, closed: Mapping[date, str], calendar: Calendar) -> Words:
    """Return why nobody is received that day, for a day that has no sessions."""
    if on in closed:
        return Words(vi=closed[on], en=closed[on])
    return calendar.days_off.get(on, DAY_OFF)


def read_hours(typed: str) -> list[list[str]] | None:
    """
    Return the sessions somebody typed, ``None`` for an empty box, ``[]`` for «nghỉ».

    >>> read_hours("7:30-11:30, 13:30 - 17:00")
    [['07:30', '11:30'], ['13:30', '17:00']]

    :raises HoursUnreadable: no times, out of order or overlapping
    """
    said = typed.strip().casefold()
    if not said:
        return None
    if said in ("nghỉ", "nghi", "closed"):
        return []
    try:
        edges = [_clock(part) for span in said.split(",") for part in _two(span)]
    except ValueError:
        raise HoursUnreadable(typed=typed[:60]) from None
    if any(a >= b for a, b in pairwise(edges)):
        raise HoursUnreadable(typed=typed[:60])
    return [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def written_hours(sessions: list[list[str]] | None) -> str:
    """Return the sessions as :func:`read_hours` reads them."""
    if sessions is None:
        return ""
    return ", ".join(f"{a}-{b}" for a, b in sessions) or str(_("nghỉ"))


def _two(span: str) -> tuple[str, str]:
    first, second = span.replace("–", "-").split("-")
    return first, second


def _clock(part: str) -> time:
    hours, minutes = part.strip().replace("h", ":").split(":")
    return time(int(hours), int(minutes or 0))
