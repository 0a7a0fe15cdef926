"""Drafts as the API tells and takes them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.api.v1.problems import FieldProblem
from tinhso.dossiers.models import Draft
from tinhso.dossiers.post import Arrived, SendTo
from tinhso.papers.types import PaperView


class DraftRow(Schema):
    """A form being filled in."""

    id: UUID
    procedure_code: str
    agency: str
    applicant_name: str
    channel: str
    started_at: datetime
    saved_at: datetime

    @classmethod
    def told(cls, draft: Draft) -> "DraftRow":
        return cls(**_row(draft))


class DraftPage(Schema):
    items: list[DraftRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class DraftOut(DraftRow):
    """A draft with its answers."""

    version_id: UUID
    dossier_id: UUID | None = Field(description="Filed already, and open again for a supplement.")
    answers: dict[str, Any] = Field(description="Question id → value, as the procedure's form describes it.")
    papers: dict[str, list[str]] = Field(
        description="Part of the dossier → ids of papers; `children[2].birth_proof` is of the entry 2."
    )

    @classmethod
    def told(cls, draft: Draft) -> "DraftOut":
        dossier = getattr(draft, "dossier", None)
        return cls(
            **_row(draft),
            version_id=draft.version_id,
            dossier_id=dossier.pk if dossier else None,
            answers=draft.answers,
            papers=draft.papers,
        )


class ArrivedIn(Schema):
    """A dossier that the post brought to the counter."""

    model_config = ConfigDict(extra="forbid")

    tracking_number: str = Field(max_length=60, examples=["EB123456789VN"])
    arrived_at: AwareDatetime = Field(
        description="When the post handed it over; the clock may count from then."
    )
    sender_name: str = Field(max_length=160, description="Who sent it; need not be the applicant.")
    sender_address: str = Field("", max_length=240)


class SendToIn(Schema):
    """Where a result goes by post."""

    model_config = ConfigDict(extra="forbid")

    recipient: str = Field(max_length=160)
    phone: str = Field(max_length=20)
    address: str = Field(max_length=240)


class DraftIn(Schema):
    """Begin a form."""

    model_config = ConfigDict(extra="forbid")

    procedure_code: str = Field(max_length=40, examples=["1.001193"])
    unit_code: str = Field(max_length=5, description="The commune whose agency decides.", examples=["06838"])
    applicant_id: UUID | None = Field(None, description="Another person one may act for; absent: oneself.")
    organisation_id: UUID | None = None
    channel: Literal["online", "counter", "post"] = "online"
    arrived: ArrivedIn | None = Field(None, description="What stands on the envelope; with `post` alone.")
    send_to: SendToIn | None = Field(None, description="Where the post takes the result; not online.")

    def told(self) -> dict[str, Any]:
        """Return it as the action takes it."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        arrived, send_to = self.arrived, self.send_to
        plain["arrived"] = Arrived(**arrived.model_dump()) if arrived else None
        plain["send_to"] = SendTo(**send_to.model_dump()) if send_to else None
        return plain


class AnswersIn(Schema):
    """
    Answers to merge into the draft's; null takes one away.

    An entry of a group that takes files bears its number under `entry`: send it back, and its files stay with
    it. An entry without a number is a new one; the files of entries that do not come are released.
    """

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, Any] = Field(max_length=500, examples=[{"child.full_name": "Hoàng Gia Bảo"}])


class FeeLineOut(Schema):
    code: str
    name: str
    amount: int = Field(description="Whole đồng.")
    pay: str
    law: str
    full: int = Field(description="Đồng before a relief.")
    relief: str = Field(description="Why less or nothing is asked; empty where there is none.")
    relief_law: str
    proof: str = Field(description="The paper an officer will look at before it counts for good.")


class CheckOut(Schema):
    """Whether the draft can be filed, and what it will cost."""

    is_complete: bool
    errors: list[FieldProblem]
    pages: list[str] = Field(description="Pages these answers lead through.")
    required_papers: list[str]
    fees: list[FeeLineOut]


class AttachedOut(Schema):
    """An uploaded paper."""

    id: UUID
    file_name: str
    media_type: str
    size: int = Field(description="Bytes of the original.")
    pages: int
    sha256: str
    scan: str = Field(description="`clean`, `not_scanned` (no scanner is configured) or `error`.")
    flags: list[str]
    received_at: datetime

    @classmethod
    def told(cls, paper: PaperView) -> "AttachedOut":
        return cls(
            id=paper.id,
            file_name=paper.file_name,
            media_type=paper.media_type,
            size=paper.size,
            pages=paper.pages,
            sha256=paper.sha256,
            scan=paper.scan.value,
            flags=[flag.value for flag in paper.flags],
            received_at=paper.received_at,
        )


class DraftFiledOut(Schema):
    """What the state owes an answer to from now on."""

    dossier_id: UUID
    code: str
    bill_id: UUID | None = Field(
        description="To be paid before the counter accepts; null when nothing is due."
    )


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "procedure_code": draft.procedure_code,
        "agency": draft.agency.name,
        "applicant_name": draft.applicant.full_name,
        "channel": draft.channel,
        "started_at": draft.started_at,
        "saved_at": draft.saved_at,
    }
