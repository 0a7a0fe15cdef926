"""Halls, slots, bookings, numbers and figures as the API tells them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from tinhso.appointments.types import (
    Board,
    BookingView,
    DayOffer,
    Figure,
    HallView,
    ServiceView,
    ServiceWait,
    SlotOffer,
    TicketView,
    TurnView,
)


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class QueueServiceOut(Schema):
    """A group of matters with one queue."""

    id: UUID
    letter: str
    name: str
    codes: list[str] = Field(description="Procedures that belong to it by code.")
    fields: list[str] = Field(description="Fields of procedures that belong to it.")
    places: int = Field(description="Persons in one slot, walk-ins included.")
    minutes: int = Field(description="Expected for one person.")
    is_open: bool

    @classmethod
    def told(cls, one: ServiceView, language: str) -> "QueueServiceOut":
        return cls(
            id=one.id,
            letter=one.letter,
            name=one.name.into(language),
            codes=list(one.codes),
            fields=list(one.fields),
            places=one.places,
            minutes=one.minutes,
            is_open=one.is_open,
        )


class HallOut(Schema):
    """The one-stop of an agency."""

    agency_id: UUID
    agency_name: str
    unit_code: str
    address: str
    phone: str
    is_open: bool
    services: list[QueueServiceOut]

    @classmethod
    def told(cls, one: HallView, language: str) -> "HallOut":
        return cls(
            agency_id=one.agency_id,
            agency_name=one.agency_name.into(language),
            unit_code=one.unit_code,
            address=one.address,
            phone=one.phone,
            is_open=one.is_open,
            services=[QueueServiceOut.told(service, language) for service in one.services],
        )


class WaitOut(Schema):
    """How it stands at a service now, and how long one usually waited."""

    service_id: UUID
    name: str
    waiting: int
    counters: int = Field(description="With somebody at them.")
    minutes_now: int | None = Field(description="Estimated for who draws now; null when nobody serves it.")
    usual_minutes: int | None = Field(description="Median of the past days; null when too few were measured.")

    @classmethod
    def told(cls, one: ServiceWait, language: str) -> "WaitOut":
        return cls(
            service_id=one.service_id,
            name=one.name.into(language),
            waiting=one.waiting,
            counters=one.counters,
            minutes_now=one.minutes_now,
            usual_minutes=one.usual_minutes,
        )


class BookableDayOut(Schema):
    """A day of the horizon."""

    on: date
    free: int
    why: str = Field(description="Why nobody is received that day; empty when somebody is.")

    @classmethod
    def told(cls, one: DayOffer, language: str) -> "BookableDayOut":
        return cls(on=one.on, free=one.free, why=one.why.into(language) if one.why else "")


class SlotOut(Schema):
    starts_at: datetime
    ends_at: datetime
    free: int = Field(description="Places left for bookings.")

    @classmethod
    def told(cls, one: SlotOffer) -> "SlotOut":
        return cls(starts_at=one.starts_at, ends_at=one.ends_at, free=one.free)


class BookIn(_In):
    """Which slot, and for whom; for oneself when no person is named."""

    service_id: UUID
    starts_at: AwareDatetime
    person_id: UUID | None = None
    procedure_code: str = Field(default="", max_length=40)
    by_phone: bool = Field(default=False, description="An officer writes down what is asked by telephone.")


class MoveIn(_In):
    starts_at: AwareDatetime
    service_id: UUID | None = Field(default=None, description="Another service of the same hall.")


class BookingOut(Schema):
    """One person's place in one slot."""

    id: UUID
    code: str = Field(description="Typed or scanned at the kiosk.")
    state: Literal["booked", "displaced", "arrived", "cancelled", "no_show"]
    state_text: str
    person_id: UUID
    agency_id: UUID
    agency_name: str
    service_id: UUID
    service_name: str
    procedure_code: str
    starts_at: datetime
    ends_at: datetime
    channel: Literal["portal", "counter", "phone"]
    booked_at: datetime
    reason: str = Field(description="Why its time is not kept; empty when it is.")
    number: str = Field(description="Drawn when they came; empty before.")

    @classmethod
    def told(cls, one: BookingView, language: str) -> "BookingOut":
        return cls(
            id=one.id,
            code=one.code,
            state=one.state.value,
            state_text=str(one.state.label),
            person_id=one.person_id,
            agency_id=one.agency_id,
            agency_name=one.agency_name.into(language),
            service_id=one.service_id,
            service_name=one.service_name.into(language),
            procedure_code=one.procedure_code,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            channel=one.channel,  # type: ignore[arg-type]
            booked_at=one.booked_at,
            reason=one.reason,
            number=one.label,
        )


class DrawIn(_In):
    """What for; the kiosk's key when no officer of the counters is signed in."""

    service_id: UUID
    kiosk_key: str = Field(default="", max_length=64)
    priority: str = Field(default="", max_length=20, description="A group of `one-stop.yaml`, or empty.")
    request_key: UUID | None = Field(
        default=None, description="With the same one the same number comes back."
    )


class ArriveIn(_In):
    """A booking's code as typed or scanned."""

    code: str = Field(min_length=1, max_length=200)
    kiosk_key: str = Field(default="", max_length=64)
    priority: str = Field(default="", max_length=20)


class NumberOut(Schema):
    """A number, as its holder follows it. It bears no name."""

    token: str = Field(description="Opens this number to whoever has it.")
    label: str
    on: date
    state: str
    state_text: str
    agency_id: UUID
    service_id: UUID
    service_name: str
    priority: str
    issued_at: datetime
    before: int | None = Field(description="Called before it; null unless it waits.")
    wait_minutes: int | None = Field(description="Estimated; null unless it waits.")
    counter: int | None
    calls: int

    @classmethod
    def told(cls, one: TicketView, language: str) -> "NumberOut":
        return cls(
            token=one.token,
            label=one.label,
            on=one.on,
            state=one.state.value,
            state_text=str(one.state.label),
            agency_id=one.agency_id,
            service_id=one.service_id,
            service_name=one.service_name.into(language),
            priority=one.priority,
            issued_at=one.issued_at,
            before=one.before,
            wait_minutes=one.wait_minutes,
            counter=one.counter,
            calls=one.calls,
        )


class TurnOut(Schema):
    """One passage through a queue, for officers."""

    id: UUID
    label: str
    service_id: UUID
    service_name: str
    state: str
    priority: str
    booked_for: datetime | None
    joined_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    calls: int
    counter: int | None
    person_id: UUID | None = Field(description="Whose booking it was; null for who drew a number.")

    @classmethod
    def told(cls, one: TurnView, language: str) -> "TurnOut":
        return cls(
            id=one.id,
            label=one.label,
            service_id=one.service_id,
            service_name=one.service_name.into(language),
            state=one.state.value,
            priority=one.priority,
            booked_for=one.booked_for,
            joined_at=one.joined_at,
            called_at=one.called_at,
            started_at=one.started_at,
            ended_at=one.ended_at,
            calls=one.calls,
            counter=one.counter,
            person_id=one.person_id,
        )


class TransferIn(_In):
    service_id: UUID


class CallOut(Schema):
    label: str
    counter: int
    is_serving: bool
    calls: int
    called_at: datetime


class BoardOut(Schema):
    """What the display shows: numbers and counters, nothing else."""

    agency_name: str
    calls: list[CallOut]
    waiting: dict[str, int] = Field(description="Service's letter → how many wait.")

    @classmethod
    def told(cls, one: Board, language: str) -> "BoardOut":
        calls = [
            CallOut(
                label=line.label,
                counter=line.counter,
                is_serving=line.is_serving,
                calls=line.calls,
                called_at=line.called_at,
            )
            for line in one.lines
        ]
        waiting = {letter: count for letter, _name, count in one.waiting}
        return cls(agency_name=one.agency_name.into(language), calls=calls, waiting=waiting)


class WaitFigureOut(Schema):
    """Waiting and serving of one service, or of one hour of it; times in seconds."""

    service_id: UUID
    service_name: str
    hour: int | None
    joined: int
    served: int
    absent: int
    waited_median: int | None
    waited_p90: int | None
    served_mean: int | None

    @classmethod
    def told(cls, one: Figure, language: str) -> "WaitFigureOut":
        return cls(
            service_id=one.service_id,
            service_name=one.service_name.into(language),
            hour=one.hour,
            joined=one.joined,
            served=one.served,
            absent=one.absent,
            waited_median=one.waited_median,
            waited_p90=one.waited_p90,
            served_mean=one.served_mean,
        )
