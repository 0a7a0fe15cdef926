"""What happens in outreach, in the past tense. Identifiers only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SuggestionMade(Event):
    kind: ClassVar[str] = "suggestion.made"
    subject_kind: ClassVar[str] = "suggestion"
    subject_field: ClassVar[str] = "suggestion_id"

    suggestion_id: UUID
    rule: str
    level: int


@dataclass(frozen=True, kw_only=True)
class SuggestionOpened(Event):
    """The person opened the form that was prepared."""

    kind: ClassVar[str] = "suggestion.opened"
    subject_kind: ClassVar[str] = "suggestion"
    subject_field: ClassVar[str] = "suggestion_id"

    suggestion_id: UUID
    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class SuggestionRefused(Event):
    kind: ClassVar[str] = "suggestion.refused"
    subject_kind: ClassVar[str] = "suggestion_refusal"
    subject_field: ClassVar[str] = "refusal_id"

    refusal_id: UUID
    rule: str


@dataclass(frozen=True, kw_only=True)
class RefusalTakenBack(Event):
    kind: ClassVar[str] = "suggestion.refusal_taken_back"
    subject_kind: ClassVar[str] = "suggestion_refusal"
    subject_field: ClassVar[str] = "refusal_id"

    refusal_id: UUID
    rule: str


@dataclass(frozen=True, kw_only=True)
class ExpiryReminded(Event):
    """:param days_before: how many days the result was still to be valid at most"""

    kind: ClassVar[str] = "document.expiry_reminded"
    subject_kind: ClassVar[str] = "document"
    subject_field: ClassVar[str] = "document_id"

    document_id: UUID
    days_before: int
