"""What the agencies wrote to the citizen."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.notices import queries
from tinhso.notices.actions import mark_read
from tinhso.notices.types import MessageView
from tinhso.people.types import Actor
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language

PAGE = 20


@dataclass(frozen=True, slots=True)
class InboxPage:
    """:param older_url: the next page; empty on the last one"""

    messages: tuple[MessageView, ...]
    older_url: str
    is_first: bool


@citizens_only
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List messages, newest first; ``?truoc=`` goes on from a moment."""
    page = inbox_page(actor=_reader(request), before=_moment(request.GET.get("truoc", "")))
    return render(request, "portal/inbox.html", {"page": page})


@citizens_only
@require_safe
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Show one message; from then on it counts as read. :raises NotFound: absent, or not the actor's"""
    opened = mark_read(actor=_reader(request), at=clock.now(), message_id=message_id)
    return render(request, "portal/message.html", {"message": opened})


def inbox_page(*, actor: Actor, before: datetime | None) -> InboxPage:
    """Return one page; it asks for one message more to know whether there are older ones."""
    found = queries.inbox(actor=actor, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    older = ""
    if len(found) > PAGE:
        asked = urlencode({"truoc": f"{shown[-1].made_at.timestamp():.6f}"})
        older = f"{reverse('portal:inbox')}?{asked}"
    return InboxPage(shown, older, before is None)


def _reader(request: HttpRequest) -> Actor:
    """Return the actor, to be spoken to in the language of the page."""
    actor = actor_of(request)  # lazy, so ``dataclasses.replace`` does not take it
    known = {part.name: getattr(actor, part.name) for part in fields(Actor)}
    return Actor(**known | {"language": language()})


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(written), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
