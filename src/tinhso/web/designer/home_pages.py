"""What is being written, and how to begin: a procedure in force, a copy of one, files from elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.definitions import searching
from tinhso.definitions.designing.files import LARGEST_ZIP, FilesUnreadable
from tinhso.designs import queries
from tinhso.designs.actions.open_design import copy_procedure, import_files, open_design
from tinhso.designs.policies import require_writing
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.web.designer.entering import designers_only
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import legible
from tinhso.web.desk.guard import actor_of, draw
from tinhso.web.portal.language import say

FILE, ASKED, NEW_CODE = "tep", "q", "ma-moi"
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    code: str
    is_proposed: bool
    who: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class FoundProcedure:
    code: str
    name: str
    versions_url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    :param found: procedures on offer for what was asked; None when nothing was
    """

    rows: tuple[Row, ...]
    asked: str
    found: tuple[FoundProcedure, ...] | None
    may_write: bool


@require_safe
@designers_only
def home(request: HttpRequest) -> HttpResponse:
    """Show what is being written, and find procedures to write on."""
    asked = legible(request.GET.get(ASKED, ""))
    return draw(request, "designer/home.html", page=_page(actor_of(request), asked))


@require_POST
@designers_only
def start(request: HttpRequest) -> HttpResponse:
    """Begin with a procedure in force, or with a copy of it under another code."""
    actor, at, code = actor_of(request), clock.now(), request.POST.get("code", "")
    if request.POST.get("do") == "copy":
        new_code = request.POST.get(NEW_CODE, "").strip()
        design_id = copy_procedure(actor=actor, at=at, code=code, new_code=new_code or code)
        messages.success(request, _("Đã chép sang bản soạn mới. Hãy đổi mã và tên trước khi trình."))
    else:
        design_id = open_design(actor=actor, at=at, code=code)
        messages.success(request, _("Đã mở bản soạn. Bản đang dùng không đổi cho đến khi công bố."))
    return redirect("designer:design", design_id=design_id)


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take in files that were exported here or elsewhere; mistakes in them are shown, nothing is lost."""
    actor = actor_of(request)
    require_writing(actor)

    def show(errors: tuple[FieldError, ...] = (), status: int = 200) -> HttpResponse:
        field = boxes.field(FILE, "text", _("Tệp ZIP hoặc YAML của thủ tục"), request.POST, errors=errors)
        return draw(
            request, "designer/import.html", status, field=field, errors=errors, most=LARGEST_ZIP // 1000
        )

    if request.method != "POST":
        return show()
    sent: Any = request.FILES.get(FILE)
    if sent is None:
        return show((FieldError(FILE, FILE, _("Hãy chọn một tệp.")),), 422)
    try:
        design_id = import_files(actor=actor, at=clock.now(), content=sent.read(LARGEST_ZIP + 1))
    except FilesUnreadable as refusal:
        return show((_of(refusal),), 422)
    messages.success(request, _("Đã đọc tệp vào một bản soạn. Các chỗ sai, nếu có, ở đầu trang."))
    return redirect("designer:design", design_id=design_id)


def _of(refusal: Refusal) -> FieldError:
    return FieldError(FILE, FILE, refusal.sentence())


def _page(actor: Actor, asked: str) -> HomePage:
    rows = tuple(
        Row(
            title=one.title or _("(chưa có tên)"),
            code=one.code,
            is_proposed=one.state == one.State.PROPOSED,
            who=one.changed_by.full_name,
            at=one.changed_at,
            url=reverse("designer:design", args=[one.pk]),
        )
        for one in queries.designs(actor=actor)
    )
    return HomePage(
        rows=rows,
        asked=asked,
        found=_found(asked) if asked else None,
        may_write=any(post.role == "catalogue_editor" for post in actor.posts),
    )


def _found(asked: str) -> tuple[FoundProcedure, ...]:
    return tuple(
        FoundProcedure(one.code, say(one.name), reverse("designer:versions", args=[one.code]))
        for one in searching.search(asked).cards[:MOST_FOUND]
        if one.filed_here
    )
