"""Propose a design, publish it, give it back, put it aside; take its files away as a ZIP."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.definitions.designing.files import packed
from tinhso.designs import queries
from tinhso.designs.actions.propose_design import discard_design, propose_design, return_design
from tinhso.designs.actions.publish_design import publish_design
from tinhso.designs.models import Design
from tinhso.forms.types import Field
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal
from tinhso.web.designer.entering import Opened, designers_only, opened, show
from tinhso.web.designer.version_pages import DECISION, REASON, DiffPage, diff_page, reason_fields
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of
from tinhso.web.parts import LinkedError
from tinhso.web.refusing import status_of

SEEN, WHY = "ban-da-xem", "vi-sao"


@dataclass(frozen=True, slots=True)
class PublishPage:
    """
    :param stage: ``write``, ``wait``, ``decide``, ``published`` or ``over``
    :param seen: the version in force this page compares with
    """

    stage: str
    fields: tuple[Field, ...]
    why: Field
    diff: DiffPage
    seen: str
    proposed_by: str
    proposed_at: Any
    reason: str
    decision: str
    is_own: bool
    two_persons: bool
    may_return: bool
    may_discard: bool


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def publish(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Show where the design stands on its way into force, and take the next step."""
    work = opened(request, design_id)
    if request.method != "POST":
        return _show(request, work)
    acts: dict[str, Callable[[HttpRequest, dict[str, Any]], HttpResponse]] = {
        "propose": _propose,
        "publish": _publish,
        "return": _return,
        "discard": _discard,
    }
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        raise Invalid
    typed = request.POST.get("revision", "")
    about = {
        "actor": actor_of(request),
        "at": clock.now(),
        "design_id": design_id,
        "revision": int(typed) if typed.isdigit() and len(typed) < 10 else -1,
    }
    try:
        return act(request, about)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        errors = (LinkedError("", refusal.sentence()),)
        return _show(request, opened(request, design_id), errors=errors, status=status_of(refusal))


@require_safe
@designers_only
def export(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Give the files as a ZIP, laid out as a pack is."""
    work = opened(request, design_id)
    code = work.design.code or "thu-tuc"
    response = HttpResponse(packed(queries.files_of(work.design), code=code), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_plain(code)}.zip"'
    return response


def _propose(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    propose_design(**about, reason=request.POST.get(REASON, ""), decision=request.POST.get(DECISION, ""))
    messages.success(request, _("Đã trình công bố. Người công bố thấy bản này trong danh sách của họ."))
    return redirect(request.path)


def _publish(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    publish_design(**about, seen_version=as_uuid(request.POST.get(SEEN, "")))
    messages.success(request, _("Phiên bản mới đang có hiệu lực. Hồ sơ đang xử lý giữ phiên bản lúc nộp."))
    return redirect(request.path)


def _return(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    return_design(**about, why=request.POST.get(WHY, ""))
    messages.success(request, _("Bản soạn mở lại để sửa."))
    return redirect(request.path)


def _discard(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    discard_design(**about)
    messages.success(request, _("Đã bỏ bản soạn. Bản đang dùng của thủ tục không đổi."))
    return redirect("designer:home")


def _show(
    request: HttpRequest, work: Opened, *, errors: tuple[LinkedError, ...] = (), status: int = 200
) -> HttpResponse:
    return show(
        request,
        work,
        "designer/publish.html",
        status,
        tab="publish",
        page=_page(request, work),
        errors=errors,
    )


def _page(request: HttpRequest, work: Opened) -> PublishPage:
    design, actor = work.design, work.actor
    diff = diff_page(work)
    publishes = any(
        post.role == "catalogue_publisher" and post.agency_id == design.agency_id for post in actor.posts
    )
    data = request.POST if request.method == "POST" else QueryDict()
    is_own = design.proposed_by_id == actor.account_id
    return PublishPage(
        stage=_stage(work, publishes=publishes),
        fields=reason_fields(data),
        why=boxes.field(WHY, "long_text", _("Vì sao trả về sửa"), data, required=False, max_length=1000),
        diff=diff,
        seen=str(diff.base or ""),
        proposed_by=design.proposed_by.full_name if design.proposed_by else "",
        proposed_at=design.proposed_at,
        reason=design.reason,
        decision=design.decision,
        is_own=is_own,
        two_persons=settings.TINHSO.designer_two_persons,
        may_return=design.state == Design.State.PROPOSED,
        may_discard=work.may_write,
    )


def _stage(work: Opened, *, publishes: bool) -> str:
    match work.design.state:
        case Design.State.DRAFT:
            return "write"
        case Design.State.PROPOSED:
            own = settings.TINHSO.designer_two_persons and work.design.proposed_by_id == work.actor.account_id
            return "decide" if publishes and not own else "wait"
        case Design.State.PUBLISHED:
            return "published"
    return "over"


def _plain(code: str) -> str:
    return "".join(mark for mark in code if mark.isalnum() or mark in "._-")[:60]
