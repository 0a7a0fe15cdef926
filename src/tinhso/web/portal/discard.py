"""Throwing a form away, after asking."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers.actions.discard_draft import discard_draft
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.web.portal.filling import first_open, open_filling
from tinhso.web.portal.gate import actor_of, writers_only
from tinhso.web.portal.home import DraftView, draft_view


@dataclass(frozen=True, slots=True)
class DiscardPage:
    draft: DraftView
    back_url: str


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """:raises NotFound: no such draft of the citizen's, or it was filed"""
    at, actor = clock.now(), actor_of(request)
    filling = open_filling(request, draft_id, at=at)
    if filling.dossier_id:
        raise NotFound
    view = draft_view(filling.draft, actor)
    if request.method != "POST":
        page = DiscardPage(draft=view, back_url=first_open(filling))
        return render(request, "portal/discard.html", {"page": page})
    discard_draft(actor=actor, at=at, draft_id=draft_id)
    said = _("Đã xóa bản khai «%(name)s». Giấy tờ đã tải lên vẫn ở trong tài khoản của bạn.")
    messages.success(request, said % {"name": view.name})
    return redirect("assist:home" if actor.is_helper else "portal:home")
