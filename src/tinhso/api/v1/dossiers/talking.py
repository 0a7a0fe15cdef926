"""The thread of a dossier: what its applicant and the office write to each other."""

from datetime import datetime
from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.dossiers.showing import access
from tinhso.api.v1.shapes import PDF, bytes_of
from tinhso.dossiers import conversation
from tinhso.dossiers.actions.write_message import Enclosed, read_messages, write_message
from tinhso.dossiers.conversation import Said
from tinhso.papers.types import PaperView

router = Router(tags=["messages"], auth=SIGNED_IN)
ONE = "{uuid:dossier_id}/messages"
ANY_BYTES = "application/octet-stream"

Words = Annotated[str, Form("", description="May be empty where files say it all.")]
Files = Annotated[list[UploadedFile], File([], description="Pictures or PDF; how many is a setting.")]


class EnclosedOut(Schema):
    """A file that came with a message."""

    paper_id: UUID
    file_name: str
    media_type: str
    size: int

    @classmethod
    def told(cls, paper: PaperView) -> "EnclosedOut":
        return cls(paper_id=paper.id, file_name=paper.file_name, media_type=paper.media_type, size=paper.size)


class DossierMessageOut(Schema):
    """One message."""

    id: UUID
    side: str = Field(description="Who wrote: `applicant` or `office`.")
    is_own: bool = Field(description="The reader's own side wrote it.")
    author: str = Field(description="Empty of an officer where the applicant's side reads.")
    agency: str
    text: str
    files: list[EnclosedOut]
    written_at: datetime
    read_at: datetime | None = Field(description="When the other side read it first.")

    @classmethod
    def told(cls, said: Said) -> "DossierMessageOut":
        return cls(
            id=said.id,
            side=said.side,
            is_own=said.is_own,
            author=said.author,
            agency=said.agency,
            text=said.text,
            files=[EnclosedOut.told(paper) for paper in said.files],
            written_at=said.written_at,
            read_at=said.read_at,
        )


class ThreadOut(Schema):
    """Every message, oldest first: few enough for one answer."""

    items: list[DossierMessageOut]
    may_write: bool
    closes_at: datetime | None = Field(description="Of a dossier that is over: until when it takes messages.")


@router.get(ONE, response=ThreadOut, summary="Read the messages")
def list_case_messages(request: HttpRequest, dossier_id: UUID) -> ThreadOut:
    """What applicant and office wrote about the dossier; reading them here marks nothing as read."""
    access(request, dossier_id)
    return _thread(request, dossier_id)


@router.post(ONE, response={201: ThreadOut}, summary="Write a message")
def post_case_message(request: HttpRequest, dossier_id: UUID, text: Words, files: Files) -> ThreadOut:
    """For the applicant's side and officers of agencies that have a part in the case."""
    write_message(
        **by(request),
        dossier_id=dossier_id,
        text=text,
        files=[Enclosed(file.name or "", cast(BinaryIO, file)) for file in files],
    )
    return _thread(request, dossier_id)


@router.post(f"{ONE}/read", response=ThreadOut, summary="Mark the messages as read")
def mark_case_messages(request: HttpRequest, dossier_id: UUID) -> ThreadOut:
    """What the other side wrote; who only watches changes nothing."""
    read_messages(**by(request), dossier_id=dossier_id)
    return _thread(request, dossier_id)


@router.get(
    f"{ONE}/files/{{uuid:paper_id}}",
    summary="Fetch a file of a message",
    openapi_extra=bytes_of(PDF, "image/jpeg", "image/png", ANY_BYTES),
)
def read_enclosed(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> FileResponse:
    """The original, byte for byte."""
    who = by(request)
    access(request, dossier_id)
    view, content = conversation.open_enclosed(actor=who["actor"], dossier_id=dossier_id, paper_id=paper_id)
    response = FileResponse(
        content, as_attachment=True, filename=view.file_name, content_type=view.media_type
    )
    # A stranger's file is never a page of ours: no script, no form, no origin.
    response.csp = {"sandbox": ""}  # type: ignore[attr-defined]
    return response


def _thread(request: HttpRequest, dossier_id: UUID) -> ThreadOut:
    found = conversation.thread_of(**by(request), dossier_id=dossier_id)
    return ThreadOut(
        items=[DossierMessageOut.told(said) for said in found.messages],
        may_write=found.may_write,
        closes_at=found.closes_at,
    )
