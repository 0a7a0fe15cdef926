"""The officer's counter: take it, call the next number, and go through what follows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.appointments.actions import call, sit
from tinhso.appointments.actions.draw import check_in
from tinhso.appointments.actions.draw import draw_number as draw_it
from tinhso.appointments.turns import turn_of_person
from tinhso.dossiers import queries as dossiers
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.queue.office import serving
from tinhso.web.desk.queue.page import queue_page, turn_line
from tinhso.web.live.polling import part_of, wants_part
from tinhso.web.parts import LinkedError
from tinhso.web.refusing import status_of

ACTS: dict[str, Callable[..., Any]] = {
    "goi-lai": call.call_again,
    "vang": call.mark_absent,
    "bat-dau": call.start,
    "xong": call.finish,
    "dua-lai": call.bring_back,
}
MINUTE = 60
TRANSFER, SERVICE, CODE, GROUP = "chuyen", "viec", "ma", "uu-tien"


@require_safe
@officers_only
def queue(request: HttpRequest) -> HttpResponse:
    """Show the counter and who waits; scripts ask for the list alone."""
    if wants_part(request):
        actor, at = actor_of(request), clock.now()
        serving(actor)
        return part_of(request, at=at, seconds=MINUTE, draw=lambda: _waiting(request, at))
    return _queue(request)


@require_safe
@officers_only
def holder(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Say whether who filed the dossier waits now. :raises NotFound: the dossier is not visible"""
    actor, at = actor_of(request), clock.now()
    case = dossiers.access_dossier(actor=actor, dossier_id=dossier_id)
    turn = turn_of_person(actor=actor, agency_id=serving(actor), person_id=case.applicant_id, at=at)
    line = turn_line(turn, at=at) if turn else None
    template = "desk/queue/_holder.html" if getattr(request, "htmx", False) else "desk/queue/holder.html"
    return draw(request, template, line=line, turn=turn, case=case)


def _waiting(request: HttpRequest, at: datetime) -> HttpResponse:
    page = queue_page(actor=actor_of(request), at=at)
    return draw(request, "desk/queue/_waiting.html", page=page)


@require_POST
@officers_only
def call_next(request: HttpRequest) -> HttpResponse:
    """Call the next number; with ``xong`` the one in hand is finished first."""

    def work(who: dict[str, Any]) -> None:
        done = _uuid(request.POST.get("xong", ""))
        if done is not None:
            call.finish(**who, turn_id=done)
        call.call_next(**who)

    return _do(request, work)


@require_POST
@officers_only
def act(request: HttpRequest, turn_id: UUID, act: str) -> HttpResponse:
    """Do one thing with a number. :raises NotFound: there is no such thing"""
    if act == TRANSFER:
        service_id = _uuid(request.POST.get(SERVICE, ""))
        if service_id is None:
            return _queue(request, (LinkedError(SERVICE, _("Hãy chọn nhóm việc để chuyển đến.")),), 422)
        return _do(request, lambda who: call.transfer(**who, turn_id=turn_id, service_id=service_id))
    if act not in ACTS:
        raise NotFound
    return _do(request, lambda who: ACTS[act](**who, turn_id=turn_id))


@require_POST
@officers_only
def take(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Sit down at a counter."""
    return _do(request, lambda who: sit.take_counter(**who, counter_id=counter_id))


@require_POST
@officers_only
def leave(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Stand up."""
    return _do(request, lambda who: sit.leave_counter(**who, counter_id=counter_id))


@require_POST
@officers_only
def draw_number(request: HttpRequest) -> HttpResponse:
    """Draw a number for who stands at the counter, or check their booking in: the kiosk is away."""
    data, agency_id = request.POST, serving(actor_of(request))

    def work(who: dict[str, Any]) -> None:
        group = data.get(GROUP, "")
        if data.get(CODE, "").strip():
            ticket = check_in(**who, agency_id=agency_id, code=data[CODE][:200], priority=group)
        else:
            service_id = _uuid(data.get(SERVICE, ""))
            if service_id is None:
                raise NotFound
            ticket = draw_it(**who, service_id=service_id, priority=group)
        messages.success(
            request, _("Đã cấp số %(label)s. Hãy báo số cho người dân.") % {"label": ticket.label}
        )

    return _do(request, work)


def _do(request: HttpRequest, work: Callable[[dict[str, Any]], object]) -> HttpResponse:
    try:
        work({"actor": actor_of(request), "at": clock.now()})
    except NotAllowed:
        raise
    except call.NobodyWaits as refusal:
        messages.info(request, refusal.sentence())
        return redirect("desk:queue")
    except Refusal as refusal:
        return _queue(request, (LinkedError("", refusal.sentence()),), status_of(refusal))
    return redirect("desk:queue")


def _queue(request: HttpRequest, errors: tuple[LinkedError, ...] = (), status: int = 200) -> HttpResponse:
    page = queue_page(actor=actor_of(request), at=clock.now())
    return draw(request, "desk/queue/queue.html", status, page=page, errors=errors)


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
