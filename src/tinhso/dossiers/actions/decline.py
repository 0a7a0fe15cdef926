"""Do not accept a filed dossier, with the reason in writing (Mẫu 03)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.billing import cancel_open_bills
from tinhso.dossiers.events import DossierDeclined
from tinhso.dossiers.models import DossierDocument, StepRun
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.people.types import Actor


@transaction.atomic
def decline_dossier(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> None:
    """
    Refuse to take the dossier in. An open bill is cancelled; officers who reconcile give back what was paid.

    :raises NotFound, NotAllowed, MoveNotPossible: see :func:`accept_dossier`
    :raises ReasonMissing: the citizen must be told why
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="decline")

    reason = require_reason(reason)

    case.close_run(run=in_hand.open_run, actor=actor, at=at, outcome=StepRun.Outcome.ENDED, note=reason)
    in_hand.make(move, target=Status.NOT_ACCEPTED)
    dossier.finished_at = at
    in_hand.save()
    write_document(actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.REFUSAL, reason=reason)
    cancel_open_bills(at=at, dossier=dossier)

    ledger.record(actor=actor, at=at, event=DossierDeclined(dossier_id=dossier.id))
    announce.tell_applicant(
        dossier=dossier, procedure=procedure, at=at, template="not_accepted", reason=reason
    )
