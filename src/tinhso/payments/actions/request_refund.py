"""Ask the bank to send money back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict
from tinhso.payments import jobs, policies, queries
from tinhso.payments.moving import move_refund
from tinhso.payments.types import RefundView
from tinhso.people.types import Actor


class RefundIsCash(Conflict):
    code = "refund-is-cash"
    message = _("Khoản này đã thu bằng tiền mặt. Hãy trả lại tại quầy rồi ghi nhận là đã chi.")


class RefundIsByHand(Conflict):
    code = "refund-is-by-hand"
    message = _(
        "Khoản này đã thu bằng thẻ hoặc qua Cổng thanh toán. Hãy hoàn trên máy POS hoặc lập lệnh chuyển "
        "tiền, rồi ghi số chứng từ."
    )


@transaction.atomic
def request_refund(*, actor: Actor, at: datetime, refund_id: UUID) -> RefundView:
    """
    Ask the bank to send a due sum back, or ask again after a failure.

    :raises NotFound: absent, or not visible to the actor
    :raises OwnRefund: the actor is the payer
    :raises RoleMissing: the actor may not give the agency's money back
    :raises RefundIsCash, RefundIsByHand: it came as cash; by card or by the portal's platform
    :raises NoSuchMove: it is on its way, or made
    """
    refund = queries.lock_refund(actor=actor, refund_id=refund_id)

    policies.require_not_own_refund(actor=actor, bill=refund.bill)
    policies.require_role(actor=actor, agency_id=refund.bill.agency_id, roles=policies.rules().roles.refund)

    if queries.is_by_hand(refund):
        raise RefundIsByHand
    if refund.counter_id:
        raise RefundIsCash

    refund.last_error = ""
    move_refund(actor=actor, at=at, refund=refund, name="request")

    defer(jobs.send_refund, refund_id=str(refund.id))
    return queries.refund_view(refund)
