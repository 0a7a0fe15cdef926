"""Bookings at the desk: who is expected that day, and booking for whoever asks."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.appointments import queries
from tinhso.appointments.actions.book import book_appointment, cancel_appointment
from tinhso.calendars.types import DAY as ONE_DAY
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.looking import note_counter
from tinhso.web.desk.queue.office import serving
from tinhso.web.halls.booked import booking_line
from tinhso.web.halls.picking import DAY, SLOT, picker
from tinhso.web.halls.words import day_of, moment_of, said
from tinhso.web.parts import LinkedError
from tinhso.web.refusing import status_of

SERVICE, BY_PHONE = "viec", "dien-thoai"


@require_safe
@officers_only
def day(request: HttpRequest) -> HttpResponse:
    """List who is booked that day, by slot; no names, the code and the person's page are enough."""
    actor = actor_of(request)
    on = day_of(request.GET.get(DAY, "")) or local(clock.now()).date()
    found = queries.bookings_on(actor=actor, agency_id=serving(actor), on=on)
    return draw(
        request,
        "desk/queue/bookings.html",
        on=on,
        bookings=[booking_line(one) for one in found],
        before=_step(on, -1),
        after=_step(on, 1),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def book(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose a service and a slot for the person. :raises NotFound: not visible to the officer"""
    if request.method != "POST":
        return _book(request, person_id)
    data = request.POST
    starts_at, service_id = moment_of(data.get(SLOT, "")), _uuid(data.get(SERVICE, ""))
    if starts_at is None or service_id is None:
        return _book(request, person_id, (LinkedError("slots", _("Hãy chọn một giờ hẹn.")),), 422)
    try:
        booking = book_appointment(
            actor=actor_of(request),
            at=clock.now(),
            person_id=person_id,
            service_id=service_id,
            starts_at=starts_at,
            by_phone=bool(data.get(BY_PHONE)),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _book(request, person_id, (LinkedError("slots", refusal.sentence()),), status_of(refusal))
    line = booking_line(booking)
    words = _("Đã giữ chỗ %(when)s. Hãy đọc mã nhận số cho người dân: %(code)s.")
    messages.success(request, words % {"when": line.when, "code": line.code})
    return redirect("desk:queue-book", person_id)


@require_POST
@officers_only
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Cancel for who asks. :raises NotFound: not visible to the officer"""
    booking = cancel_appointment(actor=actor_of(request), at=clock.now(), booking_id=booking_id)
    messages.success(request, _("Đã hủy lịch hẹn; người đặt được báo."))
    return redirect("desk:queue-book", booking.person_id)


def _book(
    request: HttpRequest, person_id: UUID, errors: tuple[LinkedError, ...] = (), status: int = 200
) -> HttpResponse:
    actor, at, data = actor_of(request), clock.now(), request.POST
    agency_id = serving(actor)
    person = people.access_person(actor=actor, person_id=person_id)
    note_counter(actor=actor, at=at, person_id=person_id, agency_id=agency_id)
    hall = queries.hall_of(agency_id)
    services = [(str(one.id), said(one.name)) for one in hall.services if one.is_open and hall.is_open]
    chosen = data.get(SERVICE) or request.GET.get(SERVICE, "") or (services[0][0] if services else "")
    if chosen not in {service for service, _name in services}:
        chosen = ""
    held = queries.bookings_of(actor=actor, person_id=person_id)
    return draw(
        request,
        "desk/queue/book.html",
        status,
        person=person,
        services=[(value, name, value == chosen) for value, name in services],
        service_id=chosen,
        picker=_picker(request, UUID(chosen)) if chosen else None,
        held=[booking_line(one) for one in held if one.state.is_open],
        errors=errors,
    )


def _picker(request: HttpRequest, service_id: UUID) -> object:
    chosen = request.POST.get(SLOT, "")
    asked = request.GET.copy()
    asked[SERVICE] = str(service_id)
    return picker(service_id=service_id, at=clock.now(), asked=asked, chosen=chosen)


def _step(on: date, days: int) -> str:
    try:
        return (on + days * ONE_DAY).isoformat()
    except OverflowError:
        return on.isoformat()


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
