"""The citizen's own list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language
from tinhso.web.portal.my_dossiers_page import my_dossiers_page


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show dossiers and drafts; ``?q=`` searches, ``?muc=`` keeps one group."""
    page = my_dossiers_page(
        actor=actor_of(request),
        language=language(),
        words=request.GET.get("q", "").strip()[:100],
        tab=request.GET.get("muc", ""),
    )
    return render(request, "portal/my_dossiers.html", {"page": page})
