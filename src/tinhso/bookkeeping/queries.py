"""The one way in to read receipts."""

from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tinhso.bookkeeping.making import shown_number
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.types import DutyState, FeeReceiptView, ReceiptKind
from tinhso.kernel import files
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.views import verify_url
from tinhso.people.types import Actor, system

PAGE = 100
READER = system("bookkeeping")


def access_receipt(*, actor: Actor, receipt_id: UUID) -> FeeReceiptView:
    """Return the receipt. :raises NotFound: absent, or its bill is not visible to the actor"""
    return receipt_view(access_row(actor=actor, receipt_id=receipt_id))


def access_row(*, actor: Actor, receipt_id: UUID) -> FeeReceipt:
    """Return the row of :func:`access_receipt`."""
    row = _with(FeeReceipt.objects.visible_to(actor).filter(pk=receipt_id)).first()
    if row is None:
        raise NotFound
    return row


def receipts_of_bills(*, actor: Actor, bill_ids: Collection[UUID]) -> tuple[FeeReceiptView, ...]:
    """Return the receipts of the bills that the actor may see, oldest first; one query."""
    rows = _with(FeeReceipt.objects.visible_to(actor).filter(bill_id__in=bill_ids))
    return tuple(receipt_view(row) for row in rows.order_by("issued_at", "id"))


def receipts_of_person(*, actor: Actor, person_id: UUID, limit: int = PAGE) -> tuple[FeeReceiptView, ...]:
    """Return the newest receipts of the payer that the actor may see: what a wallet shows."""
    rows = _with(FeeReceipt.objects.visible_to(actor).filter(bill__payer_person_id=person_id))
    return tuple(receipt_view(row) for row in rows.order_by("-issued_at", "-id")[: min(limit, PAGE)])


def open_xml(*, actor: Actor, receipt_id: UUID) -> BinaryIO:
    """Return the signed XML; close the stream. :raises NotFound: absent, or not visible"""
    return files.open_file(access_row(actor=actor, receipt_id=receipt_id).xml_id)


def open_pdf(*, actor: Actor, receipt_id: UUID) -> BinaryIO:
    """Return the signed PDF; close the stream. :raises NotFound: absent, or not visible"""
    row = access_row(actor=actor, receipt_id=receipt_id)
    return papers.open_document(actor=READER, document_id=row.document_id)


def match_xml(sha256: str) -> FeeReceiptView | None:
    """Return the receipt whose XML has exactly these bytes; for the public page, which masks the payer."""
    row = _with(FeeReceipt.objects.filter(xml_sha256=sha256)).first()
    return receipt_view(row) if row else None


def followers_of(receipt_id: UUID) -> tuple[FeeReceiptView, ...]:
    """Return what was issued about the receipt afterwards, oldest first; for the public page."""
    rows = _with(FeeReceipt.objects.filter(about_id=receipt_id))
    return tuple(receipt_view(row) for row in rows.order_by("issued_at", "number"))


def owed(*, limit: int = PAGE, before: datetime) -> tuple[ReceiptDuty, ...]:
    """Return the duties that wait since before the moment, oldest first; for jobs."""
    rows = ReceiptDuty.objects.filter(state=DutyState.OWED, owed_at__lt=before)
    return tuple(rows.order_by("owed_at", "id")[:limit])


def current_receipt(bill_id: UUID) -> FeeReceipt | None:
    """Return the bill's newest receipt that says a sum and was not replaced."""
    rows = FeeReceipt.objects.filter(bill_id=bill_id).exclude(kind=ReceiptKind.ADJUSTMENT)
    return rows.exclude(followers__kind=ReceiptKind.REPLACEMENT).order_by("-issued_at", "-number").first()


def receipt_view(row: FeeReceipt) -> FeeReceiptView:
    """Return the view; the caller has checked the right."""
    return FeeReceiptView(
        id=row.pk,
        kind=ReceiptKind(row.kind),
        agency_id=row.agency_id,
        form=row.form,
        symbol=row.symbol,
        number=shown_number(row),
        bill_id=row.bill_id,
        subject_id=row.bill.subject_id,
        total=row.total,
        issued_at=row.issued_at,
        note=row.note,
        about_number=shown_number(row.about) if row.about else "",
        state=_state(row),
        document_id=row.document_id,
        verify_url=verify_url(row.document.token),
        xml_sha256=row.xml_sha256,
        payer=str(row.content["payer"]["name"]),
    )


def _state(row: FeeReceipt) -> str:
    """One that was made just now has no followers, and was not asked for them."""
    if getattr(row, "is_replaced", False):
        return "replaced"
    return "adjusted" if getattr(row, "is_adjusted", False) else "valid"


def _with(rows: QuerySet[FeeReceipt]) -> QuerySet[FeeReceipt]:
    followers = FeeReceipt.objects.filter(about=OuterRef("pk"))
    return rows.select_related("bill", "about", "document").annotate(
        is_replaced=Exists(followers.filter(kind=ReceiptKind.REPLACEMENT)),
        is_adjusted=Exists(followers.filter(kind=ReceiptKind.ADJUSTMENT)),
    )
