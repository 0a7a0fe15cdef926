"""Discharge one duty to give a receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping import queries
from tinhso.bookkeeping.making import Order, make
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.types import DutyState, FeeReceiptView, ReceiptKind
from tinhso.kernel.money import format_dong
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.notices.actions import notify
from tinhso.payments.models import Bill
from tinhso.people import queries as people
from tinhso.people.types import Actor


class OriginalMissing(Conflict):
    code = "receipt-original-missing"
    message = _("Biên lai gốc chưa lập xong nên chưa điều chỉnh được. Hệ thống sẽ tự thử lại.")


def try_to_issue(*, actor: Actor, at: datetime, duty_id: UUID) -> FeeReceiptView | None:
    """Issue the receipt, or note what stands in its way; None when it does."""
    try:
        return issue_receipt(actor=actor, at=at, duty_id=duty_id)
    except Refusal as refusal:
        waiting = ReceiptDuty.objects.filter(pk=duty_id, state=DutyState.OWED)
        waiting.update(last_error=refusal.code[:80])
        return None


@transaction.atomic
def issue_receipt(*, actor: Actor, at: datetime, duty_id: UUID) -> FeeReceiptView | None:
    """
    Issue the receipt that is owed; asked again, return it. None when it was dropped.

    :raises OriginalMissing: it adjusts one that is not made yet
    :raises Refusal: see :func:`tinhso.bookkeeping.making.make`
    """
    duty = ReceiptDuty.objects.select_for_update().get(pk=duty_id)
    if duty.state == DutyState.ISSUED:
        made = FeeReceipt.objects.get(duty=duty)
        return queries.access_receipt(actor=queries.READER, receipt_id=made.pk)
    if duty.state == DutyState.DROPPED:
        return None
    bill = Bill.objects.get(pk=duty.bill_id)

    about = queries.current_receipt(bill.pk) if duty.kind == ReceiptKind.ADJUSTMENT else None
    if duty.kind == ReceiptKind.ADJUSTMENT and about is None:
        raise OriginalMissing

    order = Order(bill, ReceiptKind(duty.kind), duty.amount, duty.note, about=about, duty=duty)
    receipt = make(actor=actor, at=at, order=order)
    duty.state, duty.last_error = DutyState.ISSUED, ""
    duty.save(update_fields=["state", "last_error"])

    view = queries.receipt_view(receipt)
    tell_payer(receipt=view, payer_person_id=bill.payer_person_id, at=at)
    return view


def tell_payer(*, receipt: FeeReceiptView, payer_person_id: UUID, at: datetime) -> None:
    """Put the receipt into the payer's inbox."""
    notify(
        at=at,
        person_id=payer_person_id,
        template="fee_receipt_issued",
        data={
            "number": receipt.title,
            "agency": people.agency(receipt.agency_id).name,
            "sum": format_dong(receipt.total),
        },
        dedupe_key=f"fee_receipt_issued:{receipt.id}",
        link=f"/bien-lai/{receipt.id}/",
    )
