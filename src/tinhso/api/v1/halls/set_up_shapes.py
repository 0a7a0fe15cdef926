"""The set-up of a hall as the API takes and tells it."""

from datetime import date
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.appointments.actions.offer import ServiceIn
from tinhso.appointments.actions.set_up import HallRulesIn
from tinhso.appointments.types import CounterView

HOURS = {str(day): "" for day in range(7)}


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class HallIn(_In):
    """What a hall decides for itself."""

    is_open: bool
    slot_minutes: int
    walk_in_percent: int = Field(description="Of a slot's places, kept for whoever comes without a booking.")
    horizon_days: int
    lead_minutes: int
    most_bookings: int = Field(description="Open bookings of one person.")
    grace_minutes: int
    weekly: dict[str, str] = Field(
        default=HOURS,
        description="Weekday (`0` Monday) → `07:30-11:30, 13:30-17:00`; empty: the calendar, `nghỉ`: closed.",
    )
    languages: list[str] = ["vi"]
    revision: int | None = Field(default=None, description="Of the set-up it was read at.")

    def read(self) -> HallRulesIn:
        return HallRulesIn(**self.model_dump(exclude={"revision"}))


class QueueServiceIn(_In):
    letter: str = Field(max_length=8)
    name: str = Field(max_length=240)
    name_en: str = Field(max_length=240)
    codes: list[str] = Field(default=[], max_length=500)
    fields: list[str] = Field(default=[], max_length=200)
    places: int
    minutes: int
    is_open: bool = True

    def read(self) -> ServiceIn:
        return ServiceIn(**self.model_dump())


class CounterIn(_In):
    number: int
    name: str = Field(default="", max_length=240)
    service_ids: list[UUID] = Field(max_length=26)
    is_open: bool = True


class ClosureIn(_In):
    on: date
    reason: str = Field(max_length=400)


class ReopenIn(_In):
    on: date


class HallKeptOut(Schema):
    id: UUID


class DisplacedOut(Schema):
    """:ivar displaced: bookings whose people were asked to choose another time"""

    displaced: int


class CounterOut(Schema):
    id: UUID
    number: int
    name: str
    is_open: bool
    is_taken: bool
    service_ids: list[UUID]

    @classmethod
    def told(cls, one: CounterView) -> "CounterOut":
        return cls(
            id=one.id,
            number=one.number,
            name=one.name,
            is_open=one.is_open,
            is_taken=one.account_id is not None,
            service_ids=list(one.service_ids),
        )
