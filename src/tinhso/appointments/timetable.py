"""Which slots a service offers: the grid of its hall's hours, less what is taken, within the horizon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tinhso.appointments.hours import sessions_of, the_calendar, why_closed
from tinhso.appointments.models import Hall, Service, Slot
from tinhso.appointments.types import DayOffer, SlotOffer
from tinhso.calendars.types import DAY, Calendar, Words, at_time
from tinhso.kernel.clock import local


@dataclass(frozen=True, slots=True)
class Timetable:
    """The hours of one hall on one occasion of asking; made by :func:`timetable_of`."""

    hall: Hall
    closed: dict[date, str]
    calendar: Calendar

    def receives(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether the whole interval lies within a session."""
        sessions = self._sessions(local(starts_at).date())
        return any(start <= starts_at and ends_at <= end for start, end in sessions)

    def grid(self, on: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the slots of that day, in order; what is left at a session's end is for walk-ins."""
        length = timedelta(minutes=self.hall.slot_minutes)
        for start, end in self._sessions(on):
            while start + length <= end:
                yield start, start + length
                start += length

    def days(self, at: datetime) -> Iterator[date]:
        """Yield the days on which one may book, today first."""
        today = local(at).date()
        yield from (today + n * DAY for n in range(self.hall.horizon_days + 1))

    def is_in_time(self, starts_at: datetime, *, at: datetime) -> bool:
        """Say whether a slot is still, and already, to be booked."""
        last = local(at).date() + self.hall.horizon_days * DAY
        return at + timedelta(minutes=self.hall.lead_minutes) <= starts_at and local(starts_at).date() <= last

    def why(self, on: date) -> Words:
        """Return why nobody is received that day."""
        return why_closed(on, closed=self.closed, calendar=self.calendar)

    def is_open_on(self, on: date) -> bool:
        return bool(self._sessions(on))

    def closes_at(self, on: date) -> datetime | None:
        """Return the end of that day's last session; None when nobody is received."""
        sessions = self._sessions(on)
        return sessions[-1][1] if sessions else None

    def _sessions(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        return sessions_of(on, weekly=self.hall.weekly, closed=self.closed, calendar=self.calendar)


def timetable_of(hall: Hall) -> Timetable:
    """Return the timetable; one query for the closures."""
    closed = dict(hall.closures.values_list("on", "reason"))
    return Timetable(hall=hall, closed=closed, calendar=the_calendar())


def bookable_places(service: Service) -> int:
    """Return how many of a slot's places may be booked; the share of walk-ins is rounded up."""
    kept = -(-service.places * service.hall.walk_in_percent // 100)
    return max(0, service.places - kept)


def day_offers(service: Service, *, at: datetime) -> tuple[DayOffer, ...]:
    """Return every day of the horizon with its free places, or why there are none; two queries."""
    table = timetable_of(service.hall)
    taken = _taken(service, from_at=at, days=service.hall.horizon_days + 1)
    return tuple(_day(service, table, on, taken, at) for on in table.days(at))


def slot_offers(service: Service, on: date, *, at: datetime) -> tuple[SlotOffer, ...]:
    """Return the slots of that day that are still to come, full ones too; two queries."""
    table = timetable_of(service.hall)
    taken = _taken(service, from_at=at_time(on, datetime.min.time()), days=1)
    return tuple(_slots(service, table, on, taken, at))


def _day(service: Service, table: Timetable, on: date, taken: list[Slot], at: datetime) -> DayOffer:
    if not table.is_open_on(on):
        return DayOffer(on, 0, table.why(on))
    return DayOffer(on, sum(slot.free for slot in _slots(service, table, on, taken, at)))


def _slots(
    service: Service, table: Timetable, on: date, taken: list[Slot], at: datetime
) -> Iterator[SlotOffer]:
    places = bookable_places(service)
    for start, end in table.grid(on):
        if table.is_in_time(start, at=at):
            used = sum(slot.taken for slot in taken if slot.starts_at < end and start < slot.ends_at)
            yield SlotOffer(start, end, max(0, places - used))


def _taken(service: Service, *, from_at: datetime, days: int) -> list[Slot]:
    """Return slots in which somebody is; of an older grid too, which the new one overlaps."""
    until = from_at + (days + 1) * DAY
    return list(service.slots.filter(taken__gt=0, ends_at__gt=from_at, starts_at__lt=until))
