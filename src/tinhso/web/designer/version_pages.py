"""The versions of a procedure: what was published when and by whom, back to one of them, and what differs."""

import difflib
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.definitions import officially
from tinhso.definitions.comparing import compare
from tinhso.definitions.designing.document import Document, SourceBroken
from tinhso.definitions.designing.whole import whole_file
from tinhso.definitions.history import Happened, history_of
from tinhso.definitions.models import ProcedureVersion
from tinhso.designs import queries
from tinhso.designs.actions.publish_design import give_back_procedure, restore_version
from tinhso.designs.publications import Publication, publications_of
from tinhso.forms.types import Field
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.web.designer.entering import Opened, designers_only, opened, show
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of, draw
from tinhso.web.portal.differences import Group, groups
from tinhso.web.portal.language import say

REASON, DECISION, VERSION = "ly-do", "quyet-dinh", "phien-ban"
MOST_LINES = 600


@dataclass(frozen=True, slots=True)
class VersionLine:
    """
    :param why: reason and decision of a publication from the desk; None of one by the files
    """

    happened: Happened
    why: Publication | None
    may_restore: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """
    :param is_held: an officer's version holds, the packs' file waits
    """

    code: str
    name: str
    lines: tuple[VersionLine, ...]
    fields: tuple[Field, ...]
    may_write: bool
    may_publish: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DiffPage:
    """
    :param base: the version in force it is compared with; None for a new procedure
    :param is_behind: another version came into force since this one was begun
    """

    base: UUID | None
    is_behind: bool
    groups: tuple[Group, ...]
    text: tuple[TextLine, ...]
    cut: bool
    running: queries.Running


@require_safe
@designers_only
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Show every version of a procedure. :raises NotFound: none was ever published"""
    return draw(request, "designer/versions.html", page=_versions(request, code))


@require_POST
@designers_only
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Put an older version into force again."""
    version_id = as_uuid(request.POST.get(VERSION, ""))
    if version_id is None:
        raise NotFound
    restore_version(
        actor=actor_of(request),
        at=clock.now(),
        code=code,
        version_id=version_id,
        reason=request.POST.get(REASON, ""),
        decision=request.POST.get(DECISION, ""),
    )
    messages.success(
        request, _("Phiên bản đã chọn đang có hiệu lực. Hồ sơ đang xử lý giữ phiên bản lúc nộp.")
    )
    return redirect("designer:versions", code=code)


@require_POST
@designers_only
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Let the file of the packs count again."""
    give_back_procedure(
        actor=actor_of(request), at=clock.now(), code=code, reason=request.POST.get(REASON, "")
    )
    messages.success(
        request, _("Từ nay thủ tục theo tệp trong packs. Hồ sơ đang xử lý giữ phiên bản lúc nộp.")
    )
    return redirect("designer:versions", code=code)


@require_safe
@designers_only
def diff(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Show in words and as text what a design would change, and what becomes of dossiers on their way."""
    work = opened(request, design_id)
    return show(request, work, "designer/diff.html", tab="diff", page=diff_page(work))


def diff_page(work: Opened) -> DiffPage:
    """Return what the design would change in the version in force."""
    current = queries.in_force(work.design.code) if work.design.code else None
    running = queries.running(work.design.code)
    new = work.checked.procedure or work.checked.patched
    if current is None:
        return DiffPage(None, False, (), (), False, running)
    version = ProcedureVersion.objects.get(pk=current.version_id)
    old = whole_file(version.source, current.procedure, dict(version.templates))
    text = tuple(_text(_normal(old.source), work.design.source, "procedure.yaml"))
    for name in sorted({*old.templates, *work.design.templates}):
        text += tuple(_text(old.templates.get(name, ""), work.design.templates.get(name, ""), name))
    found = compare(current.procedure, new) if new else ()
    return DiffPage(
        base=current.version_id,
        is_behind=work.design.based_on_id is not None and work.design.based_on_id != current.version_id,
        groups=groups(current.procedure, new, found) if new else (),
        text=text[:MOST_LINES],
        cut=len(text) > MOST_LINES,
        running=running,
    )


def _versions(request: HttpRequest, code: str) -> VersionsPage:
    history, actor = history_of(code), actor_of(request)
    current = queries.in_force(code)
    if not history and current is None:
        raise NotFound
    why = publications_of(code)
    roles = {post.role for post in actor.posts}
    publishes = "catalogue_publisher" in roles
    lines = tuple(
        VersionLine(
            one,
            why.get((one.version_id, one.at)),
            publishes and one.what == "published" and not (current and current.version_id == one.version_id),
        )
        for one in history
    )
    name = say(current.procedure.name) if current else code
    return VersionsPage(
        code=code,
        name=name,
        lines=lines,
        fields=reason_fields() if publishes else (),
        may_write="catalogue_editor" in roles,
        may_publish=publishes,
        is_held=officially.is_held(code),
    )


def reason_fields(data: QueryDict | None = None) -> tuple[Field, ...]:
    """Return the boxes every publication asks for."""
    typed = data if data is not None else QueryDict()
    return (
        boxes.field(REASON, "long_text", _("Lý do"), typed, hint=_("Thay đổi gì, vì sao."), max_length=1000),
        boxes.field(
            DECISION, "text", _("Số quyết định công bố"), typed, hint=_("Ví dụ: 1245/QĐ-UBND"), max_length=120
        ),
    )


def _normal(source: str) -> str:
    """Return the file as it would be written again, so that only what was changed differs."""
    try:
        return Document(source).text()
    except SourceBroken:
        return source


def _text(old: str, new: str, name: str) -> list[TextLine]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm="", n=2)
    kinds = {"+": "added", "-": "removed", "@": "place"}
    return [
        TextLine(kinds.get(line[:1], "same"), line) for line in lines if not line.startswith(("+++", "---"))
    ]
