"""
The legal clock: from a moment of receipt and a time limit to the moment it is due.

The day of receipt is not counted; the last day ends with office hours; what arrives after the cut-off, after
office hours or on a day off counts as received the next working day (NĐ 61/2018/NĐ-CP; Bộ luật Dân sự 2015,
Điều 146–148).
Starting again from zero after a full supplement is a new :func:`due`.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tinhso.calendars.explaining import Count, explain_days
from tinhso.calendars.receipt import Receipt, Span, merged, receive
from tinhso.calendars.types import DAY, Calendar, Due, Pause, TimeLimit, Unit, at_time
from tinhso.calendars.worktime import add_work, work_between
from tinhso.kernel.clock import local

_HOUR = timedelta(hours=1)
_MIDNIGHT = time()


def due(*, received: datetime, limit: TimeLimit, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """
    Return when the limit ends, and why, day by day.

    A pause moves the end by the working time in which the clock would have run; for ``hour`` by plain time.

    :param received: aware
    :raises OutsideCalendar: the count leaves the years the calendar knows
    """
    receipt = receive(local(received), limit, calendar)
    span = _span(receipt, limit, calendar)
    kept = merged(pauses)
    at = _extended(span, kept, calendar)
    return Due(at=at, lines=explain_days(Count(receipt, span, at, limit, calendar, kept)))


def explain(result: Due, language: str = "vi") -> tuple[str, ...]:
    """Return one line for each day: date, then what it meant."""
    return tuple(f"{day.on:%d/%m/%Y}  {day.text.into(language)}" for day in result.lines)


def add_working_hours(start: datetime, hours: Decimal | int, calendar: Calendar) -> datetime:
    """Return the first moment by which that many working hours (≥ 0) have passed since ``start``."""
    return add_work(local(start), timedelta(microseconds=int(hours * 3_600_000_000)), calendar)


def working_hours_between(start: datetime, end: datetime, calendar: Calendar) -> Decimal:
    """Return the working hours from ``start`` to ``end``; negative when ``end`` is the earlier."""
    return (
        Decimal(work_between(local(start), local(end), calendar) // timedelta(microseconds=1)) / 3_600_000_000
    )


def remaining(*, at: datetime, due_at: datetime, calendar: Calendar) -> Decimal:
    """Return the working hours left; negative when late."""
    return working_hours_between(at, due_at, calendar)


def _span(receipt: Receipt, limit: TimeLimit, calendar: Calendar) -> Span:
    if limit.unit is Unit.HOUR:
        return Span(receipt.at, receipt.at + limit.value * _HOUR, wall=True)
    if limit.unit is Unit.WORKING_HOUR:
        return Span(receipt.at, add_work(receipt.at, limit.value * _HOUR, calendar))
    received_on = receipt.at.date()
    if limit.same_day:
        return Span(receipt.at, calendar.closing(calendar.add_working_days(received_on, limit.value - 1)))
    start = at_time(received_on + DAY, _MIDNIGHT)
    if limit.unit is Unit.WORKING_DAY:
        return Span(start, calendar.closing(calendar.add_working_days(received_on, limit.value)))
    by_day = limit.unit is Unit.DAY
    nominal = received_on + limit.value * DAY if by_day else add_months(received_on, limit.value)
    last = calendar.add_working_days(nominal, 0) if calendar.moves_last_day else nominal
    return Span(start, calendar.closing(last), days=(nominal - received_on).days)


def add_months(on: date, months: int) -> date:
    """Return the same day of a later month, or that month's last (Bộ luật Dân sự 2015, Điều 148 khoản 3)."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def _extended(span: Span, pauses: Sequence[Pause], calendar: Calendar) -> datetime:
    """Return the end of the span after the pauses: what was left when each began is left when it ends."""
    at = span.end
    for pause in pauses:
        start = max(pause.start, span.start)
        if start >= at or pause.end <= start:
            continue
        if span.wall:
            at += pause.end - start
        elif work_between(start, pause.end, calendar):
            left = work_between(start, at, calendar)
            at = max(at, add_work(pause.end, left, calendar))
    return at
