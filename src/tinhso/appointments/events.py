"""What happens in halls. No names: identifiers, numbers and moments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class _OfHall(Event):
    subject_kind: ClassVar[str] = "hall"
    subject_field: ClassVar[str] = "hall_id"
    hall_id: UUID


@dataclass(frozen=True, kw_only=True)
class HallSetUp(_OfHall):
    """:ivar what: which part of the set-up was changed"""

    kind: ClassVar[str] = "hall.set_up"
    agency_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class CounterTaken(_OfHall):
    kind: ClassVar[str] = "hall.counter_taken"
    counter_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class CounterLeft(_OfHall):
    kind: ClassVar[str] = "hall.counter_left"
    counter_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class _OfBooking(Event):
    subject_kind: ClassVar[str] = "booking"
    subject_field: ClassVar[str] = "booking_id"
    booking_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(_OfBooking):
    kind: ClassVar[str] = "booking.booked"
    agency_id: UUID
    service_id: UUID
    starts_at: datetime
    channel: str


@dataclass(frozen=True, kw_only=True)
class AppointmentMoved(_OfBooking):
    kind: ClassVar[str] = "booking.moved"
    before: datetime
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(_OfBooking):
    kind: ClassVar[str] = "booking.cancelled"


@dataclass(frozen=True, kw_only=True)
class AppointmentDisplaced(_OfBooking):
    kind: ClassVar[str] = "booking.displaced"
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(_OfBooking):
    kind: ClassVar[str] = "booking.missed"
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentReminded(_OfBooking):
    kind: ClassVar[str] = "booking.reminded"


@dataclass(frozen=True, kw_only=True)
class TicketIssued(Event):
    """:ivar booking_id: the booking that was checked in, if one was"""

    kind: ClassVar[str] = "ticket.issued"
    subject_kind: ClassVar[str] = "ticket"
    subject_field: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    service_id: UUID
    on: date
    label: str
    booking_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TurnMoved(Event):
    """:ivar move: a key of ``states.TURN_MOVES``, or ``bring_back``"""

    kind: ClassVar[str] = "ticket.turn_moved"
    subject_kind: ClassVar[str] = "ticket"
    subject_field: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    turn_id: UUID
    move: str
    counter: int | None
