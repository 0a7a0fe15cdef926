"""Decide: sign the result, or refuse it in writing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, case, findings, opinions, policies, process, refusals
from tinhso.dossiers.actions.deliver import deliver_online
from tinhso.dossiers.billing import bill_for, has_open_bill
from tinhso.dossiers.events import DossierRefused, ResultSigned
from tinhso.dossiers.models import Result, StepRun
from tinhso.dossiers.moves import Move
from tinhso.dossiers.paperwork import issue_refusal, issue_result
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import Status
from tinhso.forms.types import Data
from tinhso.kernel import ledger
from tinhso.papers.types import IssuedView
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Signed:
    """:param document_id: the issued document; :param number: its number, e.g. ``12/KS``"""

    document_id: UUID
    number: str


@transaction.atomic
def sign_result(
    *, actor: Actor, at: datetime, dossier_id: UUID, found: Data | None = None, revision: int | None = None
) -> Signed:
    """
    Typeset the result, sign it for the leader and the agency, and hand it to the citizen.

    :param found: what the step asks of the signer, by HTML name
    :raises NotFound, NotAllowed, MoveNotPossible, WrongStep: see ``policies``
    :raises FeeNotPaid: a fee due before the decision is still open
    :raises Refusal: whatever ``papers`` finds wrong with key, certificate or time stamp; nothing is written
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="sign")

    if has_open_bill(in_hand.dossier):
        raise refusals.FeeNotPaid(reference=in_hand.dossier.code)
    opinions.require_all_given(run=in_hand.open_run, step=in_hand.step, at=at)
    findings.take(in_hand=in_hand, data=found, at=at)
    in_hand.open_run.save(update_fields=["findings"])

    document = issue_result(actor=actor, at=at, in_hand=in_hand)
    _close(actor=actor, at=at, in_hand=in_hand, move=move, document=document, granted=True)

    event = ResultSigned(dossier_id=dossier_id, document_id=document.id)
    ledger.record(actor=actor, at=at, event=event)
    _tell(in_hand=in_hand, at=at, template="result_ready")
    deliver_online(in_hand=in_hand, at=at)
    return Signed(document_id=document.id, number=document.number)


@transaction.atomic
def refuse_result(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> Signed:
    """
    Decide that the request cannot be granted, in a signed notice with the reason (Mẫu 03).

    :raises ReasonMissing: a refusal without a reason is void
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="refuse")

    reason = require_reason(reason)

    document = issue_refusal(actor=actor, at=at, in_hand=in_hand, reason=reason)
    _close(actor=actor, at=at, in_hand=in_hand, move=move, document=document, granted=False, reason=reason)

    event = DossierRefused(dossier_id=dossier_id, document_id=document.id)
    ledger.record(actor=actor, at=at, event=event)
    _tell(in_hand=in_hand, at=at, template="dossier_refused", reason=reason)
    deliver_online(in_hand=in_hand, at=at)
    return Signed(document_id=document.id, number=document.number)


def _close(
    *,
    actor: Actor,
    at: datetime,
    in_hand: case.Case,
    move: Move,
    document: IssuedView,
    granted: bool,
    reason: str = "",
) -> None:
    """Write the decision down and open the step that hands it out."""
    dossier, procedure, run = in_hand.dossier, in_hand.procedure, in_hand.open_run
    Result.objects.create(
        dossier=dossier,
        document_id=document.id,
        granted=granted,
        reason=reason,
        signed_by_id=actor.signed_in_as,
        signed_at=at,
    )
    case.close_run(run=run, actor=actor, at=at, outcome=StepRun.Outcome.DONE, note=reason)
    in_hand.make(move, target=Status.DECIDED)
    dossier.finished_at = at
    in_hand.save()
    if granted:
        bill_for(at=at, dossier=dossier, procedure=procedure, moment="on_return")
    step = process.next_step(dossier=dossier, procedure=procedure, after=run.step, at=at)
    in_hand.run = process.open_step(actor=actor, dossier=dossier, step=step, at=at)


def _tell(*, in_hand: case.Case, at: datetime, template: str, **data: str) -> None:
    announce.tell_applicant(
        dossier=in_hand.dossier, procedure=in_hand.procedure, at=at, template=template, **data
    )
