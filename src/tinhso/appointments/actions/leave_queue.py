"""Give a number up from one's phone."""

from datetime import datetime

from django.db import transaction

from tinhso.appointments.events import TurnMoved
from tinhso.appointments.following import ticket_view
from tinhso.appointments.models import Ticket, Turn
from tinhso.appointments.refusals import TurnElsewhere
from tinhso.appointments.states import TURN_MOVES, TurnState
from tinhso.appointments.types import TicketView
from tinhso.kernel import ledger
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor


@transaction.atomic
def leave_queue(*, actor: Actor, at: datetime, token: str) -> TicketView:
    """
    Give up a number that waits; whoever holds its token may. Twice is once.

    :raises NotFound: no such number
    :raises TurnElsewhere: it was called meanwhile, or its day is over
    """
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("hall__agency")
    ticket = rows.filter(token=token).first()
    if ticket is None:
        raise NotFound
    turn = Turn.objects.select_for_update().filter(ticket=ticket).order_by("-joined_at", "-id")[0]

    if turn.state == TurnState.LEFT:
        return ticket_view(ticket, at=at)
    if turn.state not in TURN_MOVES["leave"][0]:
        raise TurnElsewhere(label=ticket.label)

    turn.state, turn.ended_at = TurnState.LEFT, at
    turn.save(update_fields=["state", "ended_at"])

    event = TurnMoved(ticket_id=ticket.pk, turn_id=turn.pk, move="leave", counter=None)
    ledger.record(actor=actor, at=at, event=event)
    return ticket_view(ticket, at=at)
