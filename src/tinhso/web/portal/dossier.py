"""One dossier: read it, pay for it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.web.portal.dossier_page import DossierPage, dossier_page
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of

# What the form's last page adds to the address it leads to.
JUST_FILED = "vua-nop"


@citizens_only
@require_safe
def show(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show where the dossier stands and everything that belongs to it."""
    page = _page(request, dossier_id, just_filed=JUST_FILED in request.GET)
    return render(request, "portal/dossier.html", {"page": page})


@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Ask once more, then take the dossier back."""
    if request.method != "POST":
        return render(request, "portal/withdraw.html", {"page": _page(request, dossier_id)})
    revision = request.POST.get("revision", "")
    try:
        withdraw_dossier(
            actor=actor_of(request),
            at=clock.now(),
            dossier_id=dossier_id,
            revision=int(revision) if revision.isdecimal() else None,
        )
    except Refusal as refusal:
        context = {"errors": errors_of(refusal), "page": _page(request, dossier_id)}
        return render(request, "portal/withdraw.html", context, status=status_of(refusal))
    messages.success(request, _("Bạn đã rút hồ sơ. Khoản phí chưa nộp đã được hủy."))
    return redirect("portal:dossier", dossier_id)


def _page(request: HttpRequest, dossier_id: UUID, *, just_filed: bool = False) -> DossierPage:
    return dossier_page(
        actor=actor_of(request),
        at=clock.now(),
        dossier_id=dossier_id,
        language=language(),
        just_filed=just_filed,
    )
