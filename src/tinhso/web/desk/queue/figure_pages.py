"""Waiting-time figures of the hall, each opening down to the numbers behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.appointments import figures as hall_figures
from tinhso.appointments.rules import rules
from tinhso.appointments.types import Figure, TurnView
from tinhso.calendars.types import DAY
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.queue.office import agency_for
from tinhso.web.halls.words import day_of, said

AGENCY, SINCE, UNTIL, HOURLY, SERVICE, HOUR, PAGE = "co-quan", "tu", "den", "theo-gio", "viec", "gio", "trang"
LONGEST = 366


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A row of the table, in words; ``url`` opens the numbers behind it."""

    service: str
    hour: str
    joined: int
    served: int
    absent: int
    median: str
    p90: str
    mean: str
    url: str


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked: agency, first and last day."""

    agency_id: UUID
    since: date
    until: date

    def query(self, **more: str) -> str:
        said_ = {AGENCY: str(self.agency_id), SINCE: self.since.isoformat(), UNTIL: self.until.isoformat()}
        return "?" + urlencode(said_ | more)


@require_safe
@officers_only
def figures(request: HttpRequest) -> HttpResponse:
    """Show the table. :raises NotFound: the officer may not watch that hall"""
    actor, hourly = actor_of(request), bool(request.GET.get(HOURLY))
    halls = _halls(actor)
    if not halls:
        return draw(request, "desk/queue/figures.html", halls=())
    span = _span(request.GET, halls, at=clock.now())
    rows = hall_figures.figures_of(
        actor=actor, agency_id=span.agency_id, since=span.since, until=span.until, by_hour=hourly
    )
    return draw(
        request,
        "desk/queue/figures.html",
        halls=halls,
        span=span,
        hourly=hourly,
        lines=[_line(row, span) for row in rows],
        total=sum(row.joined for row in rows),
    )


@require_safe
@officers_only
def turns(request: HttpRequest) -> HttpResponse:
    """List the numbers behind a figure. :raises NotFound: the officer may not watch that hall"""
    actor, asked = actor_of(request), request.GET
    span = _span(asked, _halls(actor), at=clock.now())
    number = int(asked[PAGE]) if asked.get(PAGE, "").isdigit() and len(asked[PAGE]) < 6 else 1
    service_id, hour = asked.get(SERVICE, ""), asked.get(HOUR, "")
    found = hall_figures.turns_of(
        actor=actor,
        agency_id=span.agency_id,
        since=span.since,
        until=span.until,
        service_id=_uuid(service_id),
        hour=int(hour) if hour.isdigit() and len(hour) < 3 else None,
        page=number,
    )
    kept = {key: asked[key] for key in (SERVICE, HOUR) if asked.get(key)}
    more = span.query(**kept, **{PAGE: str(number + 1)}) if len(found) == hall_figures.PAGE else ""
    back = reverse("desk:queue-figures") + span.query(**({HOURLY: "1"} if hour else {}))
    lines = [_turn(one) for one in found]
    return draw(request, "desk/queue/turns.html", span=span, lines=lines, more_url=more, back_url=back)


def _halls(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the halls the officer may watch. :raises NotAllowed: their roles watch none"""
    agency_for(actor, rules().roles.watch)
    return tuple((agency_id, said(name)) for agency_id, name in hall_figures.watched_halls(actor=actor))


def _span(asked: QueryDict, halls: tuple[tuple[UUID, str], ...], *, at: datetime) -> Span:
    """Return what is asked; at first today, of the first hall. :raises NotFound: there is none"""
    today = local(at).date()
    since, until = day_of(asked.get(SINCE, "")) or today, day_of(asked.get(UNTIL, "")) or today
    if until < since or (until - since) > LONGEST * DAY:
        until = since
    typed = asked.get(AGENCY, "")
    agency_id = _uuid(typed) if typed else next((one for one, _name in halls), None)
    if agency_id is None:
        raise NotFound
    return Span(agency_id, since, until)


def _line(row: Figure, span: Span) -> FigureLine:
    more = {SERVICE: str(row.service_id)} | ({HOUR: str(row.hour)} if row.hour is not None else {})
    return FigureLine(
        service=said(row.service_name),
        hour=f"{row.hour}:00–{row.hour}:59" if row.hour is not None else "",
        joined=row.joined,
        served=row.served,
        absent=row.absent,
        median=spent(row.waited_median),
        p90=spent(row.waited_p90),
        mean=spent(row.served_mean),
        url=reverse("desk:queue-turns") + span.query(**more),
    )


def _turn(one: TurnView) -> dict[str, object]:
    waited = int((one.called_at - one.joined_at).total_seconds()) if one.called_at else None
    served = None
    if one.started_at and one.ended_at:
        served = int((one.ended_at - one.started_at).total_seconds())
    return {
        "label": one.label,
        "service": said(one.service_name),
        "state": str(one.state.label),
        "joined_at": one.joined_at,
        "booked_for": one.booked_for,
        "counter": one.counter,
        "waited": spent(waited),
        "served": spent(served),
    }


def spent(seconds: int | None) -> str:
    """Write a time as minutes and seconds; a dash when there was nothing to measure."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    return _("%(minutes)s phút %(seconds)s giây") % {"minutes": minutes, "seconds": f"{rest:02}"}


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
