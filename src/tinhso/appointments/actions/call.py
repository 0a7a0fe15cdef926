"""Call the next number, and what follows until it is done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.actions.sit import require_nothing_in_hand
from tinhso.appointments.events import TurnMoved
from tinhso.appointments.models import Counter, Service, Ticket, Turn
from tinhso.appointments.refusals import NoCounterTaken, ServiceClosed, TurnElsewhere
from tinhso.appointments.states import TURN_MOVES, TurnState
from tinhso.appointments.turns import turn_view
from tinhso.appointments.types import TurnView
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor


class NobodyWaits(Conflict):
    code = "nobody-waits"
    message = _("Không còn ai chờ các nhóm việc của quầy này.")


@transaction.atomic
def call_next(*, actor: Actor, at: datetime) -> TurnView:
    """
    Call the next number to the officer's counter: priority groups, booked slots that began, first come.

    Two officers never get the same one: a row that another is about to take is passed over.

    :raises NoCounterTaken: the officer sits nowhere
    :raises NotAllowed: the officer does not serve there any more
    :raises NumberInHand: the officer has not finished the last one
    :raises NobodyWaits: as it says
    """
    policies.require_some_server(actor)
    locks.hold(f"appointments.officer:{actor.account_id}")
    counter = _own_counter(actor)

    policies.require_server(actor=actor, agency_id=counter.hall.agency_id)

    require_nothing_in_hand(actor)
    today = Turn.objects.of_day(counter.hall, local(at).date()).filter(state=TurnState.WAITING)
    served = today.filter(service__in=list(counter.services.values_list("pk", flat=True)))
    rows = served.in_order(at).select_for_update(of=("self",), skip_locked=True)
    turn = rows.select_related("ticket__booking", "service").first()
    if turn is None:
        raise NobodyWaits

    turn.state, turn.counter, turn.account_id = TurnState.CALLED, counter, actor.signed_in_as
    turn.called_at = turn.last_called_at = at
    turn.calls = 1
    turn.save()

    _note(turn, "call", actor=actor, at=at)
    return turn_view(turn)


@transaction.atomic
def call_again(*, actor: Actor, at: datetime, turn_id: UUID) -> TurnView:
    """Call the same number once more. Raises as :func:`finish`."""
    turn = _in_hand(actor, turn_id, move="call_again")

    turn.last_called_at, turn.calls = at, turn.calls + 1
    turn.save(update_fields=["last_called_at", "calls"])

    _note(turn, "call_again", actor=actor, at=at)
    return turn_view(turn)


@transaction.atomic
def mark_absent(*, actor: Actor, at: datetime, turn_id: UUID) -> TurnView:
    """Say that nobody came. The number may be brought back. Raises as :func:`finish`."""
    return _close(actor, turn_id, "mark_absent", at=at)


@transaction.atomic
def start(*, actor: Actor, at: datetime, turn_id: UUID) -> TurnView:
    """Say that they sat down. Raises as :func:`finish`."""
    turn = _in_hand(actor, turn_id, move="start")

    turn.state, turn.started_at = TurnState.SERVING, at
    turn.save(update_fields=["state", "started_at"])

    _note(turn, "start", actor=actor, at=at)
    return turn_view(turn)


@transaction.atomic
def finish(*, actor: Actor, at: datetime, turn_id: UUID) -> TurnView:
    """
    Say that they are served.

    :raises NotFound: absent, or of a hall the actor does not serve in
    :raises NotAllowed: it is at another officer's counter
    :raises TurnElsewhere: its state has no such move
    """
    return _close(actor, turn_id, "finish", at=at)


@transaction.atomic
def transfer(*, actor: Actor, at: datetime, turn_id: UUID, service_id: UUID) -> TurnView:
    """
    Send the number on to another service of the hall; its place there counts from when it was drawn.

    :raises ServiceClosed: the other service is closed, or the same one
    :raises NotFound: no such service in the hall. Otherwise raises as :func:`finish`
    """
    turn = _in_hand(actor, turn_id, move="transfer")
    service = Service.objects.filter(pk=service_id, hall_id=turn.service.hall_id).first()
    if service is None:
        raise NotFound
    if not service.is_open or service.pk == turn.service_id:
        raise ServiceClosed(name=service.name)

    turn.state, turn.ended_at = TurnState.TRANSFERRED, at
    turn.save(update_fields=["state", "ended_at"])
    onward = Turn.objects.create(
        ticket=turn.ticket,
        service=service,
        urgent=turn.urgent,
        joined_at=at,
        ranked_at=turn.ticket.issued_at,
    )

    _note(turn, "transfer", actor=actor, at=at)
    return turn_view(onward)


@transaction.atomic
def bring_back(*, actor: Actor, at: datetime, turn_id: UUID) -> TurnView:
    """
    Put a number that was absent today back at the end of its queue.

    :raises NotFound: absent, or of a hall the actor does not serve in
    :raises TurnElsewhere: it was not absent, not today, or is back already
    """
    turn = _visible(actor, turn_id)
    Ticket.objects.select_for_update().get(pk=turn.ticket_id)

    is_last = turn.ticket.turns.order_by("-joined_at", "-id")[0].pk == turn.pk
    if turn.state != TurnState.ABSENT or turn.ticket.on != local(at).date() or not is_last:
        raise TurnElsewhere(label=turn.ticket.label)

    back = Turn.objects.create(
        ticket=turn.ticket, service=turn.service, urgent=turn.urgent, joined_at=at, ranked_at=at
    )

    _note(turn, "bring_back", actor=actor, at=at)
    return turn_view(back)


def _close(actor: Actor, turn_id: UUID, move: str, *, at: datetime) -> TurnView:
    turn = _in_hand(actor, turn_id, move=move)

    turn.state, turn.ended_at = TURN_MOVES[move][1], at
    turn.save(update_fields=["state", "ended_at"])

    _note(turn, move, actor=actor, at=at)
    return turn_view(turn)


def _own_counter(actor: Actor) -> Counter:
    rows = Counter.objects.select_for_update(of=("self",)).select_related("hall")
    counter = rows.filter(account_id=actor.signed_in_as).first()
    if counter is None:
        raise NoCounterTaken
    return counter


def _in_hand(actor: Actor, turn_id: UUID, *, move: str) -> Turn:
    """Return the turn, locked, in a state that has the move and at the actor's own counter."""
    turn = _visible(actor, turn_id)
    policies.require_own(actor=actor, account_id=turn.account_id)
    if turn.state not in TURN_MOVES[move][0]:
        raise TurnElsewhere(label=turn.ticket.label)
    return turn


def _visible(actor: Actor, turn_id: UUID) -> Turn:
    rows = Turn.objects.select_for_update(of=("self",)).filter(pk=turn_id)
    turn = rows.select_related("ticket__booking", "service__hall", "counter").first()
    if turn is None or not policies.serves(actor, agency_id=turn.service.hall.agency_id):
        raise NotFound
    return turn


def _note(turn: Turn, move: str, *, actor: Actor, at: datetime) -> None:
    number = turn.counter.number if turn.counter else None
    event = TurnMoved(ticket_id=turn.ticket_id, turn_id=turn.pk, move=move, counter=number)
    ledger.record(actor=actor, at=at, event=event)
