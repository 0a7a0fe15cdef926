"""Working time as one long axis: how much lies before a moment, and which moment lies at a given length."""

from datetime import datetime, timedelta

from tinhso.calendars.types import Calendar, at_time

_NONE = timedelta()


def work_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return the working time from ``start`` to ``end``, both local; negative when ``end`` is the earlier."""
    return _position(end, calendar) - _position(start, calendar)


def add_work(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """
    Return the first moment by which that much working time has passed since ``start``; none: ``start``.

    :raises ValueError: a negative amount
    :raises OutsideCalendar: the count leaves the calendar
    """
    if amount < _NONE:
        raise ValueError("working time to add must not be negative")
    return _moment(_position(start, calendar) + amount, calendar) if amount else start


def day_length(calendar: Calendar) -> timedelta:
    """Return the working time of a whole working day."""
    day = calendar.first
    sessions = calendar.office_hours.sessions
    return sum((at_time(day, end) - at_time(day, start) for start, end in sessions), _NONE)


def _position(at: datetime, calendar: Calendar) -> timedelta:
    whole_days = calendar.working_days_before(at.date())
    today = (min(at, end) - start for start, end in calendar.sessions(at.date()) if at > start)
    return whole_days * day_length(calendar) + sum(today, _NONE)


def _moment(position: timedelta, calendar: Calendar) -> datetime:
    whole_days, rest = divmod(position, day_length(calendar))
    if not rest:
        return calendar.closing(calendar.working_day_at(whole_days - 1))
    for start, end in calendar.sessions(calendar.working_day_at(whole_days)):
        if rest <= end - start:
            return start + rest
        rest -= end - start
    raise AssertionError("the rest of a division is shorter than the day")
