"""Another slot for a booking: the same choice for whoever booked and for who serves them at the counter."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tinhso.appointments import queries
from tinhso.appointments.actions.book import move_appointment
from tinhso.appointments.refusals import BookingOver, HallClosed
from tinhso.appointments.types import BookingView
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor
from tinhso.web.halls.picking import SLOT, picker
from tinhso.web.halls.words import Picker, moment_of, said

OTHER = "viec"


class NoSlotChosen(Invalid):
    code = "no-slot-chosen"

    def sentence(self) -> str:
        return _("Hãy chọn một giờ hẹn.")


def moved(request: HttpRequest, *, actor: Actor, at: datetime, booking_id: UUID) -> BookingView:
    """
    Move the booking to the slot that was chosen; the former place is kept unless the new one is taken.

    :raises NoSlotChosen: none was
    :raises Refusal: see :func:`move_appointment`
    """
    starts_at = moment_of(request.POST.get(SLOT, ""))
    if starts_at is None:
        raise NoSlotChosen
    return move_appointment(
        actor=actor,
        at=at,
        booking_id=booking_id,
        starts_at=starts_at,
        service_id=_other(request.POST.get(OTHER, "")),
    )


def choices(request: HttpRequest, *, one: BookingView, at: datetime) -> dict[str, object]:
    """
    Return the days and slots to choose from, and the services of the hall.

    :raises BookingOver: nothing is left to be moved
    """
    if not one.state.is_open:
        raise BookingOver
    hall = queries.hall_of(one.agency_id)
    chosen = _other(request.POST.get(OTHER) or request.GET.get(OTHER, "")) or one.service_id
    return {
        "picker": _picker(request, chosen, at=at),
        "services": [(str(s.id), said(s.name), s.id == chosen) for s in hall.services if s.is_open],
        "service_id": str(chosen),
    }


def _picker(request: HttpRequest, service_id: UUID, *, at: datetime) -> Picker | None:
    """Return the days and slots; None when the service is closed and another is to be chosen first."""
    try:
        return picker(service_id=service_id, at=at, asked=request.GET, chosen=request.POST.get(SLOT, ""))
    except HallClosed:
        return None


def _other(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
