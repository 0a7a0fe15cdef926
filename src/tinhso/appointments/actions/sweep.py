"""What time does by itself: reminders the day before, no-shows, numbers nobody called."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value

from tinhso.appointments.announcing import tell
from tinhso.appointments.events import AppointmentMissed, AppointmentReminded, CounterLeft, TurnMoved
from tinhso.appointments.models import Booking, Counter, Turn
from tinhso.appointments.models.bookings import BookingQuerySet
from tinhso.appointments.states import OPEN_TURN, BookingState, TurnState
from tinhso.calendars.types import DAY, at_time
from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

# Nobody is reminded in the night.
FROM, UNTIL = time(8), time(20)


@transaction.atomic
def remind(*, actor: Actor, at: datetime) -> int:
    """Remind everybody who is booked for tomorrow, once; return how many."""
    there = local(at)
    if not FROM <= there.time() <= UNTIL:
        return 0
    first = at_time(there.date() + DAY, time.min)
    due = _booked().filter(reminded_at=None, slot__starts_at__gte=first, slot__starts_at__lt=first + DAY)

    rows = list(due)
    for booking in rows:
        booking.reminded_at = at
        booking.save(update_fields=["reminded_at"])
        tell(booking, "appointment_reminder", at=at, nth=f"{booking.slot.starts_at:%Y%m%d%H%M}")

    events = [AppointmentReminded(booking_id=booking.pk) for booking in rows]
    ledger.record_all(actor=actor, at=at, events=events)
    return len(rows)


@transaction.atomic
def note_no_shows(*, actor: Actor, at: datetime) -> int:
    """Write down who did not come to their slot; return how many. They still held its place."""
    grace = F("slot__service__hall__grace_minutes") * Value(timedelta(minutes=1))
    late = _booked().annotate(over_at=ExpressionWrapper(F("slot__ends_at") + grace, DateTimeField()))
    rows = list(late.filter(over_at__lt=at))

    for booking in rows:
        booking.state, booking.ended_at = BookingState.NO_SHOW, at
        booking.save(update_fields=["state", "ended_at"])

    events = [AppointmentMissed(booking_id=booking.pk, starts_at=booking.slot.starts_at) for booking in rows]
    ledger.record_all(actor=actor, at=at, events=events)
    return len(rows)


@transaction.atomic
def expire_turns(*, actor: Actor, at: datetime) -> int:
    """End the turns of days that are over; return how many."""
    rows = list(
        Turn.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state__in=OPEN_TURN, ticket__on__lt=local(at).date())
        .select_related("ticket")
    )

    for turn in rows:
        turn.state, turn.ended_at = TurnState.EXPIRED, at
        turn.save(update_fields=["state", "ended_at"])

    events = [
        TurnMoved(ticket_id=turn.ticket_id, turn_id=turn.pk, move="expire", counter=None) for turn in rows
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    return len(rows)


@transaction.atomic
def free_counters(*, actor: Actor, at: datetime) -> int:
    """Free the counters somebody took on a day that is over and never left; return how many."""
    rows = list(
        Counter.objects.select_for_update(of=("self",), skip_locked=True).filter(
            since__lt=at_time(local(at).date(), time.min)
        )
    )

    for counter in rows:
        counter.account_id = counter.post_id = counter.since = None
        counter.save(update_fields=["account_id", "post_id", "since"])

    events = [
        CounterLeft(hall_id=counter.hall_id, counter_id=counter.pk, number=counter.number) for counter in rows
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    return len(rows)


def _booked() -> BookingQuerySet:
    rows = Booking.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.filter(state=BookingState.BOOKED)
    return rows.select_related("slot__service__hall__agency").order_by("pk")
