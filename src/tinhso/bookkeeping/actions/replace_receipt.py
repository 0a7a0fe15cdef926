"""Replace a receipt whose payer was written wrongly; the old one stays readable and leads to the new."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping import policies, queries
from tinhso.bookkeeping.actions.issue_receipt import tell_payer
from tinhso.bookkeeping.content import Party
from tinhso.bookkeeping.making import Order, make
from tinhso.bookkeeping.models import FeeReceipt
from tinhso.bookkeeping.types import FeeReceiptView, ReceiptKind
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.text import normalise
from tinhso.payments.models import Bill
from tinhso.people.types import Actor

NAME, ADDRESS, NOTE = 120, 200, 500


class ReceiptNotCurrent(Conflict):
    code = "receipt-not-current"
    message = _("Biên lai này đã được thay thế hoặc điều chỉnh. Hãy tải lại trang để xem biên lai hiện hành.")


class ReplacementUnclear(Invalid):
    code = "receipt-replacement-unclear"
    message = _(
        "Hãy ghi tên người nộp đúng (tối đa 120 ký tự) và vì sao phải thay biên lai (tối đa 500 ký tự)."
    )


@transaction.atomic
def replace_receipt(
    *, actor: Actor, at: datetime, receipt_id: UUID, payer_name: str, payer_address: str, reason: str
) -> FeeReceiptView:
    """
    Issue the receipt again with another payer, over the same money.

    :param reason: printed on the new receipt
    :raises NotFound: absent, or not visible to the actor
    :raises RoleMissing: the actor neither takes money for the agency nor answers for it
    :raises ReceiptNotCurrent: it was replaced or adjusted already
    :raises ReplacementUnclear: as its sentence says
    :raises Refusal: see :func:`tinhso.bookkeeping.making.make`
    """
    old = queries.access_row(actor=actor, receipt_id=receipt_id)
    bill = Bill.objects.select_for_update().get(pk=old.bill_id)

    policies.require_receipt_officer(actor=actor, bill=bill)

    if FeeReceipt.objects.filter(about=old).exists() or old.kind == ReceiptKind.ADJUSTMENT:
        raise ReceiptNotCurrent
    name, address, note = normalise(payer_name), normalise(payer_address), normalise(reason)
    if not 0 < len(name) <= NAME or len(address) > ADDRESS or not 0 < len(note) <= NOTE:
        raise ReplacementUnclear

    known = old.content["payer"]
    payer = Party(name, address=address, personal_id=known["personal_id"], tax_code=known["tax_code"])
    order = Order(bill, ReceiptKind.REPLACEMENT, old.total, note, about=old, payer=payer)
    receipt = queries.receipt_view(make(actor=actor, at=at, order=order))

    tell_payer(receipt=receipt, payer_person_id=bill.payer_person_id, at=at)
    return receipt
