"""Take a counter, and leave it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.events import CounterLeft, CounterTaken
from tinhso.appointments.models import Counter, Turn
from tinhso.appointments.states import AT_COUNTER
from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor


class CounterOccupied(Conflict):
    code = "counter-occupied"
    message = _("Quầy %(number)s đang có cán bộ khác ngồi. Hãy chọn quầy khác, hoặc nhờ người đó rời quầy.")


class CounterClosed(Conflict):
    code = "counter-closed"
    message = _("Quầy %(number)s đang đóng. Hãy chọn quầy khác.")


class NumberInHand(Conflict):
    code = "number-in-hand"
    message = _("Bạn đang gọi hoặc phục vụ số %(label)s. Hãy bấm Xong, Vắng hoặc Chuyển trước.")


@transaction.atomic
def take_counter(*, actor: Actor, at: datetime, counter_id: UUID) -> None:
    """
    Sit down at a counter; the one taken before is left. Twice is once.

    :raises NotFound: no such counter
    :raises NotAllowed: the actor does not serve there
    :raises CounterClosed, CounterOccupied, NumberInHand: as their sentences say
    """
    locks.hold(f"appointments.officer:{actor.account_id}")
    rows = Counter.objects.select_for_update(of=("self",)).select_related("hall")
    counter = rows.filter(pk=counter_id).first()
    if counter is None:
        raise NotFound

    post = policies.require_server(actor=actor, agency_id=counter.hall.agency_id)

    if counter.account_id == actor.account_id:
        return
    if not counter.is_open:
        raise CounterClosed(number=counter.number)
    if counter.account_id is not None:
        raise CounterOccupied(number=counter.number)
    require_nothing_in_hand(actor)

    _free(Counter.objects.filter(account_id=actor.account_id).first())
    counter.account_id, counter.post_id, counter.since = actor.signed_in_as, post.id, at
    counter.save(update_fields=["account_id", "post_id", "since"])

    event = CounterTaken(hall_id=counter.hall_id, counter_id=counter.pk, number=counter.number)
    ledger.record(actor=actor, at=at, event=event)


@transaction.atomic
def leave_counter(*, actor: Actor, at: datetime, counter_id: UUID) -> None:
    """
    Stand up. Who lays out the hall may free a counter somebody forgot to leave. Twice is once.

    :raises NotFound: no such counter
    :raises NotAllowed: it is somebody else's, and the actor does not lay out the hall
    :raises NumberInHand: a number is still called or served there
    """
    rows = Counter.objects.select_for_update(of=("self",)).select_related("hall")
    counter = rows.filter(pk=counter_id).first()
    if counter is None:
        raise NotFound

    if counter.account_id != actor.account_id or actor.account_id is None:
        policies.require_set_up(actor=actor, agency_id=counter.hall.agency_id)

    if counter.account_id is None:
        return
    turn = Turn.objects.filter(counter=counter, state__in=AT_COUNTER).select_related("ticket").first()
    if turn is not None:
        raise NumberInHand(label=turn.ticket.label)

    _free(counter)

    event = CounterLeft(hall_id=counter.hall_id, counter_id=counter.pk, number=counter.number)
    ledger.record(actor=actor, at=at, event=event)


def require_nothing_in_hand(actor: Actor) -> None:
    """:raises NumberInHand: the officer calls or serves a number"""
    turns = Turn.objects.filter(account_id=actor.account_id, state__in=AT_COUNTER)
    turn = turns.select_related("ticket").first()
    if turn is not None:
        raise NumberInHand(label=turn.ticket.label)


def _free(counter: Counter | None) -> None:
    if counter is not None:
        counter.account_id = counter.post_id = counter.since = None
        counter.save(update_fields=["account_id", "post_id", "since"])
