"""What other rooms may know of halls: frozen views, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.appointments.states import BookingState, TurnState
from tinhso.calendars.types import Words


@dataclass(frozen=True, slots=True)
class ServiceView:
    """
    A group of matters with one queue.

    :param places: persons in one slot, walk-ins included
    :param minutes: expected for one person
    """

    id: UUID
    hall_id: UUID
    letter: str
    name: Words
    codes: tuple[str, ...]
    fields: tuple[str, ...]
    places: int
    minutes: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class HallView:
    """The one-stop of an agency, as the public knows it."""

    id: UUID
    agency_id: UUID
    agency_name: Words
    unit_code: str
    place: str
    address: str
    phone: str
    is_open: bool
    languages: tuple[str, ...]
    services: tuple[ServiceView, ...]


@dataclass(frozen=True, slots=True)
class CounterView:
    """:param account_id: who sits there now"""

    id: UUID
    number: int
    name: str
    is_open: bool
    account_id: UUID | None
    service_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SlotOffer:
    """A slot that may be booked, or could have been. ``free``: places left for bookings."""

    starts_at: datetime
    ends_at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class DayOffer:
    """
    A day within the horizon.

    :param free: places left on it
    :param why: why nobody is received that day; empty when somebody is
    """

    on: date
    free: int
    why: Words | None = None


@dataclass(frozen=True, slots=True)
class BookingView:
    """
    One person's place in one slot, for who may see it.

    :param label: the number drawn when they came, empty before; ``token``: its page
    """

    id: UUID
    code: str
    state: BookingState
    person_id: UUID
    agency_id: UUID
    agency_name: Words
    address: str
    phone: str
    service_id: UUID
    service_name: Words
    procedure_code: str
    starts_at: datetime
    ends_at: datetime
    channel: str
    booked_at: datetime
    reason: str
    label: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class TicketView:
    """
    A number, as its holder follows it.

    :param before: how many are called before it; None unless it waits
    :param wait_minutes: estimated until it is called; None unless it waits
    :param counter: where it is called to, or served
    :param people_served: it is being called now
    """

    id: UUID
    token: str
    label: str
    on: date
    state: TurnState
    hall_id: UUID
    agency_id: UUID
    agency_name: Words
    service_id: UUID
    service_name: Words
    priority: str
    issued_at: datetime
    before: int | None
    wait_minutes: int | None
    counter: int | None
    calls: int
    booked_for: datetime | None


@dataclass(frozen=True, slots=True)
class TurnView:
    """
    One passage through a queue, for officers.

    :param person_id: whose booking it was; None for who drew a number
    """

    id: UUID
    ticket_id: UUID
    label: str
    service_id: UUID
    service_name: Words
    state: TurnState
    priority: str
    booked_for: datetime | None
    joined_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    calls: int
    counter: int | None
    person_id: UUID | None
    procedure_code: str
    booking_code: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """Who is called where: a number and a counter, nothing else. ``called_at``: the last time."""

    label: str
    counter: int
    is_serving: bool
    calls: int
    called_at: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """What the hall's display shows."""

    agency_name: Words
    languages: tuple[str, ...]
    lines: tuple[BoardLine, ...]
    waiting: tuple[tuple[str, Words, int], ...]


@dataclass(frozen=True, slots=True)
class ServiceWait:
    """
    How it stands at one service now, and how long one usually waited.

    :param minutes_now: estimated for who would draw a number now; None when nobody serves it
    :param usual_minutes: median of the past days; None when too few were measured
    """

    service_id: UUID
    name: Words
    waiting: int
    counters: int
    minutes_now: int | None
    usual_minutes: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """
    Waiting and serving in one row of a table; times in whole seconds, None when there is nothing to measure.

    :param hour: local hour in which they joined; None for all
    """

    service_id: UUID
    service_name: Words
    hour: int | None
    joined: int
    served: int
    absent: int
    waited_median: int | None
    waited_p90: int | None
    served_mean: int | None
