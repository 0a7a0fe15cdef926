"""What this room does when something happens in another."""

from datetime import datetime

from django.db import transaction

from tinhso.appointments.events import CounterLeft, TurnMoved
from tinhso.appointments.models import Counter, Turn
from tinhso.appointments.states import AT_COUNTER, TurnState
from tinhso.kernel import ledger
from tinhso.people.events import PostEnded
from tinhso.people.types import system

ACTOR = system("appointments")


@transaction.atomic
def on_post_ended(*, event: PostEnded, at: datetime) -> None:
    """Free the counter of an officer who is gone; the number in their hands waits again where it was."""
    if not event.is_at_once:
        return
    counter = Counter.objects.select_for_update().filter(post_id=event.post_id).first()
    if counter is None:
        return
    turn = Turn.objects.select_for_update().filter(counter=counter, state__in=AT_COUNTER).first()
    if turn is not None:
        _send_back(turn, at=at)
    counter.account_id = counter.post_id = counter.since = None
    counter.save(update_fields=["account_id", "post_id", "since"])
    left = CounterLeft(hall_id=counter.hall_id, counter_id=counter.pk, number=counter.number)
    ledger.record(actor=ACTOR, at=at, event=left)


def _send_back(turn: Turn, *, at: datetime) -> None:
    """End the turn and begin another of the same rank."""
    turn.state, turn.ended_at = TurnState.TRANSFERRED, at
    turn.save(update_fields=["state", "ended_at"])
    Turn.objects.create(
        ticket_id=turn.ticket_id,
        service_id=turn.service_id,
        urgent=turn.urgent,
        booked_for=turn.booked_for,
        joined_at=at,
        ranked_at=turn.ranked_at,
    )
    moved = TurnMoved(ticket_id=turn.ticket_id, turn_id=turn.pk, move="transfer", counter=None)
    ledger.record(actor=ACTOR, at=at, event=moved)
