"""What happens to a dossier, in the past tense. Identifiers and facts only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierEvent(Event):
    subject_kind: ClassVar[str] = "dossier"
    subject_field: ClassVar[str] = "dossier_id"

    dossier_id: UUID


@dataclass(frozen=True, kw_only=True)
class DossierFiled(DossierEvent):
    kind: ClassVar[str] = "dossier.filed"

    procedure: str
    version_id: UUID
    agency_id: UUID
    channel: str
    mandate_way: str = ""


@dataclass(frozen=True, kw_only=True)
class FilingMade(DossierEvent):
    """The dossier is the first of several that were asked for together."""

    kind: ClassVar[str] = "dossier.filed_together"

    filing_id: UUID
    bundle: str


@dataclass(frozen=True, kw_only=True)
class DossierAccepted(DossierEvent):
    kind: ClassVar[str] = "dossier.accepted"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DossierDeclined(DossierEvent):
    kind: ClassVar[str] = "dossier.not_accepted"


@dataclass(frozen=True, kw_only=True)
class StepClaimed(DossierEvent):
    kind: ClassVar[str] = "dossier.step_claimed"

    step: str


@dataclass(frozen=True, kw_only=True)
class StepHandedOver(DossierEvent):
    kind: ClassVar[str] = "dossier.step_handed_over"

    step: str
    to_account_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepReleased(DossierEvent):
    """Whoever held the step may not act in it any more; it waits for a colleague of the role."""

    kind: ClassVar[str] = "dossier.step_released"

    step: str
    from_account_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepCompleted(DossierEvent):
    kind: ClassVar[str] = "dossier.step_completed"

    step: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class StepReturned(DossierEvent):
    kind: ClassVar[str] = "dossier.step_returned"

    step: str
    back_to: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierEvent):
    kind: ClassVar[str] = "dossier.supplement_requested"

    items: int
    counts_late: bool
    asked_late: bool = False


@dataclass(frozen=True, kw_only=True)
class SupplementAnswered(DossierEvent):
    kind: ClassVar[str] = "dossier.supplement_answered"

    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PaymentAwaited(DossierEvent):
    kind: ClassVar[str] = "dossier.payment_awaited"


@dataclass(frozen=True, kw_only=True)
class PaymentSettled(DossierEvent):
    kind: ClassVar[str] = "dossier.payment_settled"

    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OpinionAsked(DossierEvent):
    kind: ClassVar[str] = "dossier.opinion_asked"

    consultation_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(DossierEvent):
    kind: ClassVar[str] = "dossier.opinion_given"

    consultation_id: UUID
    opinion: str


@dataclass(frozen=True, kw_only=True)
class SilenceTakenForConsent(DossierEvent):
    """The time for an opinion is over, and the law takes silence for consent."""

    kind: ClassVar[str] = "dossier.silence_taken_for_consent"

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class AdviceAsked(DossierEvent):
    """An officer asked a colleague or another agency; nobody outside the desk is told."""

    kind: ClassVar[str] = "dossier.advice_asked"

    consultation_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class AdviceGiven(DossierEvent):
    kind: ClassVar[str] = "dossier.advice_given"

    consultation_id: UUID
    opinion: str


@dataclass(frozen=True, kw_only=True)
class AdviceWithdrawn(DossierEvent):
    kind: ClassVar[str] = "dossier.advice_withdrawn"

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteWritten(DossierEvent):
    kind: ClassVar[str] = "dossier.note_written"

    note_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteStruck(DossierEvent):
    kind: ClassVar[str] = "dossier.note_struck"

    note_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageWritten(DossierEvent):
    """:param side: ``applicant`` or ``office``"""

    kind: ClassVar[str] = "dossier.message_written"

    message_id: UUID
    side: str
    files: int


@dataclass(frozen=True, kw_only=True)
class MessagesRead(DossierEvent):
    """:param side: whose messages were read"""

    kind: ClassVar[str] = "dossier.messages_read"

    side: str
    messages: int


@dataclass(frozen=True, kw_only=True)
class PaymentAsked(DossierEvent):
    """An officer put a financial duty to the case; the clock stands still."""

    kind: ClassVar[str] = "dossier.payment_asked"

    bill_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaymentAskedBack(DossierEvent):
    kind: ClassVar[str] = "dossier.payment_asked_back"

    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ResultCorrected(DossierEvent):
    kind: ClassVar[str] = "dossier.result_corrected"

    document_id: UUID
    old_document_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResultReissued(DossierEvent):
    kind: ClassVar[str] = "dossier.result_reissued"

    document_id: UUID
    old_document_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResultRevoked(DossierEvent):
    kind: ClassVar[str] = "dossier.result_revoked"

    document_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class OpinionChased(DossierEvent):
    """Who owes an opinion was reminded."""

    kind: ClassVar[str] = "dossier.opinion_chased"

    consultation_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeadlineWarned(DossierEvent):
    """:param warned: ``near``, ``missed`` or ``step_missed``"""

    kind: ClassVar[str] = "dossier.deadline_warned"

    warned: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(DossierEvent):
    kind: ClassVar[str] = "dossier.deadline_extended"

    old_due_at: datetime
    new_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierEvent):
    kind: ClassVar[str] = "dossier.refused"

    document_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResultSigned(DossierEvent):
    kind: ClassVar[str] = "dossier.result_signed"

    document_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResultDelivered(DossierEvent):
    kind: ClassVar[str] = "dossier.result_delivered"

    channel: str


@dataclass(frozen=True, kw_only=True)
class ResultPosted(DossierEvent):
    """The counter handed the result to the post; what number it has stands with the dossier."""

    kind: ClassVar[str] = "dossier.result_posted"


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierEvent):
    kind: ClassVar[str] = "dossier.withdrawn"


@dataclass(frozen=True, kw_only=True)
class DossierStopped(DossierEvent):
    kind: ClassVar[str] = "dossier.stopped"


@dataclass(frozen=True, kw_only=True)
class DossierRated(DossierEvent):
    kind: ClassVar[str] = "dossier.rated"

    stars: int


@dataclass(frozen=True, kw_only=True)
class DossierMovedToVersion(DossierEvent):
    kind: ClassVar[str] = "dossier.moved_to_version"

    old_version_id: UUID
    new_version_id: UUID
