"""Turns as officers see them: who waits, who is at my counter, who was not there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from tinhso.appointments import policies
from tinhso.appointments.models import Counter, Turn
from tinhso.appointments.models.tickets import TurnQuerySet
from tinhso.appointments.queries import hall_row
from tinhso.appointments.states import AT_COUNTER, TurnState
from tinhso.appointments.types import CounterView, TurnView
from tinhso.calendars.types import Words
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

MOST = 100


@dataclass(frozen=True, slots=True)
class Queue:
    """
    The queue from where one officer sits.

    :param mine: the counter they have taken
    :param now: the number they called or serve
    :param waiting: whom their counter serves, in the order of calling; everybody's before a counter is taken
    :param absent: who was not there when called, latest first
    """

    counters: tuple[CounterView, ...]
    mine: CounterView | None
    now: TurnView | None
    waiting: tuple[TurnView, ...]
    absent: tuple[TurnView, ...]


def queue_of(*, actor: Actor, agency_id: UUID, at: datetime) -> Queue:
    """
    Return the queue of the agency's hall for one of its officers; a fixed number of queries.

    :raises NotFound: the agency has no hall
    :raises NotAllowed: the actor does not serve there
    """
    hall = hall_row(agency_id)
    policies.require_server(actor=actor, agency_id=agency_id)
    counters = list(hall.counters.prefetch_related("services"))
    mine = next((one for one in counters if one.account_id == actor.account_id), None)
    rows = Turn.objects.of_day(hall, local(at).date())
    rows = rows.select_related("ticket__booking", "service", "counter")
    return Queue(
        counters=tuple(counter_view(one) for one in counters),
        mine=counter_view(mine) if mine else None,
        now=_now(rows, actor),
        waiting=_told(_for_counter(rows.filter(state=TurnState.WAITING), mine).in_order(at)),
        absent=_told(_missing(rows)),
    )


def turn_of_person(*, actor: Actor, agency_id: UUID, person_id: UUID, at: datetime) -> TurnView | None:
    """
    Return the number with which the person waits in the agency's hall today, or is called or served; by their
    booking, for a number drawn at the kiosk bears no name.

    :raises NotAllowed: the actor does not serve there
    """
    policies.require_server(actor=actor, agency_id=agency_id)
    rows = Turn.objects.open().filter(
        ticket__hall__agency_id=agency_id, ticket__on=local(at).date(), ticket__booking__person_id=person_id
    )
    row = rows.select_related("ticket__booking", "service", "counter").order_by("-joined_at").first()
    return turn_view(row) if row else None


def counter_view(row: Counter) -> CounterView:
    """Return the view; ``services`` of the row are at hand."""
    return CounterView(
        id=row.pk,
        number=row.number,
        name=row.name,
        is_open=row.is_open,
        account_id=row.account_id,
        service_ids=tuple(service.pk for service in row.services.all()),
    )


def turn_view(row: Turn, *, with_person: bool = True) -> TurnView:
    """
    Return the view; the caller has checked the right, and ticket, booking, service and counter are at hand.

    :param with_person: figures lead to numbers, not to people
    """
    booking = row.ticket.booking if with_person else None
    return TurnView(
        id=row.pk,
        ticket_id=row.ticket_id,
        label=row.ticket.label,
        service_id=row.service_id,
        service_name=Words(vi=row.service.name, en=row.service.name_en),
        state=TurnState(row.state),
        priority=row.ticket.priority,
        booked_for=row.booked_for,
        joined_at=row.joined_at,
        called_at=row.called_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        calls=row.calls,
        counter=row.counter.number if row.counter else None,
        person_id=booking.person_id if booking else None,
        procedure_code=booking.procedure_code if booking else "",
        booking_code=booking.code if booking else "",
    )


def _now(rows: TurnQuerySet, actor: Actor) -> TurnView | None:
    row = rows.filter(account_id=actor.account_id, state__in=AT_COUNTER).first()
    return turn_view(row) if row else None


def _for_counter(rows: TurnQuerySet, mine: Counter | None) -> TurnQuerySet:
    return rows.filter(service__in=[one.pk for one in mine.services.all()]) if mine else rows


def _missing(rows: TurnQuerySet) -> TurnQuerySet:
    """Keep numbers that were not there and have not come back since."""
    last = Turn.objects.filter(ticket=OuterRef("ticket")).order_by("-joined_at", "-id").values("pk")[:1]
    return rows.filter(state=TurnState.ABSENT, pk=Subquery(last)).order_by("-ended_at")


def _told(rows: TurnQuerySet) -> tuple[TurnView, ...]:
    return tuple(turn_view(row) for row in rows[:MOST])
