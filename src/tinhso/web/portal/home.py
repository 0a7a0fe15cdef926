"""The front door: search first, then events of life, then what was begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue, searching
from tinhso.definitions.search import facets
from tinhso.dossiers import queries
from tinhso.dossiers.models import Draft
from tinhso.dossiers.popularity import most_filed
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.web import navigation
from tinhso.web.icons import shapes
from tinhso.web.parts import Card
from tinhso.web.portal.filling import name_of
from tinhso.web.portal.gate import actor_of, is_citizen
from tinhso.web.portal.language import language, say
from tinhso.web.portal.listing import Listed, listed
from tinhso.web.portal.shelf import life_events
from tinhso.web.portal.words import agency_name

MOST_DRAFTS = 5
MOST_OFFERS = 8
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
    :param offers: what people file most; before anybody filed, some that can be
    :param used: the offers are what people file most
    :param here: how many procedures are filed here; ``count``: how many there are in all
    """

    events: tuple[Card, ...]
    drafts: tuple[DraftView, ...]
    offers: tuple[Listed, ...]
    used: bool
    here: int
    count: int
    track_url: str
    verify_url: str
    dossiers_url: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front door."""
    offered = searching.search(chosen={facets.FILED: facets.HERE})
    used = most_used(offered.cards, at=clock.now())
    some = tuple(card for card in offered.cards if card.summary) or offered.cards
    page = HomePage(
        events=event_cards(offered.counts[facets.LIFE_EVENT]),
        drafts=drafts_of(actor_of(request)),
        offers=tuple(listed(card) for card in (used or some)[:MOST_OFFERS]),
        used=bool(used),
        here=len(offered.cards),
        count=offered.all_found,
        track_url=navigation.address("portal:track"),
        verify_url=navigation.address("verify:verify-file") or navigation.address("verify-file"),
        dossiers_url=navigation.address("portal:dossiers"),
    )
    return render(request, "portal/home.html", {"page": page})


def most_used(cards: Sequence[searching.Card], *, at: datetime) -> tuple[searching.Card, ...]:
    """Return what people file most of what can still be filed, the most filed first."""
    by_code = {card.code: card for card in cards}
    return tuple(by_code[code] for code in most_filed(at=at) if code in by_code)


def event_cards(counted: Mapping[str, int]) -> tuple[Card, ...]:
    """Return the events of life that lead to at least one procedure; ``counted``: how many by event."""
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
        if counted.get(event.id)
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
