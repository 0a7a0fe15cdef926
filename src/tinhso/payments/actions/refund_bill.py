"""Decide that the money of a paid bill goes back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.payments import policies, queries
from tinhso.payments.moving import move_bill, open_refunds_of_all
from tinhso.payments.states import RefundReason
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


@transaction.atomic
def refund_bill(*, actor: Actor, at: datetime, bill_id: UUID, note: str) -> BillView:
    """
    Order that all a paid bill still holds goes back. Each sum then waits for an officer to ask the
    bank for it, or to pay it out where it came as cash.

    :param note: why, for the file; at most 500 characters are kept
    :raises NotFound: absent, or not visible to the actor
    :raises OwnRefund: the actor is the payer
    :raises RoleMissing: the actor may not give the agency's money back
    :raises NoSuchMove: the bill is not paid
    """
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)

    policies.require_not_own_refund(actor=actor, bill=bill)
    policies.require_role(actor=actor, agency_id=bill.agency_id, roles=policies.rules().roles.refund)

    move_bill(actor=actor, at=at, bill=bill, name="order_refund", amount=bill.total)

    open_refunds_of_all(actor=actor, at=at, bill=bill, reason=RefundReason.DECIDED, note=note[:500])
    return queries.view_of(bill)
