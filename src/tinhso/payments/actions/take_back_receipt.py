"""Correct a mistake of the counter: a storno. The receipt stays, and so does what was wrong with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.payments import policies, queries
from tinhso.payments.models import CashShift, CounterReceipt, CounterStorno
from tinhso.payments.moving import Source, move_bill
from tinhso.payments.types import BillView
from tinhso.people.types import Actor

LONGEST = 500


class StornoWithoutReason(Invalid):
    code = "storno-without-reason"
    message = _("Hãy ghi vì sao phiếu thu này sai (tối đa 500 ký tự).")


class ShiftIsClosed(Conflict):
    code = "shift-is-closed"
    message = _("Ca thu của phiếu này đã chốt. Hãy hoàn tiền cho người nộp thay vì hủy phiếu thu.")


class ReceiptGone(Conflict):
    code = "receipt-taken-back"
    message = _("Phiếu thu này đã hủy hoặc khoản nộp đang được hoàn. Hãy tải lại trang để xem.")


@transaction.atomic
def take_back_receipt(*, actor: Actor, at: datetime, receipt_id: UUID, reason: str) -> BillView:
    """
    Take a receipt back that should never have been written: the sum is owed again, the bill opens again.

    Only in the same shift, before its money was handed over; afterwards money goes back as a refund.

    :raises NotFound: absent, or its bill is not visible to the actor
    :raises OwnBill, RoleMissing: see :func:`take_at_counter`
    :raises StornoWithoutReason, ShiftIsClosed: as their sentences say
    :raises ReceiptGone: it was taken back, or some of the bill's money is going back already
    """
    receipt = CounterReceipt.objects.filter(pk=receipt_id).first()
    if receipt is None:
        raise NotFound
    bill = queries.lock_bill(actor=actor, bill_id=receipt.bill_id)
    # Whoever closes the till counts this receipt or its storno, never half of it.
    shift = CashShift.objects.select_for_update().get(pk=receipt.shift_id)

    policies.require_not_payer(actor=actor, bill=bill)
    post = policies.require_role(actor=actor, agency_id=bill.agency_id, roles=policies.rules().roles.cash)

    why = normalise(reason)
    if not 0 < len(why) <= LONGEST:
        raise StornoWithoutReason
    if CounterStorno.objects.filter(receipt=receipt).exists() or bill.refunds.exists():
        raise ReceiptGone
    if shift.closed_at is not None:
        raise ShiftIsClosed

    CounterStorno.objects.create(
        receipt=receipt,
        bill=bill,
        amount=receipt.amount,
        reason=why,
        made_at=at,
        account_id=actor.signed_in_as,
        post_id=post.id,
    )
    bill.received -= receipt.amount
    bill.paid_at = None
    # Who was written down wrongly is given the whole time again.
    bill.expires_at = max(bill.expires_at, at + policies.rules().expires_after)

    move = "reopen_part" if bill.received else "reopen"
    source = Source(receipt=receipt)
    move_bill(actor=actor, at=at, bill=bill, name=move, amount=receipt.amount, source=source)
    return queries.view_of(bill)
