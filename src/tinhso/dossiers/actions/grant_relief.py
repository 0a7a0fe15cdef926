"""Grant an exemption or a reduction late: what was paid too much goes back, what is asked for shrinks."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.types import Procedure, Relief
from tinhso.dossiers import case, policies
from tinhso.dossiers.actions.settle_payment import settle_payment
from tinhso.dossiers.billing import ACTOR, bill_for, lines_of
from tinhso.dossiers.models import Dossier, ReliefClaim
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.reliefs import Decision, decide, tell_granted
from tinhso.forms.types import FeeLine
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict
from tinhso.payments import policies as money
from tinhso.payments import queries as payments
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.refund_part import refund_part
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


class NothingToSpare(Conflict):
    code = "relief-nothing-to-spare"
    message = _(
        "Diện này không làm khoản nào của hồ sơ ít đi, hoặc đã được áp dụng. Hãy tải lại trang để xem."
    )


@transaction.atomic
def grant_relief(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    fee: str,
    relief: str,
    reason: str,
    revision: int | None = None,
) -> int:
    """
    Apply a relief that was refused, or never claimed; return the đồng that are spared.

    What the officer saw as proof stands in the reason. A paid bill gives the difference back; an open one is
    cancelled and issued anew.

    :raises NotFound, NotAllowed: absent or not visible; not who gives the agency's money back, or their own
    :raises ReasonMissing: nothing says why
    :raises NothingToSpare: no such relief, or it changes nothing
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    policies.require_not_own_case(actor=actor, dossier=dossier)
    post = money.require_role(actor=actor, agency_id=dossier.agency_id, roles=money.rules().roles.refund)
    actor = actor.acting_from(post)

    reason = require_reason(reason)
    rule = _rule(procedure, fee, relief, at=at)
    before = _line(at=at, dossier=dossier, procedure=procedure, fee=fee)
    bill = _bill_with(dossier, fee)
    if rule is None or before is None or bill is None:
        raise NothingToSpare

    claim = _claim(dossier=dossier, rule=rule, line=before, at=at)
    decide(actor=actor, at=at, claim=claim, said=Decision(granted=True, reason=reason), late=True)
    after = _line(at=at, dossier=dossier, procedure=procedure, fee=fee)
    billed = sum(line.amount for line in bill.lines if line.code == fee)
    spared = billed - (after.amount if after else 0)
    if spared <= 0:
        raise NothingToSpare
    if bill.is_paid:
        refund_part(actor=actor, at=at, bill_id=bill.id, amount=spared, note=reason)
    else:
        cancel_bill(actor=ACTOR, at=at, bill_id=bill.id)
        bill_for(at=at, dossier=dossier, procedure=procedure, moment=bill.purpose_key)
    in_hand.save()
    # It may have waited for this bill alone.
    settle_payment(dossier_id=dossier_id, at=at)

    tell_granted(in_hand=in_hand, at=at, claim=claim)
    return spared


def _rule(procedure: Procedure, fee: str, relief: str, *, at: datetime) -> Relief | None:
    on = local(at).date()
    return next((one for one in procedure.reliefs if one.id == relief and one.concerns(fee, on=on)), None)


def _line(*, at: datetime, dossier: Dossier, procedure: Procedure, fee: str) -> FeeLine | None:
    lines = lines_of(at=at, dossier=dossier, procedure=procedure)
    return next((line for line in lines if line.code == fee), None)


def _bill_with(dossier: Dossier, fee: str) -> BillView | None:
    """Return the newest bill that asks for the fee and is open or paid."""
    bills = [
        bill
        for bill in payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
        if (bill.is_open or bill.is_paid) and any(line.code == fee and line.amount for line in bill.lines)
    ]
    return bills[-1] if bills else None


def _claim(*, dossier: Dossier, rule: Relief, line: FeeLine, at: datetime) -> ReliefClaim:
    claim = ReliefClaim.objects.filter(dossier=dossier, fee=line.code, relief=rule.id).first()
    if claim is not None and claim.state == ReliefClaim.State.GRANTED:
        raise NothingToSpare
    return claim or ReliefClaim(
        dossier=dossier,
        fee=line.code,
        relief=rule.id,
        proof=rule.proof or "",
        full=line.full,
        pays=line.full * rule.percent // 100,
        claimed_at=at,
    )
