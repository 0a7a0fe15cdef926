"""What requests to put records right look like to programs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.registers.actions.open_correction import MOST_AT_ONCE
from tinhso.registers.correction_making import LONGEST_PROOF, Asked
from tinhso.registers.correction_views import CorrectionView

OTHERWISE = ("state", "register_id")


class CorrectionIn(Schema):
    """What is wrong in a record and what is right."""

    model_config = ConfigDict(extra="forbid")

    record_id: UUID
    field: str = Field(max_length=80, description="Id of a field of the register.")
    right: Any = Field(None, description="The value as it should be; null takes it away.")
    proof: str = Field(max_length=LONGEST_PROOF, description="Which paper, number, agency, day.")
    since: date | None = Field(None, description="The day from which it changed; null: it was always wrong.")
    subject_id: UUID | None = Field(None, description="The draft or dossier at which it was noticed.")

    def asked(self) -> Asked:
        return Asked(**self.model_dump())


class CorrectionsIn(Schema):
    model_config = ConfigDict(extra="forbid")

    items: list[CorrectionIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class WrongRow(Schema):
    """A row that was not taken; rows count from 1."""

    row: int
    sentence: str


class CorrectionOpenedOut(Schema):
    correction_ids: list[UUID]
    wrong: list[WrongRow]


class CorrectionOut(Schema):
    """One request, with the values who asks may see."""

    id: UUID
    number: str
    register_id: str
    record_id: UUID
    record_key: str
    field: str
    said: Any = Field(description="What the register said; null too where the field is not yours to see.")
    right: Any
    since: date | None
    proof: str
    state: str = Field(description="`opened`, `asked`, `verified`, `done` or `refused`.")
    question: str
    answer: str
    reason: str
    by_officer: bool
    opened_at: datetime
    due_at: datetime = Field(description="When the five working days that run now end.")
    longest_at: datetime
    verified_at: datetime | None
    closed_at: datetime | None
    is_overdue: bool
    written_number: int | None = Field(description="Number of the record's version that put it right.")
    revision: int

    @classmethod
    def told(cls, view: CorrectionView) -> "CorrectionOut":
        told = {name: getattr(view, name) for name in cls.model_fields if name not in OTHERWISE}
        return cls(**told, state=view.state.value, register_id=view.register)


class CorrectionPage(Schema):
    items: list[CorrectionOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class TextIn(Schema):
    """A sentence for the other side, and the revision it was written to."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=2000)
    revision: int | None = Field(None, description="As it was read; refused if somebody was quicker.")


class CorrectionRevisionIn(Schema):
    model_config = ConfigDict(extra="forbid")

    revision: int | None = Field(None, description="As it was read; refused if somebody was quicker.")
