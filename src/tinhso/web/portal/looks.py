"""Who looked at my data and why: the whole log, narrowed and page by page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people
from tinhso.people.types import AccessPurpose, Actor
from tinhso.web.parts import Option
from tinhso.web.portal.account_page import Look, looks_in_words, purpose_words
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language

PAGE = 20
PURPOSE, AGENCY, BEFORE = "viec", "co-quan", "truoc"


@dataclass(frozen=True, slots=True)
class LooksPage:
    """:param older_url: the next page; empty on the last one"""

    looks: tuple[Look, ...]
    purposes: tuple[Option, ...]
    agencies: tuple[Option, ...]
    is_narrowed: bool
    is_first: bool
    older_url: str


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the log; ``?viec=`` and ``?co-quan=`` narrow it, ``?truoc=`` goes on."""
    page = looks_page(
        actor=actor_of(request),
        purpose=request.GET.get(PURPOSE, ""),
        agency=request.GET.get(AGENCY, ""),
        before=_moment(request.GET.get(BEFORE, "")),
    )
    return render(request, "portal/looks.html", {"page": page})


def looks_page(*, actor: Actor, purpose: str, agency: str, before: datetime | None) -> LooksPage:
    """:raises NotFound: the account has no person"""
    if actor.person_id is None:
        raise NotFound
    agencies = people.agencies_that_looked(actor=actor, person_id=actor.person_id)
    chosen = purpose if purpose in set(AccessPurpose) else ""
    agency_id = next((one for one, _name in agencies if str(one) == agency), None)
    found = people.who_looked_at(
        actor=actor,
        person_id=actor.person_id,
        limit=PAGE + 1,
        purpose=chosen,
        agency_id=agency_id,
        before=before,
    )
    shown = found[:PAGE]
    older = shown[-1].at if len(found) > PAGE else None
    return LooksPage(
        looks=looks_in_words(actor, shown, language()),
        purposes=tuple(Option(one, purpose_words(one), one == chosen) for one in AccessPurpose),
        agencies=tuple(Option(str(one), name, one == agency_id) for one, name in agencies),
        is_narrowed=bool(chosen or agency_id),
        is_first=before is None,
        older_url=_older(chosen, agency_id, older) if older else "",
    )


def _older(purpose: str, agency_id: UUID | None, before: datetime) -> str:
    asked = {PURPOSE: purpose, AGENCY: str(agency_id or ""), BEFORE: f"{before.timestamp():.6f}"}
    return f"{reverse('portal:looks')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(written), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
