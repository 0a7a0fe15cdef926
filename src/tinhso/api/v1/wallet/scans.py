"""``/scans``: paper made electronic at a counter."""

from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, by, require_person
from tinhso.api.v1.drafts.shapes import AttachedOut
from tinhso.api.v1.wallet.routes import KeptOut
from tinhso.dossiers.actions.digitise import scan_for_draft, scan_for_person, sign_copy
from tinhso.papers.actions.scan_paper import discard_scan
from tinhso.papers.types import ScanView
from tinhso.papers.wallet import access_scan

router = Router(tags=["scans"], auth=SIGNED_IN)
Agency = Annotated[UUID, Form(..., description="The agency at whose counter it happens.")]
Pages = Annotated[list[UploadedFile], File(..., description="Pictures or PDF files, in order.")]


class ScanOut(Schema):
    """Paper being digitised."""

    id: UUID
    kind: str
    title: str
    stage: str = Field(description="`taken`, `signed` or `discarded`.")
    pages: list[AttachedOut]
    document_id: UUID | None

    @classmethod
    def told(cls, scan: ScanView) -> "ScanOut":
        return cls(
            id=scan.id,
            kind=scan.kind,
            title=scan.title,
            stage=scan.stage.value,
            pages=[AttachedOut.told(page) for page in scan.pages],
            document_id=scan.document_id,
        )


class WordIn(Schema):
    model_config = ConfigDict(extra="forbid")

    matches: bool | None = Field(None, description="The officer's word that the pages show the original.")


@router.post("/drafts/{uuid:draft_id}/scans", response={201: ScanOut}, summary="Scan for a form")
def post_scan_for_draft(
    request: HttpRequest,
    response: HttpResponse,
    draft_id: UUID,
    agency_id: Agency,
    requirement: Annotated[str, Form(..., max_length=170)],
    file: Pages,
) -> ScanOut:
    """Take the pages of a paper that a form written at the counter asks for."""
    taken = scan_for_draft(
        **by(request), agency_id=agency_id, draft_id=draft_id, requirement=requirement, content=_content(file)
    )
    response["Location"] = f"/api/v1/scans/{taken.id}"
    return ScanOut.told(taken)


@router.post("/persons/{uuid:person_id}/scans", response={201: ScanOut}, summary="Scan for a person")
def post_scan_for_person(
    request: HttpRequest,
    response: HttpResponse,
    person_id: UUID,
    agency_id: Agency,
    kind: Annotated[str, Form(..., max_length=40)],
    file: Pages,
) -> ScanOut:
    """Take the pages of a paper for the keeping of who stands at the counter; the look is noted."""
    taken = scan_for_person(
        **by(request), agency_id=agency_id, person_id=person_id, kind=kind, content=_content(file)
    )
    response["Location"] = f"/api/v1/scans/{taken.id}"
    return ScanOut.told(taken)


@router.get("/scans/{uuid:scan_id}", response=ScanOut, summary="Read a scan")
def read_scan(request: HttpRequest, scan_id: UUID) -> ScanOut:
    """One of a counter of one's own."""
    return ScanOut.told(access_scan(actor=by(request)["actor"], scan_id=scan_id))


@router.post("/scans/{uuid:scan_id}/sign", response=KeptOut, summary="Sign the copy")
def post_signing(request: HttpRequest, scan_id: UUID, body: WordIn) -> KeptOut:
    """Declare that the pages show the original; the agency signs the copy. No machine may declare it."""
    require_person(request)
    who = by(request)
    return KeptOut.told(sign_copy(**who, scan_id=scan_id, matches=body.matches), at=who["at"])


@router.post("/scans/{uuid:scan_id}/discard", response={204: None}, summary="Throw a scan away")
def post_discarding(request: HttpRequest, scan_id: UUID) -> None:
    """Throw the pages away, as when they are blurred. Twice changes nothing."""
    discard_scan(**by(request), scan_id=scan_id)


def _content(pages: list[UploadedFile]) -> list[tuple[str, BinaryIO]]:
    return [(page.name or "", cast(BinaryIO, page)) for page in pages]
