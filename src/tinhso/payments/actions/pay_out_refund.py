"""Give cash back over the counter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict
from tinhso.payments import policies, queries
from tinhso.payments.moving import complete_refund
from tinhso.payments.types import RefundView
from tinhso.people.types import Actor


class RefundIsTransfer(Conflict):
    code = "refund-is-transfer"
    message = _("Khoản này đã thu qua ngân hàng. Hãy yêu cầu ngân hàng hoàn lại, không chi tiền mặt.")


@transaction.atomic
def pay_out_refund(*, actor: Actor, at: datetime, refund_id: UUID) -> RefundView:
    """
    Write down that a sum that came as cash went back over the counter.

    :raises NotFound: absent, or not visible to the actor
    :raises OwnRefund: the actor is the payer
    :raises RoleMissing: the actor is not the agency's one-stop officer
    :raises RefundIsTransfer: it came through the bank
    :raises NoSuchMove: it is made
    """
    refund = queries.lock_refund(actor=actor, refund_id=refund_id)

    policies.require_not_own_refund(actor=actor, bill=refund.bill)
    policies.require_role(actor=actor, agency_id=refund.bill.agency_id, roles=policies.rules().roles.cash)

    if refund.cash_id is None:
        raise RefundIsTransfer

    complete_refund(actor=actor, at=at, refund=refund, name="pay_out")
    return queries.refund_view(refund)
