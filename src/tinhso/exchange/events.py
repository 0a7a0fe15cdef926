"""What happens between us and the national portal, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class EnvelopeEvent(Event):
    subject_kind: ClassVar[str] = "envelope"
    subject_field: ClassVar[str] = "envelope_id"

    envelope_id: UUID


@dataclass(frozen=True, kw_only=True)
class EnvelopeReceived(EnvelopeEvent):
    kind: ClassVar[str] = "envelope.received"

    code: str
    is_update: bool


@dataclass(frozen=True, kw_only=True)
class EnvelopeOpened(EnvelopeEvent):
    """It became a dossier, or went into one."""

    kind: ClassVar[str] = "envelope.opened"

    dossier_id: UUID


@dataclass(frozen=True, kw_only=True)
class EnvelopeStopped(EnvelopeEvent):
    """A human must look at it."""

    kind: ClassVar[str] = "envelope.stopped"

    whys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EnvelopeSettled(EnvelopeEvent):
    """An officer said how it goes on, or that it is seen."""

    kind: ClassVar[str] = "envelope.settled"


@dataclass(frozen=True, kw_only=True)
class EnvelopeRefused(EnvelopeEvent):
    kind: ClassVar[str] = "envelope.refused"


@dataclass(frozen=True, kw_only=True)
class CodeLearned(Event):
    """An officer said what a code of the portal means here."""

    kind: ClassVar[str] = "exchange.code_learned"
    subject_kind: ClassVar[str] = "learned"
    subject_field: ClassVar[str] = "learned_id"

    learned_id: UUID
    code_kind: str


@dataclass(frozen=True, kw_only=True)
class DispatchResent(Event):
    """An officer had something sent again that could not be sent before."""

    kind: ClassVar[str] = "exchange.dispatch_resent"
    subject_kind: ClassVar[str] = "dossier"
    subject_field: ClassVar[str] = "dossier_id"

    dossier_id: UUID
    number: int
