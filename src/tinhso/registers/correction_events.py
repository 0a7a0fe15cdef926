"""What happens to requests to put a record right, and to consents. Identifiers only, never a value."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CorrectionEvent(Event):
    subject_kind: ClassVar[str] = "correction"
    subject_field: ClassVar[str] = "correction_id"

    correction_id: UUID
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionOpened(CorrectionEvent):
    """:param by_officer: an officer noticed it; ``person_id``: whom it is about, where that is known"""

    kind: ClassVar[str] = "correction.opened"

    register: str
    field: str
    by_officer: bool
    due_at: datetime
    person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectionProofAsked(CorrectionEvent):
    kind: ClassVar[str] = "correction.proof_asked"


@dataclass(frozen=True, kw_only=True)
class CorrectionProofGiven(CorrectionEvent):
    kind: ClassVar[str] = "correction.proof_given"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CorrectionVerified(CorrectionEvent):
    kind: ClassVar[str] = "correction.verified"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CorrectionDone(CorrectionEvent):
    """:param number: of the record's version that says it right; ``late``: after its day"""

    kind: ClassVar[str] = "correction.done"

    number: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class CorrectionRefused(CorrectionEvent):
    kind: ClassVar[str] = "correction.refused"

    late: bool


@dataclass(frozen=True, kw_only=True)
class ConsentEvent(Event):
    """:param digest: SHA-256 of the words that were agreed to"""

    subject_kind: ClassVar[str] = "consent"
    subject_field: ClassVar[str] = "consent_id"

    consent_id: UUID
    person_id: UUID
    register: str
    procedure: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(ConsentEvent):
    kind: ClassVar[str] = "consent.given"

    way: str


@dataclass(frozen=True, kw_only=True)
class ConsentRevoked(ConsentEvent):
    kind: ClassVar[str] = "consent.revoked"
