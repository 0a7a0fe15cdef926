"""The papers a citizen keeps: looked through, put out of sight, taken back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.papers.actions.hide_kept import hide_kept, restore_kept
from tinhso.web.portal.gate import actor_of, citizens_only, sent_from
from tinhso.web.portal.language import language
from tinhso.web.wallet.page import HIDDEN_JUST_NOW, wallet_page


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is kept; ``?q=`` searches, ``?loai=`` keeps one kind, ``?muc=`` one group."""
    page = wallet_page(actor=actor_of(request), at=clock.now(), language=language(), asked=request.GET)
    return render(request, "wallet/home.html", {"page": page})


@citizens_only
@sent_from("wallet:home")
def hide(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Put one out of sight, and offer to take it back. :raises NotFound: not the citizen's"""
    hide_kept(actor=actor_of(request), at=clock.now(), kept_id=kept_id)
    return redirect(f"{reverse('wallet:home')}?{urlencode({HIDDEN_JUST_NOW: str(kept_id)})}")


@citizens_only
@sent_from("wallet:home")
def restore(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Take one back into sight. :raises NotFound: not the citizen's"""
    restore_kept(actor=actor_of(request), at=clock.now(), kept_id=kept_id)
    messages.success(request, _("Giấy tờ đã hiện lại trong kho và dùng được cho hồ sơ mới."))
    return redirect("wallet:home")
