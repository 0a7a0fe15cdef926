"""Decide that a part of a paid bill goes back, as when a reduction is granted late."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict
from tinhso.payments import policies, queries
from tinhso.payments.moving import open_refunds_of_some
from tinhso.payments.states import BillState, RefundReason
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


class NotThatMuch(Conflict):
    code = "refund-not-that-much"
    message = _("Phiếu thanh toán này không còn giữ đủ số tiền cần hoàn. Hãy tải lại trang để xem.")


@transaction.atomic
def refund_part(*, actor: Actor, at: datetime, bill_id: UUID, amount: int, note: str) -> BillView:
    """
    Order that a part of what a paid bill holds goes back; the bill stays paid.

    :param amount: đồng, more than 0
    :param note: why, for the file; at most 500 characters are kept
    :raises NotFound: absent, or not visible to the actor
    :raises OwnRefund: the actor is the payer
    :raises RoleMissing: the actor may not give the agency's money back
    :raises NotThatMuch: it is not paid, or holds less
    """
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)

    policies.require_not_own_refund(actor=actor, bill=bill)
    policies.require_role(actor=actor, agency_id=bill.agency_id, roles=policies.rules().roles.refund)

    if bill.state != BillState.PAID or amount <= 0:
        raise NotThatMuch

    returned = open_refunds_of_some(
        actor=actor, at=at, bill=bill, amount=amount, reason=RefundReason.RELIEF, note=note[:500]
    )
    # Raised after the fact, it undoes the whole transaction.
    if returned < amount:
        raise NotThatMuch
    return queries.view_of(bill)
