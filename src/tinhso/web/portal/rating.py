"""How was it? For whoever holds the receipt; before the end it shows how far the case is."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import queries
from tinhso.dossiers.actions.rate import RatedAlready, StarsMissing, rate_dossier
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.web.portal.gate import actor_of
from tinhso.web.portal.language import language
from tinhso.web.portal.tracking import track_page
from tinhso.web.refusing import errors_of, status_of

# The id of the first star's box, where a missing choice is mended.
BOX = "stars-5"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Show progress, the question, or the thanks; take the answer. :raises NotFound: no such receipt"""
    if request.method == "POST":
        return _take(request, token)
    return _show(request, token)


def _take(request: HttpRequest, token: str) -> HttpResponse:
    stars, comment = request.POST.get("stars", ""), request.POST.get("comment", "")
    try:
        rate_dossier(
            actor=actor_of(request),
            at=clock.now(),
            token=token,
            stars=int(stars) if stars.isdecimal() else 0,
            comment=comment,
        )
    except RatedAlready:
        return redirect("portal:rate", token)
    except Refusal as refusal:
        field = BOX if isinstance(refusal, StarsMissing) else ""
        context = {"errors": errors_of(refusal, field_name=field), "comment": comment}
        return _show(request, token, context, status=status_of(refusal))
    return redirect("portal:rate", token)


def _show(
    request: HttpRequest, token: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    dossier = queries.dossier_of_rating(token)
    rating = getattr(dossier, "rating", None)
    shown = {
        "page": track_page(dossier, language()),
        "is_over": dossier.state in FINAL,
        "rating": rating,
        "stars": _stars(),
        **(context or {}),
    }
    return render(request, "portal/rate.html", shown, status=status)


def _stars() -> tuple[tuple[int, str], ...]:
    """Return the choices, the best first, each in words too."""
    return (
        (5, _("Rất hài lòng")),
        (4, _("Hài lòng")),
        (3, _("Bình thường")),
        (2, _("Không hài lòng")),
        (1, _("Rất không hài lòng")),
    )
