"""Rows turned into views."""

from datetime import datetime
from typing import Any

from django.conf import settings

from tinhso.papers.models import IssuedDocument, Paper
from tinhso.papers.types import DocumentState, Flag, IssuedView, PaperView, ScanState, SignedBy


def paper_view(row: Paper) -> PaperView:
    """Return the view; select ``original`` with the row."""
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
