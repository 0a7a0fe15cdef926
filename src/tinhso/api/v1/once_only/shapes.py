"""What «once only» looks like to programs: own records, looks, consents, sources, extracts, figures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR


class OwnRecordOut(Schema):
    register_id: str
    record_id: UUID
    key: str
    title: str
    values: dict[str, Any]
    hidden: int = Field(description="Values that only the office sees.")
    source: str
    known_from: datetime


class OwnRecordsOut(Schema):
    items: list[OwnRecordOut]


class LookOut(Schema):
    """A register was asked instead of oneself."""

    at: datetime
    register_id: str
    field: str
    purpose: str
    subject_id: UUID = Field(description="The draft or dossier it was for.")


class LooksOut(Schema):
    items: list[LookOut]


class ConsentOut(Schema):
    id: UUID
    register_id: str
    procedure: str
    wording: str = Field(description="What was agreed to, word for word.")
    law: str
    way: str
    given_at: datetime
    revoked_at: datetime | None


class ConsentsOut(Schema):
    items: list[ConsentOut]


class NeedOut(Schema):
    """A consent a form lacks."""

    register_id: str
    wording: str
    digest: str = Field(description="Send it back with the consent: it names these very words.")
    law: str
    questions: list[str]


class NeedsOut(Schema):
    items: list[NeedOut]


class ConsentIn(Schema):
    model_config = ConfigDict(extra="forbid")

    register_id: str = Field(max_length=60)
    digest: str = Field(max_length=64)


class OnceOnlyFilledOut(Schema):
    """Question → the value a register gave."""

    answers: dict[str, Any]


class SourceOut(Schema):
    """Where an answer that a register began comes from."""

    question: str
    register_id: str
    record_id: UUID
    key: str
    field: str
    value: Any
    known_from: datetime
    agrees: bool = Field(description="The answer is still what the register said.")


class SourcesOut(Schema):
    items: list[SourceOut]


class ExtractOut(Schema):
    """A record in the place of a paper, as of filing."""

    paper: str
    register_id: str
    record_id: UUID
    key: str
    number: int
    values: dict[str, Any]
    known_from: datetime
    changed_since: bool


class ExtractsOut(Schema):
    items: list[ExtractOut]


class OnceOnlyFiguresOut(Schema):
    """What filings of one procedure asked, and what was spared."""

    procedure_code: str
    dossiers: int
    questions: int
    proved: int = Field(description="Questions the account answers.")
    prefilled: int = Field(description="Questions that a register began.")
    differing: int = Field(description="Prefilled ones that were answered otherwise.")
    papers: int = Field(description="Papers the law asks for.")
    saved: int = Field(description="Papers that data stood for.")
    reused: int = Field(description="Papers taken from what the person keeps.")


class OnceOnlyOut(Schema):
    items: list[OnceOnlyFiguresOut]


class OnceOnlyFiledOut(Schema):
    dossier_id: UUID
    code: str
    filed_at: datetime
    questions: int
    proved: int
    prefilled: int
    differing: int
    papers: int
    saved: int
    reused: int


class FiledPage(Schema):
    items: list[OnceOnlyFiledOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT
