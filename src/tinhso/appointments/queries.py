"""The way in to read halls, bookings and numbers. Everything returned is a frozen view of ``types``."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.appointments import policies
from tinhso.appointments.models import Booking, Hall, Service
from tinhso.appointments.names import name_of
from tinhso.appointments.refusals import HallClosed
from tinhso.appointments.states import BookingState
from tinhso.appointments.timetable import day_offers, slot_offers
from tinhso.appointments.types import BookingView, DayOffer, HallView, ServiceView, SlotOffer
from tinhso.calendars.types import DAY, Words, at_time
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor

MOST = 200


def halls() -> tuple[HallView, ...]:
    """Return the halls that are open to the public, by place and name; public."""
    rows = Hall.objects.filter(is_open=True, agency__is_open=True).select_related("agency")
    rows = rows.prefetch_related("services").order_by("agency__place", "agency__name")
    return tuple(hall_view(row) for row in rows)


def hall_of(agency_id: UUID) -> HallView:
    """Return the hall of the agency, closed or not; public. :raises NotFound: it has none"""
    return hall_view(hall_row(agency_id))


def hall_row(agency_id: UUID) -> Hall:
    """Return the row of the agency's hall, for this room's pages. :raises NotFound: it has none"""
    rows = Hall.objects.select_related("agency").prefetch_related("services")
    row = rows.filter(agency_id=agency_id).first()
    if row is None:
        raise NotFound
    return row


def hall_by_board(board_key: str) -> Hall:
    """Return the hall whose board the key opens. :raises NotFound: none"""
    return _by_key(board_key=board_key)


def hall_by_kiosk(kiosk_key: str) -> Hall:
    """Return the hall whose kiosk the key opens. :raises NotFound: none"""
    return _by_key(kiosk_key=kiosk_key)


def service_row(service_id: UUID) -> Service:
    """Return a service with its hall and agency; public. :raises NotFound: absent"""
    row = Service.objects.select_related("hall__agency").filter(pk=service_id).first()
    if row is None:
        raise NotFound
    return row


def service_for(hall: HallView, *, code: str, field: str) -> ServiceView | None:
    """Return the hall's open service to which a procedure belongs: by its code, else by its field."""
    open_ones = [service for service in hall.services if service.is_open]
    by_code = (service for service in open_ones if code in service.codes)
    by_field = (service for service in open_ones if field in service.fields)
    return next(by_code, None) or next(by_field, None)


def days_of(*, service_id: UUID, at: datetime) -> tuple[DayOffer, ...]:
    """
    Return every day on which the service may be booked, and why not on the others; public.

    :raises NotFound: no such service
    :raises HallClosed: the hall takes no bookings
    """
    return day_offers(_bookable(service_id), at=at)


def slots_of(*, service_id: UUID, on: date, at: datetime) -> tuple[SlotOffer, ...]:
    """Return the slots of that day still to come, full ones with nothing free; public. Raises as days_of."""
    return slot_offers(_bookable(service_id), on, at=at)


def access_booking(*, actor: Actor, booking_id: UUID) -> BookingView:
    """Return the booking. :raises NotFound: absent, or not visible to the actor"""
    row = _bookings(Booking.objects.visible_to(actor).filter(pk=booking_id)).first()
    if row is None:
        raise NotFound
    return booking_view(row)


def bookings_of(*, actor: Actor, person_id: UUID) -> tuple[BookingView, ...]:
    """Return the visible bookings of one person, those to come first."""
    rows = _bookings(Booking.objects.visible_to(actor).filter(person_id=person_id))
    found = [booking_view(row) for row in rows.order_by("-slot__starts_at")[:MOST]]
    return tuple(sorted(found, key=lambda one: (not one.state.is_open, _order(one))))


def bookings_on(*, actor: Actor, agency_id: UUID, on: date) -> tuple[BookingView, ...]:
    """
    Return the bookings of the agency's hall on that day, by slot.

    :raises NotAllowed: the actor does not serve there
    """
    policies.require_server(actor=actor, agency_id=agency_id)
    rows = Booking.objects.visible_to(actor).filter(
        slot__service__hall__agency_id=agency_id,
        slot__starts_at__gte=at_time(on, datetime.min.time()),
        slot__starts_at__lt=at_time(on + DAY, datetime.min.time()),
    )
    rows = rows.exclude(state=BookingState.CANCELLED)
    return tuple(booking_view(row) for row in _bookings(rows).order_by("slot__starts_at", "id")[:MOST])


def hall_view(row: Hall) -> HallView:
    """Return the view; ``agency`` and ``services`` of the row are at hand."""
    agency = row.agency
    return HallView(
        id=row.pk,
        agency_id=agency.pk,
        agency_name=name_of(agency),
        unit_code=agency.unit_code,
        place=agency.place,
        address=agency.address,
        phone=agency.phone,
        is_open=row.is_open and agency.is_open,
        languages=tuple(row.languages),
        services=tuple(service_view(service) for service in row.services.all()),
    )


def service_view(row: Service) -> ServiceView:
    """Return the view."""
    return ServiceView(
        id=row.pk,
        hall_id=row.hall_id,
        letter=row.letter,
        name=Words(vi=row.name, en=row.name_en),
        codes=tuple(row.codes),
        fields=tuple(row.fields),
        places=row.places,
        minutes=row.minutes,
        is_open=row.is_open,
    )


def booking_view(row: Booking) -> BookingView:
    """Return the view; the caller has checked the right, and slot, service, hall and ticket are at hand."""
    service, ticket = row.slot.service, getattr(row, "ticket", None)
    agency = service.hall.agency
    return BookingView(
        id=row.pk,
        code=row.code,
        state=BookingState(row.state),
        person_id=row.person_id,
        agency_id=agency.pk,
        agency_name=name_of(agency),
        address=agency.address,
        phone=agency.phone,
        service_id=service.pk,
        service_name=Words(vi=service.name, en=service.name_en),
        procedure_code=row.procedure_code,
        starts_at=row.slot.starts_at,
        ends_at=row.slot.ends_at,
        channel=row.channel,
        booked_at=row.booked_at,
        reason=row.reason,
        label=ticket.label if ticket else "",
        token=ticket.token if ticket else "",
    )


def _order(one: BookingView) -> float:
    moment = one.starts_at.timestamp()
    return moment if one.state.is_open else -moment


def _bookable(service_id: UUID) -> Service:
    service = service_row(service_id)
    if not (service.hall.is_open and service.is_open):
        raise HallClosed
    return service


def _by_key(**key: str) -> Hall:
    row = Hall.objects.select_related("agency").prefetch_related("services").filter(**key).first()
    if row is None:
        raise NotFound
    return row


def _bookings(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    return rows.select_related("slot__service__hall__agency", "ticket")
