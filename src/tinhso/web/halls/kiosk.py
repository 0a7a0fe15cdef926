"""The kiosk: draw a number or check in, without a name, with fingers or keys."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhso.appointments import estimates, following, queries
from tinhso.appointments.actions.draw import check_in, draw_number
from tinhso.appointments.models import Hall
from tinhso.appointments.names import name_of
from tinhso.appointments.rules import rules
from tinhso.kernel import clock
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import NotAllowed, Refusal
from tinhso.web.halls.numbers import number_page
from tinhso.web.halls.words import said
from tinhso.web.parts import LinkedError
from tinhso.web.portal.gate import actor_of, sent_from
from tinhso.web.refusing import errors_of, status_of

SERVICE, GROUP, REQUEST, CODE = "viec", "uu-tien", "luot", "ma"


@dataclass(frozen=True, slots=True)
class Button:
    id: str
    letter: str
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    icon: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class KioskPage:
    """:param request_key: sent along; a second click with the same one draws no second number"""

    key: str
    office: str
    buttons: tuple[Button, ...]
    groups: tuple[Group, ...]
    request_key: str
    typed: str
    several_languages: bool


@never_cache
@require_safe
def kiosk(request: HttpRequest, kiosk_key: str) -> HttpResponse:
    """Show what one may draw. :raises NotFound: the key opens nothing"""
    return _kiosk(request, queries.hall_by_kiosk(kiosk_key))


@sent_from("halls:kiosk", "kiosk_key")
def draw(request: HttpRequest, kiosk_key: str) -> HttpResponse:
    """Draw a number. :raises NotFound: the key opens nothing"""
    hall, data = queries.hall_by_kiosk(kiosk_key), request.POST
    service_id = _id(data.get(SERVICE, ""))
    if service_id is None or all(one.pk != service_id for one in hall.services.all()):
        return _kiosk(request, hall, (LinkedError("viec", _("Hãy chọn một nhóm việc.")),), status=422)
    try:
        ticket = draw_number(
            actor=actor_of(request),
            at=clock.now(),
            service_id=service_id,
            kiosk_key=kiosk_key,
            priority=data.get(GROUP, ""),
            request_key=_id(data.get(REQUEST, "")),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _kiosk(request, hall, errors_of(refusal, field_name="viec"), status=status_of(refusal))
    return redirect("halls:kiosk-slip", kiosk_key, ticket.token)


@sent_from("halls:kiosk", "kiosk_key")
def arrive(request: HttpRequest, kiosk_key: str) -> HttpResponse:
    """Check a booking in by its code. :raises NotFound: the key opens nothing"""
    hall, data = queries.hall_by_kiosk(kiosk_key), request.POST
    try:
        ticket = check_in(
            actor=actor_of(request),
            at=clock.now(),
            agency_id=hall.agency_id,
            code=data.get(CODE, "")[:200],
            kiosk_key=kiosk_key,
            priority=data.get(GROUP, ""),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        wrong = (LinkedError(CODE, refusal.sentence()),)
        return _kiosk(request, hall, wrong, status=status_of(refusal))
    return redirect("halls:kiosk-slip", kiosk_key, ticket.token)


@never_cache
@require_safe
def slip(request: HttpRequest, kiosk_key: str, token: str) -> HttpResponse:
    """Show the number big, to be printed or followed by telephone. :raises NotFound: no such number here"""
    hall = queries.hall_by_kiosk(kiosk_key)
    ticket = following.ticket_by_token(token=token, at=clock.now())
    address = reverse("halls:number", args=[ticket.token])
    context = {
        "page": number_page(ticket),
        "kiosk_url": reverse("halls:kiosk", args=[hall.kiosk_key]),
        "follow_url": f"{settings.TINHSO.base_url.rstrip('/')}{address}",
        "issued_at": ticket.issued_at,
        "group": _group_name(ticket.priority),
    }
    return render(request, "halls/slip.html", context)


def _kiosk(
    request: HttpRequest, hall: Hall, errors: tuple[object, ...] = (), *, status: int = 200
) -> HttpResponse:
    counts = estimates.waiting_counts(hall, at=clock.now())
    chosen = request.POST.get(GROUP, "")
    page = KioskPage(
        key=hall.kiosk_key,
        office=said(name_of(hall.agency)),
        buttons=tuple(
            Button(str(one.pk), one.letter, said(queries.service_view(one).name), counts[one.pk])
            for one in hall.services.all()
            if one.is_open and hall.is_open
        ),
        groups=tuple(
            Group(group.id, group.icon, said(group.name.words), group.id == chosen)
            for group in rules().priority_groups
        ),
        request_key=str(_id(request.POST.get(REQUEST, "")) or new_id()),
        typed=request.POST.get(CODE, "")[:40],
        several_languages=len(hall.languages) > 1,
    )
    return render(request, "halls/kiosk.html", {"page": page, "errors": errors}, status=status)


def _group_name(group_id: str) -> str:
    found = (said(group.name.words) for group in rules().priority_groups if group.id == group_id)
    return next(found, "")


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
