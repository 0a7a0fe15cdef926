"""``/documents`` and ``/papers``: what agencies issued, and what people handed in."""

from datetime import date, datetime
from typing import Annotated, BinaryIO
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.drafts.shapes import AttachedOut
from tinhso.api.v1.edge import ANY_BYTES
from tinhso.api.v1.shapes import PDF, bytes_of
from tinhso.dossiers.party import into_document, into_paper
from tinhso.dossiers.queries import is_held_back
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.queries import Copy
from tinhso.papers.types import IssuedView, SignedBy
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose

router = Router(auth=SIGNED_IN)
Rendition = Annotated[
    Copy,
    Query("original", description="`display` and `preview` exist for pictures: upright, without places."),
]


class SignerOut(Schema):
    """Who signed, as the certificate says."""

    role: str
    name: str
    organisation: str
    signed_at: datetime
    is_test: bool = Field(description="The certificate is of a trial authority.")

    @classmethod
    def told(cls, signed: SignedBy) -> "SignerOut":
        return cls(
            role=signed.role,
            name=signed.name,
            organisation=signed.organisation,
            signed_at=signed.signed_at,
            is_test=signed.is_test,
        )


class DocumentOut(Schema):
    """An issued document."""

    id: UUID
    kind: str
    title: str
    number: str
    dossier_id: UUID | None
    state: str = Field(description="`valid`, `superseded` or `revoked`.")
    issued_at: datetime
    valid_until: date | None
    sha256: str
    size: int
    verify_url: str
    signatures: list[SignerOut]

    @classmethod
    def told(cls, one: IssuedView) -> "DocumentOut":
        return cls(
            id=one.id,
            kind=one.kind,
            title=one.title,
            number=one.number,
            dossier_id=one.subject_id,
            state=one.state.value,
            issued_at=one.issued_at,
            valid_until=one.valid_until,
            sha256=one.sha256,
            size=one.size,
            verify_url=one.verify_url,
            signatures=[SignerOut.told(signed) for signed in one.signatures],
        )


@router.get(
    "/documents/{uuid:document_id}", response=DocumentOut, summary="Read a document", tags=["documents"]
)
def read_document(request: HttpRequest, document_id: UUID) -> DocumentOut:
    """Number, state, signatures and where it can be verified."""
    return DocumentOut.told(_document(request, document_id))


@router.get(
    "/documents/{uuid:document_id}/content",
    summary="Fetch the PDF",
    tags=["documents"],
    openapi_extra=bytes_of(PDF),
)
def read_document_content(request: HttpRequest, document_id: UUID) -> FileResponse:
    """The signed PDF, byte for byte."""
    found = _document(request, document_id)
    content = papers.open_document(
        actor=into_document(by(request)["actor"], document_id), document_id=document_id
    )
    return _send(content, media_type=PDF, name=f"{found.number.replace('/', '-')}.pdf", sha256=found.sha256)


@router.get("/papers/{uuid:paper_id}", response=AttachedOut, summary="Read a paper", tags=["papers"])
def read_paper(request: HttpRequest, paper_id: UUID) -> AttachedOut:
    """What was handed in, without its bytes."""
    return AttachedOut.told(
        papers.access_paper(actor=into_paper(by(request)["actor"], paper_id), paper_id=paper_id)
    )


@router.get(
    "/papers/{uuid:paper_id}/content",
    summary="Fetch a paper",
    tags=["papers"],
    openapi_extra=bytes_of(PDF, "image/jpeg", "image/png", ANY_BYTES),
)
def read_paper_content(request: HttpRequest, paper_id: UUID, rendition: Rendition) -> FileResponse:
    """The original byte for byte, or a copy made for screens."""
    who = by(request)
    party = into_paper(who["actor"], paper_id)
    found = papers.access_paper(actor=party, paper_id=paper_id)
    content = papers.open_paper(actor=party, paper_id=paper_id, copy=rendition)
    note_access(**who, person_id=found.owner_person_id, purpose=AccessPurpose.PAPER, subject_id=paper_id)
    is_original = rendition == "original"
    return _send(
        content,
        media_type=found.media_type if is_original else "image/jpeg",
        name=found.file_name,
        sha256=found.sha256 if is_original else "",
    )


def _document(request: HttpRequest, document_id: UUID) -> IssuedView:
    """:raises NotFound: absent, not visible, or a result whose fee the reader still owes"""
    who = by(request)
    found = papers.access_document(actor=into_document(who["actor"], document_id), document_id=document_id)
    if not who["actor"].is_officer and is_held_back(document_id):
        raise NotFound
    if found.holder_person_id is not None:
        note_access(
            **who, person_id=found.holder_person_id, purpose=AccessPurpose.RESULT, subject_id=document_id
        )
    return found


def _send(content: BinaryIO, *, media_type: str, name: str, sha256: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    # A stranger's file is never a page of ours: no script, no form, no origin.
    response.csp = {"sandbox": ""}  # type: ignore[attr-defined]
    if sha256:
        response["ETag"] = f'"{sha256}"'
    return response
