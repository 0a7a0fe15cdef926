"""Stop asking for money."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.payments import policies, queries
from tinhso.payments.moving import move_bill, open_refunds_of_all
from tinhso.payments.states import RefundReason
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


@transaction.atomic
def cancel_bill(*, actor: Actor, at: datetime, bill_id: UUID) -> BillView:
    """
    Cancel an open bill; what came for it falls due back, and so does whatever still comes.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor is not of the agency
    :raises NoSuchMove: the bill is paid or closed
    """
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)

    policies.require_agency(actor=actor, bill=bill)

    move_bill(actor=actor, at=at, bill=bill, name="cancel", amount=bill.total - bill.received)

    open_refunds_of_all(actor=actor, at=at, bill=bill, reason=RefundReason.CANCELLED)
    return queries.view_of(bill)
