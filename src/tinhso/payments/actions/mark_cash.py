"""Take cash at the counter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel.clock import local
from tinhso.kernel.sequences import next_number
from tinhso.payments import policies, queries
from tinhso.payments.models import CashReceipt
from tinhso.payments.moving import Source, move_bill
from tinhso.payments.states import bill_move
from tinhso.payments.types import BillView
from tinhso.people.queries import agency
from tinhso.people.types import Actor


@transaction.atomic
def mark_cash(*, actor: Actor, at: datetime, bill_id: UUID) -> BillView:
    """
    Write down that what is missing on the bill was paid in cash, and give the receipt its number.

    :raises NotFound: absent, or not visible to the actor
    :raises OwnBill: the actor is the payer
    :raises RoleMissing: the actor is not the agency's one-stop officer
    :raises NoSuchMove: the bill is paid or closed
    """
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)

    policies.require_not_payer(actor=actor, bill=bill)
    post = policies.require_role(actor=actor, agency_id=bill.agency_id, roles=policies.rules().roles.cash)

    bill_move("pay", bill.state)
    missing = bill.total - bill.received

    series = f"cash/{agency(bill.agency_id).code}/{local(at).year}"
    receipt = CashReceipt.objects.create(
        number=f"{next_number(series):06d}/{series}",
        bill=bill,
        amount=missing,
        taken_at=at,
        cashier_account_id=actor.account_id,
        post_id=post.id,
    )
    bill.received, bill.paid_at = bill.total, at

    move_bill(actor=actor, at=at, bill=bill, name="pay", amount=missing, source=Source(receipt=receipt))
    return queries.view_of(bill)
