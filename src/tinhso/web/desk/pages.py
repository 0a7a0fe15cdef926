"""The inbox with the dossier beside it, the dossier alone, and the search."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.web.desk import searching
from tinhso.web.desk.case import CasePage, case_page, situation_of
from tinhso.web.desk.filters import Filters, legible, read_filters
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import home_tab, inbox_of
from tinhso.web.desk.looking import note_look
from tinhso.web.desk.neighbours import BACK, neighbours_of, place_of
from tinhso.web.desk.opinion_form import opinion_fields
from tinhso.web.desk.viewing import PAPER, viewer_of


@require_safe
@officers_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the list, and beside it the chosen dossier; htmx asks for the panel alone."""
    actor = actor_of(request)
    filters = read_filters(request.GET, home=home_tab(actor))
    case = _chosen(request, filters)
    if _wants_panel(request):
        return draw(request, "desk/_pane.html", case=case, close_url=filters.url(chosen=""))
    page = inbox_of(actor=actor, at=clock.now(), filters=filters)
    return draw(
        request, "desk/inbox.html", page=page, case=case, pane_open=case is not None, close_url=page.close_url
    )


@require_safe
@officers_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show one dossier whole. :raises NotFound: absent, or of other agencies"""
    case = _case(request, dossier_id, whole=True, back=request.GET.get(BACK, ""))
    asked = next((line for line in case.opinions if line.answer_url), None)
    fields = opinion_fields(QueryDict()) if asked else ()
    shown = viewer_of(case, wanted=request.GET.get(PAPER, ""))
    return draw(request, "desk/dossier.html", case=case, asked=asked, opinion_fields=fields, shown=shown)


@require_safe
@officers_only
def search(request: HttpRequest) -> HttpResponse:
    """Find dossiers by code, name or personal id, however they are spelt."""
    words = legible(request.GET.get("q", ""))
    page = searching.search_page(
        actor=actor_of(request), at=clock.now(), words=words, after=request.GET.get("sau", "")
    )
    return draw(request, "desk/search.html", page=page, search_text=words)


def _chosen(request: HttpRequest, filters: Filters) -> CasePage | None:
    if filters.chosen_id is None:
        return None
    return _case(request, filters.chosen_id, whole=False, back=filters.query())


def _case(request: HttpRequest, dossier_id: UUID, *, whole: bool, back: str) -> CasePage:
    at = clock.now()
    case = situation_of(actor=actor_of(request), at=at, dossier_id=dossier_id, whole=whole)
    note_look(actor=case.actor, at=at, dossier=case.dossier)
    if not whole or not back:
        return case_page(case, back=back)
    place = place_of(case.dossier, case.run)
    beside = neighbours_of(actor=case.actor, at=at, dossier=case.dossier, run=case.run, back=back)
    return case_page(case, back=back, place=place, neighbours=beside)


def _wants_panel(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request and htmx.target == "pane"
