"""Book a slot, move to another, give it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.announcing import tell
from tinhso.appointments.codes import new_code
from tinhso.appointments.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved
from tinhso.appointments.models import Booking, Service
from tinhso.appointments.places import give_back, lock_service, require_offered, take_place
from tinhso.appointments.queries import booking_view
from tinhso.appointments.refusals import BookingOver, SlotGone
from tinhso.appointments.states import BookingState
from tinhso.appointments.types import BookingView
from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people import queries as people
from tinhso.people.types import Actor

PHONE = "phone"


class TooManyBookings(Conflict):
    code = "too-many-bookings"
    message = _(
        "Mỗi người giữ được nhiều nhất %(most)s lịch hẹn cùng lúc tại một bộ phận một cửa. "
        "Hãy đổi giờ hoặc hủy một lịch hẹn đang có."
    )


class BookedThen(Conflict):
    code = "booked-then"
    message = _("Người này đã có lịch hẹn khác trùng giờ đó. Hãy chọn giờ khác, hoặc đổi lịch hẹn đang có.")


@transaction.atomic
def book_appointment(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    service_id: UUID,
    starts_at: datetime,
    procedure_code: str = "",
    by_phone: bool = False,
) -> BookingView:
    """
    Book one place. Twice the same person and slot is one booking.

    :param by_phone: an officer writes down what somebody asks for on the telephone
    :raises NotFound: no such service or person, or the person is not visible to the actor
    :raises NotAllowed: the actor may not book for that person there
    :raises HallClosed, ServiceClosed, SlotGone, SlotFull, TooManyBookings, BookedThen: as they say
    """
    locks.hold(f"appointments.person:{person_id}")
    service = lock_service(service_id)
    if service is None:
        raise NotFound

    channel = policies.require_booker(actor=actor, agency_id=service.hall.agency_id, person_id=person_id)
    people.access_person(actor=actor, person_id=person_id)

    earlier = _earlier(service, person_id, starts_at)
    if earlier is not None:
        return booking_view(earlier)
    begins, ends = require_offered(service, starts_at, at=at)
    _require_room(service, person_id, begins, ends)

    booking = Booking.objects.create(
        slot=take_place(service, begins, ends),
        person_id=person_id,
        code=new_code(),
        procedure_code=procedure_code[:40],
        channel=PHONE if by_phone and channel != "portal" else channel,
        account_id=actor.account_id,
        booked_at=at,
    )

    event = AppointmentBooked(
        booking_id=booking.pk,
        agency_id=service.hall.agency_id,
        service_id=service.pk,
        starts_at=begins,
        channel=booking.channel,
    )
    ledger.record(actor=actor, at=at, event=event)
    tell(booking, "appointment_booked", at=at)
    return booking_view(booking)


@transaction.atomic
def move_appointment(
    *, actor: Actor, at: datetime, booking_id: UUID, starts_at: datetime, service_id: UUID | None = None
) -> BookingView:
    """
    Take another slot instead; the former place is free again in the same moment.

    :param service_id: when the service closed: another one of the same hall
    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor may not book for that person there
    :raises BookingOver, HallClosed, ServiceClosed, SlotGone, SlotFull, BookedThen: as their sentences say
    """
    booking = _locked(actor, booking_id)
    service = _same_hall(booking, service_id)

    _require_booker(actor, booking)

    if not BookingState(booking.state).is_open:
        raise BookingOver
    before = booking.slot
    if before.service_id == service.pk and before.starts_at == starts_at and booking.state == "booked":
        return booking_view(booking)
    begins, ends = require_offered(service, starts_at, at=at)
    _require_free_then(service, booking.person_id, begins, ends, but=booking.pk)

    if booking.state == BookingState.BOOKED:
        give_back(before.pk)
    booking.slot = take_place(service, begins, ends)
    booking.state, booking.reason, booking.reminded_at = BookingState.BOOKED, "", None
    booking.save()

    event = AppointmentMoved(booking_id=booking.pk, before=before.starts_at, starts_at=begins)
    ledger.record(actor=actor, at=at, event=event)
    tell(booking, "appointment_moved", at=at, nth=f"{at:%Y%m%d%H%M%S}")
    return booking_view(booking)


@transaction.atomic
def cancel_appointment(*, actor: Actor, at: datetime, booking_id: UUID) -> BookingView:
    """
    Cancel; the place is free for others at once. Twice is once.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor may not book for that person there
    :raises BookingOver: they came, or its time is over
    """
    booking = _locked(actor, booking_id)

    _require_booker(actor, booking)

    if booking.state == BookingState.CANCELLED:
        return booking_view(booking)
    if not BookingState(booking.state).is_open:
        raise BookingOver

    if booking.state == BookingState.BOOKED:
        give_back(booking.slot_id)
    booking.state, booking.ended_at = BookingState.CANCELLED, at
    booking.save(update_fields=["state", "ended_at"])

    ledger.record(actor=actor, at=at, event=AppointmentCancelled(booking_id=booking.pk))
    tell(booking, "appointment_cancelled", at=at)
    return booking_view(booking)


def _earlier(service: Service, person_id: UUID, starts_at: datetime) -> Booking | None:
    rows = Booking.objects.filter(slot__service=service, slot__starts_at=starts_at, person_id=person_id)
    rows = rows.filter(state=BookingState.BOOKED).select_related("slot__service__hall__agency", "ticket")
    return rows.first()


def _require_room(service: Service, person_id: UUID, begins: datetime, ends: datetime) -> None:
    """:raises TooManyBookings: the person holds as many as the hall allows"""
    _require_free_then(service, person_id, begins, ends)
    held = Booking.objects.filter(slot__service__hall=service.hall, person_id=person_id).open()
    if held.count() >= service.hall.most_bookings:
        raise TooManyBookings(most=service.hall.most_bookings)


def _require_free_then(
    service: Service, person_id: UUID, begins: datetime, ends: datetime, *, but: UUID | None = None
) -> None:
    """:raises BookedThen: the person is booked at the same time in that hall"""
    others = Booking.objects.filter(person_id=person_id, state=BookingState.BOOKED)
    others = others.exclude(pk=but) if but else others
    others = others.filter(slot__starts_at__lt=ends, slot__ends_at__gt=begins)
    if others.filter(slot__service__hall=service.hall).exists():
        raise BookedThen


def _locked(actor: Actor, booking_id: UUID) -> Booking:
    """Return the visible booking, locked after its person, as booking locks."""
    visible = Booking.objects.visible_to(actor).filter(pk=booking_id).select_related("slot").first()
    if visible is None:
        raise NotFound
    locks.hold(f"appointments.person:{visible.person_id}")
    lock_service(visible.slot.service_id)
    rows = Booking.objects.select_for_update(of=("self",))
    return rows.select_related("slot__service__hall__agency", "ticket").get(pk=booking_id)


def _same_hall(booking: Booking, service_id: UUID | None) -> Service:
    """:raises SlotGone: the service is of another hall"""
    service = lock_service(service_id or booking.slot.service_id)
    if service is None or service.hall_id != booking.slot.service.hall_id:
        raise SlotGone
    return service


def _require_booker(actor: Actor, booking: Booking) -> None:
    agency_id = booking.slot.service.hall.agency_id
    policies.require_booker(actor=actor, agency_id=agency_id, person_id=booking.person_id)
