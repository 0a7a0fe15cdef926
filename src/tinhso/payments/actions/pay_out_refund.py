"""Give money back that no bank can be asked for: cash, and what came by card or by the portal's platform."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.text import normalise
from tinhso.payments import policies, queries
from tinhso.payments.moving import complete_refund
from tinhso.payments.shifts import open_shift_of
from tinhso.payments.types import RefundView
from tinhso.people.types import Actor

LONGEST = 64


class RefundIsTransfer(Conflict):
    code = "refund-is-transfer"
    message = _("Khoản này đã thu qua ngân hàng. Hãy yêu cầu ngân hàng hoàn lại, không chi tiền mặt.")


class ProofMissing(Invalid):
    code = "refund-proof-missing"
    message = _("Hãy ghi số phiếu hoàn của máy POS hoặc số lệnh chuyển tiền (tối đa 64 ký tự).")


@transaction.atomic
def pay_out_refund(*, actor: Actor, at: datetime, refund_id: UUID, proof: str = "") -> RefundView:
    """
    Write down that a sum went back: cash out of the officer's till, the rest by a slip or a transfer order.

    :param proof: number of the slip or order; not asked for cash
    :raises NotFound: absent, or not visible to the actor
    :raises OwnRefund: the actor is the payer
    :raises RoleMissing: cash: not the agency's one-stop officer; the rest: may not give its money back
    :raises RefundIsTransfer: it came through the bank
    :raises ProofMissing: by card or by the platform, and no number is given
    :raises NoSuchMove: it is made
    """
    refund = queries.lock_refund(actor=actor, refund_id=refund_id)

    policies.require_not_own_refund(actor=actor, bill=refund.bill)
    by_hand, roles = queries.is_by_hand(refund), policies.rules().roles
    wanted = roles.refund if by_hand else roles.cash
    post = policies.require_role(actor=actor, agency_id=refund.bill.agency_id, roles=wanted)

    if by_hand:
        refund.bank_refund_id = normalise(proof)
        if not 0 < len(refund.bank_refund_id) <= LONGEST:
            raise ProofMissing
    elif refund.counter_id is None:
        raise RefundIsTransfer
    else:
        refund.shift = open_shift_of(actor=actor, at=at, agency_id=refund.bill.agency_id, post_id=post.id)

    complete_refund(actor=actor, at=at, refund=refund, name="pay_out")
    return queries.refund_view(refund)
