"""Write down what the bank answered to a refund."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.payments import queries
from tinhso.payments.moving import complete_refund, move_refund
from tinhso.payments.states import RefundState
from tinhso.payments.types import RefundView
from tinhso.people.types import Actor


@transaction.atomic
def record_refund(*, actor: Actor, at: datetime, refund_id: UUID, bank_refund_id: str) -> RefundView:
    """
    Write down that the bank sent the sum back. Said again, it changes nothing.

    :raises NotFound: absent, or not visible to the actor
    :raises NoSuchMove: nobody asked the bank
    """
    refund = queries.lock_refund(actor=actor, refund_id=refund_id)

    if refund.state == RefundState.MADE:
        return queries.refund_view(refund)

    refund.bank_refund_id = bank_refund_id
    complete_refund(actor=actor, at=at, refund=refund, name="make")
    return queries.refund_view(refund)


@transaction.atomic
def record_refund_failure(*, actor: Actor, at: datetime, refund_id: UUID, error: str) -> RefundView:
    """
    Write down that the bank did not send the sum back, so that an officer sees it and asks again.

    :raises NotFound: absent, or not visible to the actor
    :raises NoSuchMove: nobody asked the bank, or it is made
    """
    refund = queries.lock_refund(actor=actor, refund_id=refund_id)

    refund.last_error = error[:200]
    move_refund(actor=actor, at=at, refund=refund, name="fail")
    return queries.refund_view(refund)
