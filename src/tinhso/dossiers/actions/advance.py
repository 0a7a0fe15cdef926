"""Finish a step and pass the dossier on, or send it back to an earlier one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, findings, opinions, policies, process
from tinhso.dossiers.billing import ON_STEP, bill_for
from tinhso.dossiers.events import PaymentAwaited, StepCompleted, StepReturned
from tinhso.dossiers.models import StepRun, Suspension
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import Status
from tinhso.forms.types import Data
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor


class NoSuchWayBack(Refusal):
    code = "no-such-way-back"
    message = _("Không trả được về bước này. Hãy chọn một bước trong danh sách.")


@transaction.atomic
def advance_step(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    found: Data | None = None,
    note: str = "",
    revision: int | None = None,
) -> None:
    """
    Finish the open step and open the next one.

    :param found: what the step asks of the officer, by HTML name
    :param note: what the next officer should know; citizens do not see it
    :raises NotFound, NotAllowed, MoveNotPossible, WrongStep: see ``policies``
    :raises OpinionsOutstanding: another agency's opinion is still awaited
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure, run = in_hand.dossier, in_hand.procedure, in_hand.open_run

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="advance")

    opinions.require_all_given(run=run, step=in_hand.step, at=at)
    findings.take(in_hand=in_hand, data=found, at=at)

    step = process.next_step(dossier=dossier, procedure=procedure, after=run.step, at=at)
    case.close_run(run=run, actor=actor, at=at, outcome=StepRun.Outcome.DONE, note=note)
    bill = bill_for(at=at, dossier=dossier, procedure=procedure, moment=f"{ON_STEP}{step.id}")
    in_hand.make(move, target=Status.AWAITING_PAYMENT if bill else Status.IN_PROGRESS)
    in_hand.save()
    opened = process.open_step(actor=actor, dossier=dossier, step=step, at=at)

    event = StepCompleted(dossier_id=dossier.id, step=run.step, next_step=step.id)
    ledger.record(actor=actor, at=at, event=event)
    if bill:
        Suspension.objects.create(dossier=dossier, reason=Suspension.Reason.PAYMENT, started_at=at)
        ledger.record(actor=actor, at=at, event=PaymentAwaited(dossier_id=dossier.id))
    announce.tell_officers(dossier=dossier, procedure=procedure, run=opened, at=at)


@transaction.atomic
def step_back(
    *, actor: Actor, at: datetime, dossier_id: UUID, to_step: str, reason: str, revision: int | None = None
) -> None:
    """
    Send the dossier back to an earlier step of its own agencies; whoever held that step holds it again.

    :raises NoSuchWayBack: the definition does not let this step go back there
    :raises ReasonMissing: the colleague must know what to mend
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure, run = in_hand.dossier, in_hand.procedure, in_hand.open_run

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="step_back")

    if to_step not in in_hand.step.back_to:
        raise NoSuchWayBack
    reason = require_reason(reason)

    case.close_run(run=run, actor=actor, at=at, outcome=StepRun.Outcome.RETURNED, note=reason)
    in_hand.make(move, target=Status.IN_PROGRESS)
    in_hand.save()
    opened = process.open_step(actor=actor, dossier=dossier, step=procedure.step(to_step), at=at)
    process.give_to_last_holder(run=opened)

    event = StepReturned(dossier_id=dossier.id, step=run.step, back_to=to_step)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_officers(dossier=dossier, procedure=procedure, run=opened, at=at)
