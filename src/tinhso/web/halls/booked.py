"""A citizen's own bookings: see, move, cancel, take into the calendar of the telephone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.appointments import queries
from tinhso.appointments.actions.book import cancel_appointment
from tinhso.appointments.codes import grouped_code
from tinhso.appointments.states import BookingState
from tinhso.appointments.types import BookingView
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.web.halls import moving
from tinhso.web.halls.calendar_files import calendar_of
from tinhso.web.halls.words import said, when
from tinhso.web.parts import Tone
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.refusing import errors_of, status_of

TONES: dict[BookingState, tuple[Tone, str]] = {
    BookingState.BOOKED: ("blue", "calendar-check"),
    BookingState.DISPLACED: ("amber", "alert-triangle"),
    BookingState.ARRIVED: ("green", "circle-check"),
    BookingState.CANCELLED: ("grey", "x"),
    BookingState.NO_SHOW: ("grey", "x"),
}


@dataclass(frozen=True, slots=True)
class BookingLine:
    """
    A booking in words.

    :param open: it may still be moved and cancelled
    :param holds: its slot is kept
    """

    id: UUID
    code: str
    plain_code: str
    service: str
    office: str
    address: str
    phone: str
    when: str
    starts_at: datetime
    label: str
    tone: Tone
    icon: str
    open: bool
    holds: bool
    reason: str
    number: str
    number_url: str


def booking_line(one: BookingView) -> BookingLine:
    """Put a booking into words."""
    tone, icon = TONES[one.state]
    return BookingLine(
        id=one.id,
        code=grouped_code(one.code),
        plain_code=one.code,
        service=said(one.service_name),
        office=said(one.agency_name),
        address=one.address,
        phone=one.phone,
        when=when(one.starts_at),
        starts_at=one.starts_at,
        label=str(one.state.label),
        tone=tone,
        icon=icon,
        open=one.state.is_open,
        holds=one.state is BookingState.BOOKED,
        reason=one.reason,
        number=one.label,
        number_url=reverse("halls:number", args=[one.token]) if one.token else "",
    )


@citizens_only
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's bookings, or those of the person one acts for."""
    actor = actor_of(request)
    person_id = actor.for_person_id or actor.person_id
    found = queries.bookings_of(actor=actor, person_id=person_id) if person_id else ()
    return render(request, "halls/bookings.html", {"bookings": [booking_line(one) for one in found]})


@citizens_only
@require_safe
def show(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Show one booking with its code. :raises NotFound: absent, or not visible"""
    return _show(request, booking_id)


@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Choose another slot. :raises NotFound: absent, or not visible"""
    if request.method != "POST":
        return _move(request, booking_id)
    try:
        moving.moved(request, actor=actor_of(request), at=clock.now(), booking_id=booking_id)
    except Refusal as refusal:
        wrong = errors_of(refusal, field_name="slots")
        return _move(request, booking_id, wrong, status=status_of(refusal))
    messages.success(request, _("Đã chuyển lịch hẹn sang giờ mới. Mã nhận số không đổi."))
    return redirect("halls:booking", booking_id)


@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Ask, then cancel. :raises NotFound: absent, or not visible"""
    actor = actor_of(request)
    if request.method != "POST":
        line = booking_line(queries.access_booking(actor=actor, booking_id=booking_id))
        return render(request, "halls/cancel.html", {"booking": line})
    try:
        cancel_appointment(actor=actor, at=clock.now(), booking_id=booking_id)
    except Refusal as refusal:
        return _show(request, booking_id, errors_of(refusal), status=status_of(refusal))
    messages.success(request, _("Đã hủy lịch hẹn. Chỗ của bạn đã nhường cho người khác."))
    return redirect("halls:bookings")


@citizens_only
@require_safe
def calendar_file(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Answer with the booking for a calendar (RFC 5545). :raises NotFound: absent, or not visible"""
    one = queries.access_booking(actor=actor_of(request), booking_id=booking_id)
    url = f"{settings.TINHSO.base_url.rstrip('/')}{reverse('halls:booking', args=[one.id])}"
    body = calendar_of(one, url=url, at=clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="lich-hen-{one.code}.ics"'
    return response


def _show(
    request: HttpRequest, booking_id: UUID, errors: tuple[object, ...] = (), *, status: int = 200
) -> HttpResponse:
    line = booking_line(queries.access_booking(actor=actor_of(request), booking_id=booking_id))
    return render(request, "halls/booking.html", {"booking": line, "errors": errors}, status=status)


def _move(
    request: HttpRequest, booking_id: UUID, errors: tuple[object, ...] = (), *, status: int = 200
) -> HttpResponse:
    """:raises BookingOver: nothing is left to be moved"""
    one = queries.access_booking(actor=actor_of(request), booking_id=booking_id)
    context = moving.choices(request, one=one, at=clock.now())
    shown = {"booking": booking_line(one), "errors": errors}
    return render(request, "halls/move.html", context | shown, status=status)
