"""What a member of a community team is shown: the word they have, forms they write, how cases stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from tinhso.definitions import catalogue, searching
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.popularity import most_filed
from tinhso.dossiers.statuses import FINAL
from tinhso.people.types import Actor, MandateView
from tinhso.web.portal.home import DraftView, draft_view
from tinhso.web.portal.words import Standing, standing

MOST = 100
MOST_SERVICES = 15


@dataclass(frozen=True, slots=True)
class Word:
    """A mandate in force. ``drafts``: what was begun with it and is not filed."""

    id: UUID
    name: str
    procedure: str
    until_at: datetime | None
    drafts: tuple[DraftView, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """How a case stands: all that a helper sees of it."""

    code: str
    name: str
    procedure: str
    standing: Standing
    filed_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class HomePage:
    team: str
    words: tuple[Word, ...]
    filed: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    name: str
    field: str
    chosen: bool


def home_page(actor: Actor, team: str) -> HomePage:
    """Return the page; two queries."""
    drafts = list(queries.unfiled_drafts(actor)[:MOST])
    filed = tuple(map(_filed, queries.assisted_by(actor)[:MOST]))
    words = tuple(
        Word(
            id=mandate.id,
            name=mandate.principal_name,
            procedure=procedure_of(mandate),
            until_at=mandate.until_at,
            drafts=tuple(draft_view(one, actor) for one in drafts if one.mandate_id == mandate.id),
        )
        for mandate in words_of(actor)
    )
    return HomePage(team=team, words=words, filed=filed)


def words_of(actor: Actor) -> tuple[MandateView, ...]:
    """Return the mandates a helper has, newest first."""
    return tuple(one for one in reversed(actor.mandates) if one.kind == "assisted" and one.scope)


def procedure_of(mandate: MandateView) -> str:
    """Return the name of the one procedure the mandate is for."""
    named = next((one for one in catalogue.all_current() if one.procedure.code in mandate.scope), None)
    return named.procedure.name.into(_language()) if named else ", ".join(mandate.scope)


def services(words: str, chosen: str, *, at: datetime) -> tuple[Service, ...]:
    """Return what may be filed online for a person: what the words mean, or what people file most."""
    offered = [
        one
        for one in catalogue.all_current()
        if Channel.ONLINE in one.procedure.channels and "citizen" in one.procedure.audience
    ]
    found = list(searching.find(words, offered))
    if not words:
        often = {code: place for place, code in enumerate(most_filed(at=at))}
        found.sort(key=lambda one: (often.get(one.code, len(often)), not one.summary))
    found.sort(key=lambda one: one.code != chosen)
    language = _language()
    return tuple(
        Service(one.code, one.name.into(language), one.field.into(language), one.code == chosen)
        for one in found[:MOST_SERVICES]
    )


def form_address(draft_id: UUID) -> str:
    """Return where the form begins or goes on."""
    return reverse("portal:form-resume", args=[draft_id])


def _filed(dossier: Dossier) -> Filed:
    return Filed(
        code=dossier.code,
        name=dossier.applicant.full_name,
        procedure=catalogue.of_version(dossier.version_id).procedure.name.into(_language()),
        standing=standing(dossier, owes_money=False),
        filed_at=dossier.filed_at,
        due_at=dossier.due_at if dossier.state not in FINAL else None,
    )


def _language() -> str:
    return (get_language() or "vi")[:2]
