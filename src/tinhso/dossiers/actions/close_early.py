"""End a case before its decision: the citizen withdraws it, or the agency stops it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.billing import cancel_open_bills
from tinhso.dossiers.events import DossierStopped, DossierWithdrawn
from tinhso.dossiers.models import DossierDocument, StepRun
from tinhso.dossiers.moves import Move
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.people.types import Actor


@transaction.atomic
def withdraw_dossier(*, actor: Actor, at: datetime, dossier_id: UUID, revision: int | None = None) -> None:
    """
    Take one's request back, at any time before the decision.

    :raises NotFound, NotAllowed, MoveNotPossible: not theirs, or decided already
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    move = policies.require_move(actor=actor, dossier=in_hand.dossier, name="withdraw")

    _end(actor=actor, at=at, in_hand=in_hand, move=move, target=Status.WITHDRAWN)

    ledger.record(actor=actor, at=at, event=DossierWithdrawn(dossier_id=dossier_id))
    _tell(in_hand=in_hand, at=at, template="dossier_withdrawn")


@transaction.atomic
def stop_dossier(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> None:
    """
    Stop the case with a notice (Mẫu 05), as where the citizen never supplements it.

    :raises ReasonMissing: the citizen must be told why
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="stop")

    reason = require_reason(reason)

    write_document(actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.STOP, reason=reason)
    _end(actor=actor, at=at, in_hand=in_hand, move=move, target=Status.STOPPED, note=reason)

    ledger.record(actor=actor, at=at, event=DossierStopped(dossier_id=dossier_id))
    _tell(in_hand=in_hand, at=at, template="dossier_stopped", reason=reason)


def _end(
    *, actor: Actor, at: datetime, in_hand: case.Case, move: Move, target: Status, note: str = ""
) -> None:
    dossier = in_hand.dossier
    if in_hand.run is not None:
        case.close_run(run=in_hand.run, actor=actor, at=at, outcome=StepRun.Outcome.ENDED, note=note)
    dossier.suspensions.filter(ended_at__isnull=True).update(ended_at=at)
    in_hand.make(move, target=target)
    dossier.finished_at = at
    in_hand.save()
    cancel_open_bills(at=at, dossier=dossier)


def _tell(*, in_hand: case.Case, at: datetime, template: str, **data: str) -> None:
    announce.tell_applicant(
        dossier=in_hand.dossier, procedure=in_hand.procedure, at=at, template=template, **data
    )
