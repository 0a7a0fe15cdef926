"""On which day something counts as received, and which pauses count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tinhso.calendars.types import Calendar, Pause, TimeLimit, Unit, Words
from tinhso.kernel.clock import local


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    When it came, and when it counts as received.

    :param came: the moment itself, local
    :param at: from when the clock could run: ``came``, or the opening of the next working day
    :param late: why it does not count that same day
    """

    came: datetime
    at: datetime
    late: Words | None


@dataclass(frozen=True, slots=True)
class Span:
    """
    From where the clock runs to where it would end without pauses.

    :param wall: plain time, not working time
    :param days: how many calendar days it was counted by, if it was
    """

    start: datetime
    end: datetime
    wall: bool = False
    days: int = 0


def receive(came: datetime, limit: TimeLimit, calendar: Calendar) -> Receipt:
    """Return the receipt. Plain hours run from the moment itself, unless the limit has a cut-off."""
    if limit.unit is Unit.HOUR and limit.cut_off is None:
        return Receipt(came, came, None)
    late = _why_late(came, limit, calendar)
    if late is None:
        return Receipt(came, came, None)
    is_working = calendar.is_working_day(came.date())
    return Receipt(came, calendar.opening(calendar.add_working_days(came.date(), int(is_working))), late)


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the same pauses in local time, in order, apart from each other."""
    result: list[Pause] = []
    for start, end in sorted((local(pause.start), local(pause.end)) for pause in pauses):
        if result and start <= result[-1].end:
            result[-1] = Pause(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Pause(start, end))
    return tuple(result)


def _why_late(came: datetime, limit: TimeLimit, calendar: Calendar) -> Words | None:
    if not calendar.is_working_day(came.date()):
        return Words(vi="vào ngày nghỉ", en="on a day off")
    cut_off = limit.cut_off or (calendar.cut_off if limit.same_day else None)
    if cut_off is not None and came.time() > cut_off:
        return Words(vi=f"sau {cut_off:%H:%M}", en=f"after {cut_off:%H:%M}")
    if came > calendar.closing(came.date()):
        return Words(vi="sau giờ làm việc", en="after office hours")
    return None
