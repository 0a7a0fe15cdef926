"""The one way in to read."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO, Literal
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel import files
from tinhso.kernel.clock import local
from tinhso.kernel.prepared import Prepared
from tinhso.kernel.refusals import NotFound
from tinhso.papers.models import IssuedDocument, Paper
from tinhso.papers.types import DocumentState, IssuedView, PaperView, Validity, Verification
from tinhso.papers.views import PAPER_WITH, issued_view, paper_view, signatures_of
from tinhso.people.shapes import shape_of
from tinhso.people.types import Actor

Copy = Literal["original", "display", "preview"]
UNKNOWN = Verification(validity=Validity.UNKNOWN)


def access_paper(*, actor: Actor, paper_id: UUID) -> PaperView:
    """Return the paper. :raises NotFound: absent, or not visible to the actor"""
    return paper_view(_paper(actor, paper_id))


def papers(*, actor: Actor, paper_ids: Collection[UUID], client_key: str = "") -> tuple[PaperView, ...]:
    """
    Return those of the papers that the actor may see, in the order of receipt; one query.

    :param client_key: only those that were received under it
    """
    rows = Paper.objects.visible_to(actor).filter(pk__in=paper_ids).select_related(*PAPER_WITH)
    if client_key:
        rows = rows.filter(client_key=client_key)
    return tuple(paper_view(row) for row in rows.order_by("received_at", "pk"))


def papers_of(*, actor: Actor, owner_person_id: UUID, limit: int = 50) -> tuple[PaperView, ...]:
    """Return the owner's newest papers that the actor may see."""
    rows = Paper.objects.visible_to(actor).filter(owner_id=owner_person_id).select_related(*PAPER_WITH)
    return tuple(paper_view(row) for row in rows.order_by("-received_at", "-pk")[:limit])


def received_for(client_key: str, *, before: datetime, limit: int) -> tuple[UUID, ...]:
    """Return papers received under the key before the moment and given to no agency, oldest first."""
    rows = Paper.objects.filter(client_key=client_key, received_at__lt=before, grants__isnull=True)
    return tuple(rows.order_by("received_at", "pk").values_list("pk", flat=True)[:limit])


def open_paper(*, actor: Actor, paper_id: UUID, copy: Copy = "original") -> BinaryIO:
    """
    Return the bytes; close the stream. Serve the original as a download, never inline from our own origin.

    :raises NotFound: absent, not visible to the actor, or it has no such copy
    """
    row = _paper(actor, paper_id)
    file_id = {"original": row.original_id, "display": row.display_id, "preview": row.preview_id}[copy]
    if file_id is None:
        raise NotFound
    return files.open_file(file_id)


def access_document(*, actor: Actor, document_id: UUID) -> IssuedView:
    """Return the document. :raises NotFound: absent, or not visible to the actor"""
    return issued_view(_document(actor, document_id))


def documents_about(*, actor: Actor, subject_id: UUID) -> tuple[IssuedView, ...]:
    """Return the documents about a subject that the actor may see, oldest first."""
    return tuple(map(issued_view, _ABOUT(who=shape_of(actor), subject_id=subject_id)))


def _about(who: Actor, subject_id: UUID) -> QuerySet[IssuedDocument]:
    rows = IssuedDocument.objects.visible_to(who).filter(about_id=subject_id).select_related("file")
    return rows.order_by("issued_at", "pk")


_ABOUT = Prepared(_about)


def documents_of(*, actor: Actor, holder_person_id: UUID, limit: int = 50) -> tuple[IssuedView, ...]:
    """Return the holder's newest documents that the actor may see."""
    rows = IssuedDocument.objects.visible_to(actor).filter(holder_id=holder_person_id).select_related("file")
    return tuple(issued_view(row) for row in rows.order_by("-issued_at", "-pk")[:limit])


def open_document(*, actor: Actor, document_id: UUID) -> BinaryIO:
    """Return the PDF; close the stream. :raises NotFound: absent, or not visible to the actor"""
    return files.open_file(_document(actor, document_id).file_id)


def verify_token(token: str, *, at: datetime) -> Verification:
    """
    Return the public record behind a QR code; ``unknown`` for a token we never gave out.

    Anybody may ask: it says what the paper in their hand says, the holder's name masked, and nothing more.
    """
    return _verification(_public().filter(token=token).first(), at=at)


def match_file(content: bytes, *, at: datetime) -> Verification:
    """Return the public record of exactly this file; ``unknown`` when we never issued these bytes."""
    return _verification(_public().filter(sha256=hashlib.sha256(content).hexdigest()).first(), at=at)


def _public() -> QuerySet[IssuedDocument]:
    return IssuedDocument.objects.select_related("agency", "superseded_by")


def _verification(row: IssuedDocument | None, *, at: datetime) -> Verification:
    if row is None:
        return UNKNOWN
    return Verification(
        validity=_validity(row, at=at),
        kind=row.kind,
        title=row.title,
        number=row.number_text,
        agency=row.agency.name,
        holder=row.holder_mask,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        signatures=signatures_of(row),
        sha256=row.sha256,
        reason=row.state_reason,
        changed_at=row.state_at,
        replaced_by=row.superseded_by.token if row.superseded_by else "",
    )


def _validity(row: IssuedDocument, *, at: datetime) -> Validity:
    if row.state != DocumentState.VALID:
        return Validity(row.state)
    is_over = row.valid_until is not None and local(at).date() > row.valid_until
    return Validity.EXPIRED if is_over else Validity.VALID


def _paper(actor: Actor, paper_id: UUID) -> Paper:
    row = Paper.objects.visible_to(actor).filter(pk=paper_id).select_related(*PAPER_WITH).first()
    if row is None:
        raise NotFound
    return row


def _document(actor: Actor, document_id: UUID) -> IssuedDocument:
    row = IssuedDocument.objects.visible_to(actor).filter(pk=document_id).select_related("file").first()
    if row is None:
        raise NotFound
    return row
