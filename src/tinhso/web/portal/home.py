"""The front door: search first, then events of life, then what was begun."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.models import Draft
from tinhso.people.types import Actor
from tinhso.web import navigation
from tinhso.web.icons import shapes
from tinhso.web.parts import Card
from tinhso.web.portal.filling import name_of
from tinhso.web.portal.gate import actor_of, is_citizen
from tinhso.web.portal.language import language, say
from tinhso.web.portal.shelf import Offer, life_events, offer
from tinhso.web.portal.words import agency_name

MOST_DRAFTS = 5
# With so few procedures on offer a list says more than a search.
FEW = 12
ANY_EVENT = "list-check"


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form that was begun and not filed."""

    name: str
    agency: str
    for_whom: str
    saved_at: datetime
    url: str
    discard_url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    :param offers: every procedure when there are few; else none
    :param ways: label, text and address of the other doors that are open
    """

    events: tuple[Card, ...]
    drafts: tuple[DraftView, ...]
    offers: tuple[Offer, ...]
    count: int
    track_url: str
    verify_url: str
    dossiers_url: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front door."""
    procedures = [one.procedure for one in catalogue.all_current()]
    page = HomePage(
        events=event_cards(procedures),
        drafts=drafts_of(actor_of(request)),
        offers=tuple(offer(one) for one in procedures) if len(procedures) <= FEW else (),
        count=len(procedures),
        track_url=navigation.address("portal:track"),
        verify_url=navigation.address("verify:verify-file") or navigation.address("verify-file"),
        dossiers_url=navigation.address("portal:dossiers"),
    )
    return render(request, "portal/home.html", {"page": page})


def event_cards(procedures: Sequence[Procedure]) -> tuple[Card, ...]:
    """Return the events of life that lead to at least one procedure."""
    counted = Counter(event for procedure in procedures for event in procedure.life_events)
    address = reverse("portal:catalogue")
    return tuple(
        Card(
            title=say(event.name),
            url=f"{address}?su-kien={event.id}",
            text=ngettext("%(count)s thủ tục", "%(count)s thủ tục", counted[event.id])
            % {"count": counted[event.id]},
            icon=event.icon if event.icon in shapes() else ANY_EVENT,
        )
        for event in life_events()
        if counted[event.id]
    )


def drafts_of(actor: Actor) -> tuple[DraftView, ...]:
    """Return what the citizen began, newest first."""
    if not is_citizen(actor):
        return ()
    return tuple(draft_view(draft, actor) for draft in queries.unfiled_drafts(actor)[:MOST_DRAFTS])


def draft_view(draft: Draft, actor: Actor) -> DraftView:
    """Return a draft as lists show it; for whom it is, when it is not for oneself."""
    return DraftView(
        name=say(catalogue.of_version(draft.version_id).procedure.name),
        agency=agency_name(draft.agency, language()),
        for_whom=name_of(draft, is_own=draft.applicant_id == actor.person_id),
        saved_at=draft.saved_at,
        url=reverse("portal:form-resume", args=[draft.id]),
        discard_url=reverse("portal:form-discard", args=[draft.id]),
    )
