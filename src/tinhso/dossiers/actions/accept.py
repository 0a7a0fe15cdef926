"""Accept a filed dossier and fix the date on which its result is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, arriving, case, deadline, findings, policies, process, refusals
from tinhso.dossiers.billing import ON_STEP, bill_for, has_open_bill
from tinhso.dossiers.events import DossierAccepted, PaymentAwaited
from tinhso.dossiers.models import DossierDocument, StepRun, Suspension
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.post import clock_start
from tinhso.dossiers.reliefs import Decision, decide_claims, tell_refused
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.time_limits import limit_of
from tinhso.forms.types import Data
from tinhso.kernel import ledger
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Accepted:
    code: str
    due_at: datetime
    receipt_id: UUID


@transaction.atomic
def accept_dossier(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    found: Data | None = None,
    reliefs: Mapping[UUID, Decision] | None = None,
    revision: int | None = None,
) -> Accepted:
    """
    Accept a filed dossier, write its receipt (Mẫu 01) and pass it to the next step.

    :param found: what the step asks of the officer, by HTML name
    :param reliefs: what the officer says of each claimed exemption or reduction, by the claim's id
    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor is not the one-stop counter of the dossier, or is its applicant
    :raises MoveNotPossible: it was accepted, declined or withdrawn already
    :raises FeeNotPaid: a fee due on filing is still open
    :raises ReliefUndecided: a claim was not decided; see :mod:`tinhso.dossiers.reliefs`
    :raises StillIncomplete: it came from the national portal, which does not ask all that our form asks
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="accept")

    if has_open_bill(dossier):
        raise refusals.FeeNotPaid(reference=dossier.code)
    arriving.require_whole(dossier=dossier, procedure=procedure, at=at)
    findings.take(in_hand=in_hand, data=found, at=at)
    refused = decide_claims(actor=actor, at=at, dossier=dossier, decisions=reliefs or {})

    case.close_run(run=in_hand.open_run, actor=actor, at=at, outcome=StepRun.Outcome.DONE)
    step = process.next_step(dossier=dossier, procedure=procedure, after=in_hand.open_run.step, at=at)
    moments = ("on_accept", f"{ON_STEP}{step.id}")
    bills = [bill_for(at=at, dossier=dossier, procedure=procedure, moment=one) for one in moments]
    bill = any(bills)
    in_hand.make(move, target=Status.AWAITING_PAYMENT if bill else Status.ACCEPTED)
    dossier.accepted_at, dossier.clock_started_at = at, clock_start(dossier, at)
    dossier.due_at = deadline.due_at(limit=limit_of(dossier, procedure), received=dossier.clock_started_at)
    in_hand.save()
    run = process.open_step(actor=actor, dossier=dossier, step=step, at=at)
    receipt = write_document(actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.RECEIPT)

    ledger.record(actor=actor, at=at, event=DossierAccepted(dossier_id=dossier.id, due_at=dossier.due_at))
    if bill:
        Suspension.objects.create(dossier=dossier, reason=Suspension.Reason.PAYMENT, started_at=at)
        ledger.record(actor=actor, at=at, event=PaymentAwaited(dossier_id=dossier.id))
    announce.tell_applicant(
        dossier=dossier,
        procedure=procedure,
        at=at,
        template="dossier_accepted",
        due=announce.day(dossier.due_at),
    )
    announce.tell_officers(dossier=dossier, procedure=procedure, run=run, at=at)
    tell_refused(in_hand=in_hand, at=at, claims=refused)
    return Accepted(code=dossier.code, due_at=dossier.due_at, receipt_id=receipt)
