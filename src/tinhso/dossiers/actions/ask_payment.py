"""Ask for money in the middle of a case, as after a tax notice; the clock stands still until it is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.actions.settle_payment import resume_clock
from tinhso.dossiers.billing import DUTY, bill_duty, cancel_duties, has_open_bill
from tinhso.dossiers.events import PaymentAsked, PaymentAskedBack
from tinhso.dossiers.models import DossierDocument, Suspension
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.refusals import FeeNotPaid
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

MOST_LINES, MOST_DONG = 20, 100_000_000_000


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to pay: what for, and whole đồng."""

    name: str
    amount: int


class DutyUnclear(Refusal):
    code = "duty-unclear"
    message = _(
        "Hãy ghi từng khoản phải nộp với số tiền lớn hơn 0, và căn cứ là số, ngày, cơ quan ra thông báo."
    )


class AccountUnknown(Refusal):
    code = "account-unknown"
    message = _("Cơ quan không có tài khoản thu này. Hãy chọn tài khoản trong danh sách.")


class NoDutyAsked(Conflict):
    code = "no-duty-asked"
    message = _("Hồ sơ không chờ khoản nào do cán bộ yêu cầu. Hãy tải lại trang.")


@transaction.atomic
def ask_payment(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    duties: Sequence[Duty],
    basis: str,
    account: str = "state_budget",
    revision: int | None = None,
) -> UUID:
    """
    Open a bill for a financial duty and tell the citizen in writing; return the bill's id.

    :param basis: the notice the amounts stand in: its number, its day, who gave it
    :param account: key of the deciding agency's collecting account
    :raises NotFound, NotAllowed, MoveNotPossible: see ``policies``
    :raises DutyUnclear, AccountUnknown: nothing to pay, or nowhere
    :raises FeeNotPaid: another bill is open
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier = in_hand.dossier

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="ask_payment")

    basis = normalise(basis)
    _require_clear(duties, basis)
    if has_open_bill(dossier):
        raise FeeNotPaid(reference=dossier.code)

    lines = [(normalise(duty.name), duty.amount) for duty in duties]
    bill_id = bill_duty(at=at, dossier=dossier, lines=lines, basis=basis, account=account)
    if bill_id is None:
        raise AccountUnknown
    Suspension.objects.create(dossier=dossier, reason=Suspension.Reason.PAYMENT, started_at=at)
    in_hand.make(move, target=Status.AWAITING_PAYMENT)
    in_hand.save()
    write_document(
        actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.DUTY, reason=basis, lines=lines
    )

    # The bill's own event tells the citizen what to pay, and where.
    ledger.record(actor=actor, at=at, event=PaymentAsked(dossier_id=dossier_id, bill_id=bill_id))
    return bill_id


@transaction.atomic
def take_back_payment(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> None:
    """
    Take back what was asked for by mistake; the clock runs on, and what was paid in part is owed back.

    :raises NoDutyAsked: what is owed follows from the procedure's own fees, or nothing is
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="take_back_payment")

    reason = require_reason(reason)

    if not cancel_duties(at=at, dossier=in_hand.dossier):
        raise NoDutyAsked
    in_hand.make(move, target=Status.IN_PROGRESS)
    resume_clock(in_hand=in_hand, at=at)
    in_hand.save()

    event = PaymentAskedBack(dossier_id=dossier_id, due_at=in_hand.dossier.due_at)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_applicant(
        dossier=in_hand.dossier,
        procedure=in_hand.procedure,
        at=at,
        template="payment_taken_back",
        occasion=f"{DUTY}:{at.isoformat()}",
        reason=reason,
    )


def _require_clear(duties: Sequence[Duty], basis: str) -> None:
    is_clear = all(duty.name.strip() and 0 < duty.amount <= MOST_DONG for duty in duties)
    if not 0 < len(duties) <= MOST_LINES or not is_clear or len(basis) < 10:
        raise DutyUnclear
