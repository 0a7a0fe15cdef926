"""Drafts as the API tells and takes them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.api.v1.problems import FieldProblem
from tinhso.dossiers.models import Draft
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


class DraftIn(Schema):
    """Begin a form."""

    model_config = ConfigDict(extra="forbid")

    procedure_code: str = Field(max_length=40, examples=["1.001193"])
    unit_code: str = Field(max_length=5, description="The commune whose agency decides.", examples=["06838"])
    applicant_id: UUID | None = Field(None, description="Another person one may act for; absent: oneself.")
    organisation_id: UUID | None = None
    channel: Literal["online", "counter", "post"] = "online"


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


class FiledOut(Schema):
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
