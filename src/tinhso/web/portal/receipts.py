"""An electronic receipt for whoever paid: its page, and the signed PDF and XML to keep."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.bookkeeping import queries
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.edge.receipts import into_receipt
from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.people.actions.note_access import note_access
from tinhso.people.types import AccessPurpose, Actor
from tinhso.web.portal.gate import actor_of
from tinhso.web.portal.language import language
from tinhso.web.portal.serve import send_kept, signed_in
from tinhso.web.portal.words import agency_name


@signed_in
@require_safe
def show(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show what the receipt says and where to keep it from. :raises NotFound: absent, or not visible"""
    party = into_receipt(actor_of(request), file_id)
    row = queries.access_row(actor=party, receipt_id=file_id)
    receipt = queries.receipt_view(row)
    others = queries.receipts_of_bills(actor=party, bill_ids=[receipt.bill_id])
    context = {
        "receipt": receipt,
        "content": row.content,
        "others": tuple(one for one in others if one.id != receipt.id),
        "agency": agency_name(people.agency(receipt.agency_id), language()),
        "back": reverse("portal:dossier", args=[receipt.subject_id]),
    }
    return render(request, "portal/receipt.html", context)


@signed_in
@require_safe
def pdf(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Send the signed PDF. :raises NotFound: absent, or not visible"""
    actor = actor_of(request)
    party = into_receipt(actor, file_id)
    receipt = queries.access_receipt(actor=party, receipt_id=file_id)
    _note(actor, receipt, party)
    content = queries.open_pdf(actor=party, receipt_id=file_id)
    return send_kept(content, media_type="application/pdf", name=f"{_name(receipt)}.pdf")


@signed_in
@require_safe
def xml(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Send the signed XML. :raises NotFound: absent, or not visible"""
    actor = actor_of(request)
    party = into_receipt(actor, file_id)
    receipt = queries.access_receipt(actor=party, receipt_id=file_id)
    _note(actor, receipt, party)
    content = queries.open_xml(actor=party, receipt_id=file_id)
    return send_kept(content, media_type="application/xml", name=f"{_name(receipt)}.xml")


def _name(receipt: FeeReceiptView) -> str:
    return f"bien-lai-{receipt.symbol}-{receipt.number}"


def _note(actor: Actor, receipt: FeeReceiptView, party: Actor) -> None:
    """Note who looked at a payer's receipt; the payer's own look is none."""
    payer = queries.access_row(actor=party, receipt_id=receipt.id).bill.payer_person_id
    note_access(
        actor=actor, at=clock.now(), person_id=payer, purpose=AccessPurpose.PAPER, subject_id=receipt.id
    )
