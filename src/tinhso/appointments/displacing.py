"""Bookings whose time the hall no longer keeps. Called by every change of the set-up, in its transaction."""

from datetime import datetime

from tinhso.appointments.announcing import tell
from tinhso.appointments.events import AppointmentDisplaced
from tinhso.appointments.models import Booking, Hall
from tinhso.appointments.places import give_back
from tinhso.appointments.states import BookingState
from tinhso.appointments.timetable import Timetable, timetable_of
from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

CLOSED = "Bộ phận một cửa tạm ngừng nhận việc này."
HOURS = "Giờ tiếp nhận đã thay đổi."


def displace(hall: Hall, *, actor: Actor, at: datetime) -> int:
    """
    Free the places of bookings to come that no longer fit, and ask their people to choose again.

    Who booked keeps their code and their place among the open bookings. Return how many there were.
    """
    table = timetable_of(hall)
    rows = Booking.objects.select_for_update(of=("self",)).filter(
        state=BookingState.BOOKED, slot__service__hall=hall, slot__starts_at__gt=at
    )
    rows = rows.select_related("slot__service__hall__agency").order_by("pk")
    displaced = [(booking, why) for booking in rows if (why := _why(booking, table))]

    for booking, why in displaced:
        give_back(booking.slot_id)
        booking.state, booking.reason = BookingState.DISPLACED, why
        booking.save(update_fields=["state", "reason"])
        tell(booking, "appointment_displaced", at=at, nth=f"{booking.slot.starts_at:%Y%m%d%H%M}")

    events = [
        AppointmentDisplaced(booking_id=booking.pk, starts_at=booking.slot.starts_at)
        for booking, _why_not in displaced
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    return len(displaced)


def _why(booking: Booking, table: Timetable) -> str:
    """Return why the booking does not hold; nothing when it does."""
    slot = booking.slot
    if not table.hall.is_open or not slot.service.is_open:
        return CLOSED
    if table.receives(slot.starts_at, slot.ends_at):
        return ""
    closed = table.closed.get(local(slot.starts_at).date())
    return closed or HOURS
