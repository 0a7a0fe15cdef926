"""Waiting times for everybody: how it stands now at an office, and how long one usually waited."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.appointments import following, queries
from tinhso.appointments.rules import rules
from tinhso.appointments.types import ServiceWait
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.web.halls.words import minutes, said

OFFICE = "co-quan"


@dataclass(frozen=True, slots=True)
class WaitLine:
    """How it stands at one service, in words."""

    name: str
    waiting: int
    now: str
    usual: str
    book_url: str


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Show the waits of the office asked for, of the only one, or none. :raises NotFound: no such office"""
    halls = queries.halls()
    chosen = _chosen(request.GET.get(OFFICE, "")) or (halls[0].agency_id if len(halls) == 1 else None)
    lines: tuple[WaitLine, ...] = ()
    if chosen is not None:
        row = queries.hall_row(chosen)
        lines = tuple(wait_line(one) for one in following.waits_of(row, at=clock.now()))
    context = {
        "offices": [(str(one.agency_id), said(one.agency_name), one.agency_id == chosen) for one in halls],
        "office": next((said(one.agency_name) for one in halls if one.agency_id == chosen), ""),
        "lines": lines,
        "days": rules().figures.days,
        "at": clock.now(),
    }
    return render(request, "halls/waits.html", context)


def wait_line(one: ServiceWait) -> WaitLine:
    """Put the wait at one service into words."""
    return WaitLine(
        name=said(one.name),
        waiting=one.waiting,
        now=minutes(one.minutes_now) or _("Chưa có quầy nào đang phục vụ"),
        usual=minutes(one.usual_minutes) or _("Chưa đủ số liệu"),
        book_url=reverse("halls:book-slot", args=[one.service_id]),
    )


def _chosen(typed: str) -> UUID | None:
    """:raises NotFound: it is no office's id"""
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound from None


def wait_at(agency_id: UUID, *, code: str, field: str, at: datetime) -> WaitLine | None:
    """Return how long one waits there for a procedure; None when no numbers are called for it."""
    try:
        row = queries.hall_row(agency_id)
    except NotFound:
        return None
    service = queries.service_for(queries.hall_view(row), code=code, field=field)
    if service is None or not row.is_open:
        return None
    found = next(one for one in following.waits_of(row, at=at) if one.service_id == service.id)
    return wait_line(found)
