"""Hand the result to the citizen."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import case, policies, refusals
from tinhso.dossiers.billing import has_open_bill
from tinhso.dossiers.events import ResultDelivered
from tinhso.dossiers.models import StepRun
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.post import return_of
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.people.types import Actor, system


@transaction.atomic
def deliver_result(*, actor: Actor, at: datetime, dossier_id: UUID, revision: int | None = None) -> None:
    """
    Note that the counter handed the result out, or that the post delivered what the counter had given it.

    :raises NotFound, NotAllowed, MoveNotPossible, WrongStep: see ``policies``
    :raises FeeNotPaid: a fee due on return is still open
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    _move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="deliver")

    parcel = return_of(in_hand.dossier.draft)
    posted = parcel is not None and parcel.handed_at is not None
    if parcel is not None and posted:
        parcel.delivered_at = at
        parcel.save(update_fields=["delivered_at"])
    _deliver(actor=actor, at=at, in_hand=in_hand, channel=Channel.POST if posted else Channel.COUNTER)


def deliver_online(*, in_hand: case.Case, at: datetime) -> None:
    """Who filed online has the result in their account the moment it is signed, unless a fee is still due."""
    if in_hand.dossier.channel == Channel.ONLINE and not has_open_bill(in_hand.dossier):
        _deliver(actor=system("delivery"), at=at, in_hand=in_hand, channel=Channel.ONLINE)


def _deliver(*, actor: Actor, at: datetime, in_hand: case.Case, channel: Channel) -> None:
    """:raises FeeNotPaid: a fee due on return is still open"""
    dossier = in_hand.dossier
    move = policies.require_move(actor=actor, dossier=dossier, name="deliver")

    if has_open_bill(dossier):
        raise refusals.FeeNotPaid(reference=dossier.code)

    case.close_run(run=in_hand.open_run, actor=actor, at=at, outcome=StepRun.Outcome.DONE)
    in_hand.make(move, target=Status.RETURNED)
    dossier.returned_at = at
    in_hand.save()

    ledger.record(actor=actor, at=at, event=ResultDelivered(dossier_id=dossier.id, channel=str(channel)))
