"""Draw a number: for whoever comes, or for who has booked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.codes import read_code
from tinhso.appointments.events import TicketIssued
from tinhso.appointments.following import ticket_view
from tinhso.appointments.models import Booking, Hall, Service, Ticket, Turn
from tinhso.appointments.refusals import HallClosed, PriorityUnknown, ServiceClosed
from tinhso.appointments.rules import rules
from tinhso.appointments.states import BookingState
from tinhso.appointments.timetable import timetable_of
from tinhso.appointments.types import TicketView
from tinhso.kernel import ledger, locks, sequences
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor


class HallShutNow(Conflict):
    code = "hall-shut-now"
    message = _("Hôm nay bộ phận một cửa không tiếp nhận, hoặc đã hết giờ. Hãy đặt lịch cho ngày khác.")


class BookingUnknown(NotFound):
    code = "booking-unknown"
    message = _("Ở đây không có lịch hẹn mang mã này. Hãy xem lại mã, hoặc lấy số như người chưa đặt lịch.")


class BookingOtherDay(Conflict):
    code = "booking-other-day"
    message = _("Lịch hẹn này là vào %(when)s. Hãy đến đúng ngày, hoặc lấy số như người chưa đặt lịch.")


class BookingNotValid(Conflict):
    code = "booking-not-valid"
    message = _("Lịch hẹn này đã hủy, đã qua hoặc cần chọn giờ khác. Hãy lấy số như người chưa đặt lịch.")


@transaction.atomic
def draw_number(
    *,
    actor: Actor,
    at: datetime,
    service_id: UUID,
    kiosk_key: str = "",
    priority: str = "",
    request_key: UUID | None = None,
) -> TicketView:
    """
    Give out the next number of a service. No datum of a person is asked for.

    :param kiosk_key: the kiosk's, when no officer of the counters does it
    :param priority: a group of ``one-stop.yaml``, or empty
    :param request_key: with the same one the same number comes back
    :raises NotFound: no such service
    :raises KioskKeyWrong: neither the kiosk nor an officer of the counters asks
    :raises HallClosed, ServiceClosed, HallShutNow, PriorityUnknown: as their sentences say
    """
    service = Service.objects.select_related("hall__agency").filter(pk=service_id).first()
    if service is None:
        raise NotFound
    if request_key is not None:
        locks.hold(f"appointments.request:{request_key}")

    policies.require_kiosk(actor=actor, hall=service.hall, kiosk_key=kiosk_key)

    earlier = _earlier(service.hall, request_key)
    if earlier is not None:
        return ticket_view(earlier, at=at)
    _require_known(priority)
    _require_receiving(service, at=at)

    ticket = _issue(service, at=at, priority=priority, booking=None, request_key=request_key)

    ledger.record(actor=actor, at=at, event=_issued(ticket, service))
    return ticket_view(ticket, at=at)


@transaction.atomic
def check_in(
    *, actor: Actor, at: datetime, agency_id: UUID, code: str, kiosk_key: str = "", priority: str = ""
) -> TicketView:
    """
    Give who has booked their number; scanned twice it is the same one.

    Later than the hall's grace they keep the booking and wait like one who has none.

    :param code: as typed or scanned
    :raises NotFound: the agency has no hall
    :raises KioskKeyWrong: neither the kiosk nor an officer of the counters asks
    :raises BookingUnknown, BookingOtherDay, BookingNotValid, HallShutNow, PriorityUnknown: as they say
    """
    hall = Hall.objects.select_related("agency").filter(agency_id=agency_id).first()
    if hall is None:
        raise NotFound
    booking = _by_code(hall, code)

    policies.require_kiosk(actor=actor, hall=hall, kiosk_key=kiosk_key)

    if booking is None:
        raise BookingUnknown
    if booking.state == BookingState.ARRIVED:
        return ticket_view(booking.ticket, at=at)
    _require_today(booking, at=at)
    _require_known(priority)
    service = booking.slot.service
    _require_receiving(service, at=at, booked=True)

    ticket = _issue(service, at=at, priority=priority, booking=booking, request_key=None)
    booking.state, booking.ended_at = BookingState.ARRIVED, at
    booking.save(update_fields=["state", "ended_at"])

    ledger.record(actor=actor, at=at, event=_issued(ticket, service))
    return ticket_view(ticket, at=at)


def _issue(
    service: Service, *, at: datetime, priority: str, booking: Booking | None, request_key: UUID | None
) -> Ticket:
    on = local(at).date()
    ticket = Ticket.objects.create(
        hall=service.hall,
        on=on,
        letter=service.letter,
        number=sequences.next_number(f"ticket/{service.hall_id}/{on:%Y%m%d}/{service.letter}"),
        booking=booking,
        priority=priority,
        issued_at=at,
        request_key=request_key,
    )
    kept = _kept_slot(booking, service.hall, at=at)
    Turn.objects.create(
        ticket=ticket,
        service=service,
        urgent=bool(priority),
        booked_for=kept,
        joined_at=at,
        ranked_at=kept or at,
    )
    return ticket


def _kept_slot(booking: Booking | None, hall: Hall, *, at: datetime) -> datetime | None:
    if booking is None:
        return None
    late = (at - booking.slot.starts_at).total_seconds() / 60
    return booking.slot.starts_at if late <= hall.grace_minutes else None


def _require_receiving(service: Service, *, at: datetime, booked: bool = False) -> None:
    if not service.hall.is_open or not service.hall.agency.is_open:
        raise HallClosed
    if not service.is_open and not booked:
        raise ServiceClosed(name=service.name)
    closes_at = timetable_of(service.hall).closes_at(local(at).date())
    if closes_at is None or at >= closes_at:
        raise HallShutNow


def _require_known(priority: str) -> None:
    if priority and priority not in rules().group_ids:
        raise PriorityUnknown(group=priority[:20])


def _require_today(booking: Booking, *, at: datetime) -> None:
    starts = local(booking.slot.starts_at)
    if booking.state != BookingState.BOOKED:
        raise BookingNotValid
    if starts.date() != local(at).date():
        raise BookingOtherDay(when=f"{starts:%H:%M} {starts:%d/%m/%Y}")


def _by_code(hall: Hall, code: str) -> Booking | None:
    rows = Booking.objects.select_for_update(of=("self",)).select_related("slot__service__hall__agency")
    return rows.filter(code=read_code(code), slot__service__hall=hall).first()


def _earlier(hall: Hall, request_key: UUID | None) -> Ticket | None:
    if request_key is None:
        return None
    return Ticket.objects.filter(hall=hall, request_key=request_key).select_related("hall__agency").first()


def _issued(ticket: Ticket, service: Service) -> TicketIssued:
    return TicketIssued(
        ticket_id=ticket.pk,
        service_id=service.pk,
        on=ticket.on,
        label=ticket.label,
        booking_id=ticket.booking_id,
    )
