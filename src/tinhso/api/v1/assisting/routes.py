"""``/assisting``: whom a team helps, their word, how what was filed stands."""

from datetime import datetime
from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.counter.shapes import RegisterIn
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.dossiers import queries
from tinhso.dossiers.actions.assist import ask_by_phone, confirm_by_phone, record_signed_paper
from tinhso.edge.limits import AGENT
from tinhso.people.actions import register_person_at_counter

router = Router(tags=["assisting"], auth=SIGNED_IN)
MOST = 100


class MetOut(Schema):
    person_id: UUID


class AskIn(Schema):
    """Whose word is asked, in what, for how long."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID = Field(description="Of the helper's post.")
    person_id: UUID
    procedure_code: str = Field(max_length=40)
    days: int = Field(ge=1, le=366, description="One of the lengths the province offers.")


class AskedOut(Schema):
    request_id: UUID


class CodeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=12, description="As the citizen read it out.")


class WordOut(Schema):
    mandate_id: UUID


class AssistedOut(Schema):
    """How a case stands: all a helper sees of it."""

    code: str
    applicant_name: str
    procedure_code: str
    status: str
    filed_at: datetime
    due_at: datetime | None


class AssistedListOut(Schema):
    items: list[AssistedOut]


@router.post("/persons", response={201: MetOut}, summary="Write down who is helped", openapi_extra=LIMITED)
def post_person(request: HttpRequest, body: RegisterIn) -> MetOut:
    """Find the person by number and name, or write them down; nothing known of them is told."""
    require_within(request, AGENT)
    made = register_person_at_counter(
        **by(request), agency_id=body.agency_id, seen=body.person.seen(), reason=body.reason
    )
    return MetOut(person_id=made)


@router.post("/words", response={201: AskedOut}, summary="Send a code to the citizen")
def post_word(request: HttpRequest, body: AskIn) -> AskedOut:
    """Send a code to the citizen's phone; it is told to nobody else."""
    return AskedOut(request_id=ask_by_phone(**by(request), **body.model_dump()))


@router.post("/words/{uuid:request_id}/confirm", response=WordOut, summary="Confirm by the code")
def post_code(request: HttpRequest, request_id: UUID, body: CodeIn) -> WordOut:
    """The code makes the mandate; a wrong one counts a try."""
    return WordOut(mandate_id=confirm_by_phone(**by(request), request_id=request_id, code=body.code))


@router.post("/signed-words", response={201: WordOut}, summary="Record a signed mandate")
def post_signed_word(
    request: HttpRequest,
    agency_id: Annotated[UUID, Form(...)],
    person_id: Annotated[UUID, Form(...)],
    procedure_code: Annotated[str, Form(..., max_length=40)],
    days: Annotated[int, Form(..., ge=1, le=366)],
    file: Annotated[UploadedFile, File(...)],
) -> WordOut:
    """Keep the photograph of the paper the citizen signed, and record the mandate."""
    made = record_signed_paper(
        **by(request),
        agency_id=agency_id,
        person_id=person_id,
        procedure_code=procedure_code,
        days=days,
        file_name=file.name or "",
        content=cast(BinaryIO, file),
    )
    return WordOut(mandate_id=made)


@router.get("/dossiers", response=AssistedListOut, summary="Follow what was filed for others")
def list_assisted(request: HttpRequest) -> AssistedListOut:
    """The newest hundred filed by mandates still in force."""
    rows = queries.assisted_by(by(request)["actor"])[:MOST]
    return AssistedListOut(
        items=[
            AssistedOut(
                code=row.code,
                applicant_name=row.applicant.full_name,
                procedure_code=row.procedure_code,
                status=row.status,
                filed_at=row.filed_at,
                due_at=row.due_at,
            )
            for row in rows
        ]
    )
