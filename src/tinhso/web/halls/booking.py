"""Book: which office, what for, when."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.appointments import following, queries
from tinhso.appointments.actions.book import book_appointment
from tinhso.appointments.models import Service
from tinhso.appointments.refusals import HallClosed
from tinhso.appointments.types import HallView, ServiceWait
from tinhso.definitions import catalogue
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.halls.picking import PROCEDURE, SLOT, picker
from tinhso.web.halls.words import Picker, minutes, moment_of, said
from tinhso.web.parts import LinkedError
from tinhso.web.portal.gate import OfficersAccount, actor_of, is_citizen, sign_in_address
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of


@dataclass(frozen=True, slots=True)
class OfficeLine:
    name: str
    address: str
    url: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """:param fits: the procedure they come for belongs to it; ``wait``: how long one usually waits"""

    name: str
    wait: str
    url: str
    fits: bool


@dataclass(frozen=True, slots=True)
class SlotPage:
    """:param sign_in: where who is not signed in goes first"""

    service: str
    office: str
    address: str
    procedure: str
    code: str
    back_url: str
    picker: Picker
    sign_in: str


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices that take bookings; the one of one's own commune first."""
    code = request.GET.get(PROCEDURE, "")[:40]
    near = _residence(actor_of(request))
    lines = [_office(hall, code, near) for hall in queries.halls() if _bookable(hall)]
    lines.sort(key=lambda line: not line.is_near)
    context = {"offices": lines, "procedure": _procedure_name(code)}
    return render(request, "halls/offices.html", context)


@require_safe
def services(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """List what one may come for, with how long one waits. :raises NotFound: the agency has no hall"""
    code = request.GET.get(PROCEDURE, "")[:40]
    row = queries.hall_row(agency_id)
    hall = queries.hall_view(row)
    if not hall.is_open:
        raise HallClosed
    waits = following.waits_of(row, at=clock.now())
    fitting = _fitting(hall, code)
    lines = [_service(wait, code, fits=wait.service_id == fitting) for wait in waits]
    lines.sort(key=lambda line: not line.fits)
    context = {
        "office": said(hall.agency_name),
        "address": hall.address,
        "services": lines,
        "procedure": _procedure_name(code),
        "back_url": f"{reverse('halls:book')}{_asked(code)}",
    }
    return render(request, "halls/services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def slots(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Show days and slots; POST books one. :raises NotFound: no such service"""
    service, actor = queries.service_row(service_id), actor_of(request)
    if request.method != "POST":
        return _slots(request, service)
    if not is_citizen(actor):
        if actor.is_officer:
            raise OfficersAccount
        return redirect(sign_in_address(request))
    starts_at = moment_of(request.POST.get(SLOT, ""))
    if starts_at is None:
        return _slots(request, service, (LinkedError("slots", _("Hãy chọn một giờ hẹn.")),), status=422)
    person_id = actor.for_person_id or actor.person_id
    if person_id is None:
        raise NotFound
    try:
        booking = book_appointment(
            actor=actor,
            at=clock.now(),
            person_id=person_id,
            service_id=service_id,
            starts_at=starts_at,
            procedure_code=request.POST.get(PROCEDURE, ""),
        )
    except Refusal as refusal:
        wrong = errors_of(refusal, field_name="slots")
        return _slots(request, service, wrong, status=status_of(refusal))
    messages.success(request, _("Đã giữ chỗ cho bạn. Hãy lưu mã nhận số hoặc tải tệp lịch về điện thoại."))
    return redirect("halls:booking", booking.id)


def _slots(
    request: HttpRequest, service: Service, errors: tuple[object, ...] = (), *, status: int = 200
) -> HttpResponse:
    code = (request.POST.get(PROCEDURE) or request.GET.get(PROCEDURE, ""))[:40]
    hall = queries.hall_view(service.hall)
    page = SlotPage(
        service=said(queries.service_view(service).name),
        office=said(hall.agency_name),
        address=hall.address,
        procedure=_procedure_name(code),
        code=code,
        back_url=f"{reverse('halls:book-service', args=[hall.agency_id])}{_asked(code)}",
        picker=picker(
            service_id=service.pk,
            at=clock.now(),
            asked=request.GET,
            chosen=request.POST.get(SLOT, ""),
            keep=code,
        ),
        sign_in="" if is_citizen(actor_of(request)) else sign_in_address(request),
    )
    return render(request, "halls/slots.html", {"page": page, "errors": errors}, status=status)


def _office(hall: HallView, code: str, near: str) -> OfficeLine:
    url = f"{reverse('halls:book-service', args=[hall.agency_id])}{_asked(code)}"
    return OfficeLine(said(hall.agency_name), hall.address, url, bool(near) and hall.unit_code == near)


def _service(wait: ServiceWait, code: str, *, fits: bool) -> ServiceLine:
    url = f"{reverse('halls:book-slot', args=[wait.service_id])}{_asked(code)}"
    usual = minutes(wait.usual_minutes)
    return ServiceLine(said(wait.name), usual, url, fits)


def _bookable(hall: HallView) -> bool:
    return any(service.is_open for service in hall.services)


def _residence(actor: Actor) -> str:
    return people.person(actor.person_id).residence_commune if actor.person_id else ""


def _fitting(hall: HallView, code: str) -> UUID | None:
    field = _field(code)
    service = queries.service_for(hall, code=code, field=field) if code else None
    return service.id if service else None


def _field(code: str) -> str:
    try:
        return str(catalogue.current(code).procedure.field.vi)
    except Refusal:
        return ""


def _procedure_name(code: str) -> str:
    if not code:
        return ""
    try:
        return say(catalogue.current(code).procedure.name)
    except Refusal:
        return ""


def _asked(code: str) -> str:
    return "?" + urlencode({PROCEDURE: code}) if code else ""
