"""The bill a dossier waited for is paid: its clock runs on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import case, deadline, policies
from tinhso.dossiers.actions.deliver import deliver_online
from tinhso.dossiers.billing import has_open_bill
from tinhso.dossiers.events import PaymentAwaited, PaymentSettled
from tinhso.dossiers.models import Dossier, Suspension
from tinhso.dossiers.moves import MOVES
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.people.types import system

ACTOR = system("payments")


@transaction.atomic
def settle_payment(*, dossier_id: UUID, at: datetime) -> None:
    """
    Go on with the dossier; the time the citizen took to pay is added to the deadline.

    Where another bill is still open, nothing changes.
    """
    in_hand = case.lock(actor=ACTOR, dossier_id=dossier_id)
    dossier = in_hand.dossier

    if has_open_bill(dossier):
        return

    if dossier.state is Status.AWAITING_PAYMENT:
        move = policies.require_move(actor=ACTOR, dossier=dossier, name="pay")
        in_hand.make(move, target=Status.IN_PROGRESS)
        resume_clock(in_hand=in_hand, at=at)
        in_hand.save()
        ledger.record(actor=ACTOR, at=at, event=PaymentSettled(dossier_id=dossier.id, due_at=dossier.due_at))

    if dossier.state is Status.DECIDED:
        deliver_online(in_hand=in_hand, at=at)


@transaction.atomic
def wait_again(*, dossier_id: UUID, at: datetime) -> None:
    """
    Let the dossier wait for a bill that is open again; the clock stands still from now on.

    Before acceptance and after the decision nothing changes: there the next act asks for the money itself.
    """
    in_hand = case.lock(actor=ACTOR, dossier_id=dossier_id)
    dossier = in_hand.dossier

    if dossier.state not in MOVES["unpay"].sources:
        return
    move = policies.require_move(actor=ACTOR, dossier=dossier, name="unpay")
    Suspension.objects.create(dossier=dossier, reason=Suspension.Reason.PAYMENT, started_at=at)
    in_hand.make(move, target=Status.AWAITING_PAYMENT)
    in_hand.save()

    ledger.record(actor=ACTOR, at=at, event=PaymentAwaited(dossier_id=dossier.id))


def resume_clock(*, in_hand: case.Case, at: datetime) -> None:
    """End the pause; what it lasted is added to the deadline."""
    dossier: Dossier = in_hand.dossier
    dossier.suspensions.filter(ended_at__isnull=True).update(ended_at=at)
    if dossier.clock_started_at is not None:
        dossier.due_at = deadline.due_of(dossier, in_hand.procedure)
