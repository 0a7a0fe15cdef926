"""The one way a record leaves through the API: with its number, and no reasons for the public."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tinhso.api.v1.asking import actor_of, by
from tinhso.api.v1.registers.shapes import RecordOut
from tinhso.api.v1.versions import mark
from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import policies, queries
from tinhso.registers.actions.note_look import note_look
from tinhso.registers.types import Moment, RecordView


def show(request: HttpRequest, response: HttpResponse, view: RecordView) -> RecordOut:
    """Return the record as who asks may see it, with the tag of its version; whom it is about may know."""
    actor = actor_of(request)
    note_look(**by(request), view=view)
    mark(response, view.newest)
    return RecordOut.told(view, inside=is_inside(actor, register(view.register)))


def show_again(request: HttpRequest, response: HttpResponse, record_id: UUID) -> RecordOut:
    """Return the record as it is now. :raises RecordMissing: absent, or not visible to who asks"""
    who = by(request)
    today = Moment(local(who["at"]).date())
    view = queries.access_record(actor=who["actor"], record_id=record_id, moment=today)
    return show(request, response, view)


def is_inside(actor: Actor, definition: RegisterDefinition) -> bool:
    """Tell whether who asks reads the register by a post."""
    return policies.reads_by_post(actor=actor, definition=definition)
