"""Rows turned into views."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from tinhso.papers.models import IssuedDocument, KeptPaper, Paper, Scan
from tinhso.papers.types import (
    CameFrom,
    DocumentState,
    Flag,
    IssuedView,
    KeptSource,
    KeptView,
    PaperView,
    ScanStage,
    ScanState,
    ScanView,
    SignedBy,
)

KEPT_WITH = ("document__agency", "organisation", "owner")
PAPER_WITH = ("original", *(f"kept__{name}" for name in KEPT_WITH))


def paper_view(row: Paper) -> PaperView:
    """Return the view; select ``PAPER_WITH`` with the row."""
    return PaperView(
        id=row.pk,
        owner_person_id=row.owner_id,
        file_id=row.original_id,
        display_id=row.display_id,
        preview_id=row.preview_id,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.original.size,
        pages=row.pages,
        sha256=row.sha256,
        scan=ScanState(row.scan),
        flags=tuple(Flag(flag) for flag in row.flags),
        received_at=row.received_at,
        came_from=CameFrom(row.came_from),
        kept=kept_view(row.kept) if row.kept else None,
    )


def kept_view(row: KeptPaper) -> KeptView:
    """Return the view; select ``KEPT_WITH`` with the row."""
    document = row.document
    return KeptView(
        id=row.pk,
        kind=row.kind,
        source=KeptSource(row.source),
        title=document.title,
        number=document.number_text,
        agency_name=document.agency.name,
        owner_person_id=row.owner_id,
        owner_name=row.owner.full_name,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name if row.organisation else "",
        procedure_code=row.procedure_code,
        result_code=row.result_code,
        about_id=document.about_id,
        document_id=document.pk,
        token=document.token,
        verify_url=verify_url(document.token),
        state=DocumentState(document.state),
        reason=document.state_reason,
        replaced_by=document.superseded_by_id,
        issued_at=document.issued_at,
        valid_until=document.valid_until,
        kept_at=row.kept_at,
        is_hidden=row.hidden_at is not None,
    )


def scan_view(row: Scan, pages: Sequence[Paper]) -> ScanView:
    """Return the view. :param pages: the papers of its pages, in order"""
    return ScanView(
        id=row.pk,
        owner_person_id=row.owner_id,
        organisation_id=row.organisation_id,
        agency_id=row.agency_id,
        kind=row.kind,
        title=row.title,
        pages=tuple(map(paper_view, pages)),
        about_id=row.about_id,
        part=row.part,
        stage=ScanStage(row.stage),
        taken_at=row.taken_at,
        document_id=row.document_id,
    )


def issued_view(row: IssuedDocument) -> IssuedView:
    """Return the view; select ``file`` with the row."""
    return IssuedView(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        number=row.number_text,
        agency_id=row.agency_id,
        holder_person_id=row.holder_id,
        subject_id=row.about_id,
        file_id=row.file_id,
        sha256=row.sha256,
        size=row.file.size,
        token=row.token,
        verify_url=verify_url(row.token),
        state=DocumentState(row.state),
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        signatures=signatures_of(row),
    )


def verify_url(token: str) -> str:
    """Return the address of the public page."""
    return f"{settings.TINHSO.base_url.rstrip('/')}/verify/{token}"


def signatures_of(row: IssuedDocument) -> tuple[SignedBy, ...]:
    """Return who signed, from the record."""
    return tuple(_signed_by(item) for item in row.signatures)


def signed_by_json(signed: SignedBy) -> dict[str, Any]:
    """Return the record of one signature."""
    return {
        "role": signed.role,
        "name": signed.name,
        "organisation": signed.organisation,
        "signed_at": signed.signed_at.isoformat(),
        "is_test": signed.is_test,
    }


def _signed_by(item: dict[str, Any]) -> SignedBy:
    return SignedBy(
        role=item["role"],
        name=item["name"],
        organisation=item["organisation"],
        signed_at=datetime.fromisoformat(item["signed_at"]),
        is_test=item["is_test"],
    )
