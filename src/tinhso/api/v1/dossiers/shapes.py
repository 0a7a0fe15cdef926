"""Dossiers as the API tells them: to citizens without the names of officers, to officers with them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Consultation, Dossier, StepRun, Supplement
from tinhso.dossiers.post import arrival_of, return_of
from tinhso.dossiers.statuses import Status
from tinhso.people.models import Agency
from tinhso.people.types import Actor


class AgencyOut(Schema):
    id: UUID
    code: str
    name: str

    @classmethod
    def told(cls, agency: Agency) -> "AgencyOut":
        return cls(id=agency.pk, code=agency.code, name=agency.name)


class DossierRow(Schema):
    """A dossier in a list."""

    id: UUID
    code: str
    procedure_code: str
    status: str = Field(
        description="`filed`, `accepted`, `not_accepted`, `in_progress`, `awaiting_supplement`, "
        "`awaiting_payment`, `withdrawn`, `stopped`, `decided` or `returned`."
    )
    status_text: str
    national_status: int = Field(description="1–10 of the National Public Service Portal.")
    applicant_name: str
    agency: AgencyOut
    filed_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    revision: int

    @classmethod
    def told(cls, dossier: Dossier) -> "DossierRow":
        return cls(**row(dossier))


class DossierPage(Schema):
    items: list[DossierRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class StepRunOut(Schema):
    """One passage through a step."""

    step: str
    name: str
    agency: AgencyOut
    role: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    outcome: str = Field(description="`done`, `returned`, `ended`, or empty while open.")
    holder_id: UUID | None = Field(description="Account that holds it; told to officers only.")
    holder_name: str
    note: str = Field(description="For colleagues; told to officers only.")
    found: dict[str, Any] = Field(description="What the officer found; told to officers only.")

    @classmethod
    def told(cls, run: StepRun, procedure: Procedure, *, to_officer: bool, language: str) -> "StepRunOut":
        return cls(
            step=run.step,
            name=procedure.step(run.step).name.into(language),
            agency=AgencyOut.told(run.agency),
            role=run.role,
            opened_at=run.opened_at,
            due_at=run.due_at,
            closed_at=run.closed_at,
            outcome=run.outcome,
            holder_id=run.holder_id if to_officer else None,
            holder_name=run.holder.get_full_name() if to_officer and run.holder else "",
            note=run.note if to_officer else "",
            found=run.findings if to_officer else {},
        )


class MissingOut(Schema):
    kind: str
    id: str
    text: str


class SupplementOut(Schema):
    """One request for what is missing."""

    asked_at: datetime
    items: list[MissingOut]
    note: str
    answered_at: datetime | None

    @classmethod
    def told(cls, asked: Supplement) -> "SupplementOut":
        return cls(
            asked_at=asked.asked_at,
            items=[MissingOut(**item) for item in asked.items],
            note=asked.note,
            answered_at=asked.answered_at,
        )


class OpinionOut(Schema):
    """A question put to another agency; what it answered is told to officers only."""

    id: UUID
    agency: AgencyOut
    question: str = Field(description="What an officer asked; empty when the procedure did.")
    blocks: bool = Field(description="The step waits for the answer.")
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    opinion: str = Field(
        description="`agree`, `disagree`, `remarks`, `silent_consent`, `withdrawn`, or empty."
    )
    text: str

    @classmethod
    def told(cls, asked: Consultation, *, to_officer: bool) -> "OpinionOut":
        return cls(
            id=asked.pk,
            agency=AgencyOut.told(asked.agency),
            question=asked.question,
            blocks=asked.blocks,
            asked_at=asked.asked_at,
            due_at=asked.due_at,
            answered_at=asked.answered_at,
            opinion=asked.opinion if to_officer else "",
            text=asked.text if to_officer else "",
        )


class ResultChangeOut(Schema):
    """What was done to a signed result; the old document stays readable."""

    kind: str = Field(description="`corrected`, `reissued` or `revoked`.")
    at: datetime
    reason: str
    old_document_id: UUID
    new_document_id: UUID | None
    decision_id: UUID | None


class ResultOut(Schema):
    """The decision. The document is handed out once nothing is owed."""

    granted: bool
    reason: str
    signed_at: datetime
    document_id: UUID | None = Field(description="The newest; see `changes`.")
    changes: list[ResultChangeOut]


class ArrivedOut(Schema):
    """The envelope a dossier came in."""

    tracking_number: str
    arrived_at: datetime
    sender_name: str
    sender_address: str

    @classmethod
    def of(cls, dossier: Dossier) -> "ArrivedOut | None":
        found = arrival_of(dossier.draft)
        return cls(**{name: getattr(found, name) for name in cls.model_fields}) if found else None


class SentToOut(Schema):
    """A result that goes by post."""

    recipient: str
    phone: str
    address: str
    tracking_number: str
    handed_at: datetime | None
    delivered_at: datetime | None

    @classmethod
    def of(cls, dossier: Dossier) -> "SentToOut | None":
        found = return_of(dossier.draft)
        return cls(**{name: getattr(found, name) for name in cls.model_fields}) if found else None


class DossierOut(DossierRow):
    """A dossier, whole; its `ETag` names the revision."""

    version_id: UUID
    procedure_name: str
    channel: str
    national_code: str = Field(description="Of what was filed on the national portal: its code there.")
    arrived: ArrivedOut | None = Field(description="Of what the post brought: the envelope.")
    sent_to: SentToOut | None = Field(description="Where the result goes by post, and what became of it.")
    applicant_id: UUID
    receiving_agency: AgencyOut
    draft_id: UUID = Field(description="What a supplement is written into.")
    accepted_at: datetime | None
    returned_at: datetime | None
    moves: list[str] = Field(description="Moves open to who asks, now.")
    answers: dict[str, Any]
    papers: dict[str, list[UUID]]
    steps: list[StepRunOut]
    supplements: list[SupplementOut]
    opinions: list[OpinionOut]
    result: ResultOut | None

    @classmethod
    def whole(cls, dossier: Dossier, *, procedure: Procedure, actor: Actor, moves: list[str]) -> "DossierOut":
        """Tell a dossier as ``access_dossier`` gives it."""
        officer, language = actor.is_officer, actor.language
        return cls(
            **row(dossier),
            version_id=dossier.version_id,
            procedure_name=procedure.name.into(language),
            channel=dossier.channel,
            national_code=dossier.national_code,
            arrived=ArrivedOut.of(dossier),
            sent_to=SentToOut.of(dossier),
            applicant_id=dossier.applicant_id,
            receiving_agency=AgencyOut.told(dossier.receiving_agency),
            draft_id=dossier.draft_id,
            accepted_at=dossier.accepted_at,
            returned_at=dossier.returned_at,
            moves=moves,
            answers=dossier.answers,
            papers={part: [UUID(paper) for paper in ids] for part, ids in dossier.papers.items()},
            steps=[
                StepRunOut.told(run, procedure, to_officer=officer, language=language)
                for run in dossier.steps.all()
            ],
            supplements=[SupplementOut.told(asked) for asked in dossier.supplements.all()],
            opinions=[
                OpinionOut.told(asked, to_officer=officer)
                for asked in dossier.consultations.all()
                if officer or not asked.is_ad_hoc
            ],
            result=_result(dossier, to_officer=officer),
        )


class EventOut(Schema):
    """One thing that happened."""

    position: int
    at: datetime
    kind: str = Field(examples=["dossier.accepted"])
    text: str
    facts: dict[str, Any]


class TimelineOut(Schema):
    items: list[EventOut]


class DossierDayOut(Schema):
    on: date
    text: str
    counted: bool = Field(description="The day, or a part of it, uses up the limit.")


class DeadlineOut(Schema):
    """Why the result is due when it is."""

    due_at: datetime | None = Field(description="Owed by; null before the dossier is accepted.")
    counted_until: datetime | None = Field(description="What the law's clock gives, before any extension.")
    is_paused: bool = Field(description="The clock stands still: the applicant owes something.")
    days: list[DossierDayOut]


class DossierDocumentOut(Schema):
    """A document of the case."""

    id: UUID
    kind: str = Field(
        description="`receipt`, `supplement`, `refusal`, `apology`, `stop`, `duty`, `revocation` or `result`."
    )
    title: str
    number: str
    issued_at: datetime
    state: str


class DossierDocumentsOut(Schema):
    items: list[DossierDocumentOut]


def row(dossier: Dossier) -> dict[str, Any]:
    """Return what a list shows of a dossier."""
    return {
        "id": dossier.pk,
        "code": dossier.code,
        "procedure_code": dossier.procedure_code,
        "status": dossier.status,
        "status_text": str(dossier.state.label),
        "national_status": dossier.national_status,
        "applicant_name": dossier.applicant.full_name,
        "agency": AgencyOut.told(dossier.agency),
        "filed_at": dossier.filed_at,
        "due_at": dossier.due_at,
        "finished_at": dossier.finished_at,
        "revision": dossier.revision,
    }


def is_handed_out(dossier: Dossier) -> bool:
    """Tell whether the applicant may have the result: not while a fee on return is owed."""
    return dossier.state is Status.RETURNED


def _result(dossier: Dossier, *, to_officer: bool) -> ResultOut | None:
    result = getattr(dossier, "result", None)
    if result is None:
        return None
    shown = to_officer or is_handed_out(dossier)
    return ResultOut(
        granted=result.granted,
        reason=result.reason,
        signed_at=result.signed_at,
        document_id=result.document_id if shown else None,
        changes=[
            ResultChangeOut(
                kind=change.kind,
                at=change.changed_at,
                reason=change.reason,
                old_document_id=change.old_document_id,
                new_document_id=change.new_document_id,
                decision_id=change.decision_id,
            )
            for change in result.changes.all()
            if shown
        ],
    )
