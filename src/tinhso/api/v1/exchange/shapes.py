"""What arrived from the national portal, and what it could not be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.exchange.models import Dispatch, Envelope
from tinhso.exchange.types import Choices, SyncFigure


class TroubleOut(Schema):
    """Why it waits."""

    why: str
    about: str
    detail: str


class EnvelopeRow(Schema):
    """One version of one dossier as the portal sent it."""

    id: UUID
    code: str = Field(description="The code there.")
    is_update: bool
    state: str
    received_at: datetime
    times: int = Field(description="How often the same content came.")
    agency_id: UUID | None
    dossier_id: UUID | None
    troubles: list[TroubleOut]

    @classmethod
    def told(cls, one: Envelope) -> "EnvelopeRow":
        return cls(**row_of(one))


class EnvelopeOut(EnvelopeRow):
    """The same with its content."""

    payload: dict[str, Any] = Field(description="As it came.")
    choices: dict[str, Any] = Field(description="What officers decided.")
    next_at: datetime | None
    reason: str

    @classmethod
    def whole(cls, one: Envelope) -> "EnvelopeOut":
        own = {"payload": one.payload, "choices": one.choices, "next_at": one.next_at, "reason": one.reason}
        return cls(**row_of(one), **own)


class EnvelopePage(Schema):
    items: list[EnvelopeRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class ChoicesIn(Schema):
    """What stands in the way, answered. What codes mean is kept for the next ones."""

    model_config = ConfigDict(extra="forbid")

    procedure: str = Field("", max_length=40)
    agency_id: UUID | None = None
    date_as_received: bool = False
    without_files: bool = False
    as_original: bool = False
    papers: dict[str, str] = Field(
        {}, max_length=60, description="The portal's file → our part; empty: none."
    )

    def chosen(self) -> Choices:
        return Choices(**self.model_dump())


class ExchangeReasonIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=2000, description="The applicant reads it on the portal.")


class DispatchOut(Schema):
    """Something the portal is to be told."""

    number: int
    code: str
    service: str = Field(description="`dossier` or `progress`.")
    status: int = Field(description="National code 1–10.")
    happened_at: datetime
    tries: int
    error: str

    @classmethod
    def told(cls, one: Dispatch) -> "DispatchOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DispatchesOut(Schema):
    items: list[DispatchOut] = Field(description="At most 100, the oldest first.")


class ExchangeFigureOut(Schema):
    """How an agency's dossiers stand with the portal."""

    agency_id: UUID
    agency_name: str
    synced: int
    waiting: int
    failed: int

    @classmethod
    def told(cls, one: SyncFigure) -> "ExchangeFigureOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class ExchangeFiguresOut(Schema):
    items: list[ExchangeFigureOut]


def row_of(one: Envelope) -> dict[str, Any]:
    """Return what a row says of an envelope."""
    plain = ("id", "code", "is_update", "state", "received_at", "times", "agency_id", "dossier_id")
    troubles = [TroubleOut(**kept) for kept in one.troubles]
    return {name: getattr(one, name) for name in plain} | {"troubles": troubles}
