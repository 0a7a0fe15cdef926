"""Registers at the desk: all of them, one as a list, one record."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tinhso.definitions.registers.reading import register
from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers import policies
from tinhso.web.desk import looking
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.registers import asking
from tinhso.web.registers.home_page import home_page
from tinhso.web.registers.list_page import list_page
from tinhso.web.registers.record_page import record_page
from tinhso.web.registers.relating import with_relations

UNPROCESSABLE = 422


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    """Show the registers the officer may go through."""
    page = home_page(actor=actor_of(request), at=clock.now())
    return draw(request, "registers/home.html", page=page)


@require_safe
@officers_only
def records(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show a register as a list, narrowed as the address says."""
    actor, at, definition = actor_of(request), clock.now(), register(register_id)
    seen = policies.fields_seen(actor=actor, definition=definition)
    policies.require_listed(actor=actor, definition=definition)
    asked = with_relations(actor, definition, asking.read(request.GET, definition, seen=seen, at=at))
    page = list_page(actor=actor, at=at, definition=definition, asked=asked)
    status = UNPROCESSABLE if asked.errors else 200
    return draw(request, "registers/list.html", status, page=page, errors=asked.errors)


@require_safe
@officers_only
def record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Show one record, now or as of a day."""
    at = clock.now()
    moment, day, known = asking.read_moment(request.GET, at=at)
    page = record_page(
        actor=actor_of(request), at=at, record_id=record_id, moment=moment, day=day, known=known
    )
    note_who_is_seen(actor_of(request), at, page.subject_of, page.id, page.register)
    return draw(request, "registers/record.html", page=page)


def note_who_is_seen(
    actor: Actor, at: datetime, numbers: tuple[str, ...], record_id: UUID, register_name: str
) -> None:
    """Let the persons a record is about see, in their own log, which officer opened it."""
    if not numbers:
        return
    for person_id in people.persons_numbered(numbers).values():
        looking.note_record(
            actor=actor, at=at, record_id=record_id, person_id=person_id, register=register_name
        )
