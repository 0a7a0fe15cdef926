"""Files of plans: targets and tasks as CSV, and what officers attached as proof."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS
from tinhso.plans import queries
from tinhso.plans.views import PlanView
from tinhso.web.desk.guard import actor_of, officers_only
from tinhso.web.plans import words
from tinhso.web.plans.rows import agency_name
from tinhso.web.portal.language import say

# Excel reads a file as UTF-8 only when it begins with this.
MARK = "\ufeff"


@require_safe
@officers_only
def targets_csv(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Send the targets as officers see them. :raises PlanMissing: there is none"""
    view = queries.access_plan(actor=actor_of(request), at=clock.now(), plan_id=plan_id)
    return as_csv(f"{plan_id}-chi-tieu.csv", _targets(view))


@require_safe
def public_csv(_request: HttpRequest, plan_id: str) -> HttpResponse:
    """Send the targets as everybody sees them. :raises PlanMissing: there is none, or it is not public"""
    view = queries.access_plan(actor=ANONYMOUS, at=clock.now(), plan_id=plan_id)
    return as_csv(f"{plan_id}-chi-tieu.csv", _targets(view))


@require_safe
@officers_only
def tasks_csv(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Send the tasks. :raises PlanMissing: there is none"""
    view = queries.access_plan(actor=actor_of(request), at=clock.now(), plan_id=plan_id)
    return as_csv(f"{plan_id}-nhiem-vu.csv", _tasks(view))


@require_safe
@officers_only
def proof(request: HttpRequest, proof_id: object) -> FileResponse:
    """Send the file attached to a value or a report. :raises ValueMissing: there is none"""
    stored, name, content = queries.open_proof(actor=actor_of(request), proof_id=proof_id)  # type: ignore[arg-type]
    return FileResponse(content, as_attachment=True, filename=name, content_type=stored.media_type)


def _targets(view: PlanView) -> Iterable[Iterable[object]]:
    yield (
        *(_("Mã"), _("Trụ cột"), _("Chỉ tiêu"), _("Đơn vị tính"), _("Phải đạt"), _("Hạn")),
        *(_("Giá trị"), _("Đến ngày"), _("Trạng thái"), _("Cơ quan chủ trì"), _("Nguồn"), _("Số liệu mẫu")),
    )
    pillars = {one.id: say(one.name) for one in view.plan.pillars}
    for one in view.targets:
        target, latest = one.target, one.standing.latest
        yield (
            *(target.id, pillars[target.pillar], say(target.text), say(target.unit)),
            *(words.aim(target), target.by.isoformat()),
            *((latest.value.normalize(), latest.on.isoformat()) if latest else ("", "")),
            *(words.standing(one.standing), agency_name(one.owner), view.plan.sources[target.source]),
            _("có") if one.is_sample else "",
        )


def _tasks(view: PlanView) -> Iterable[Iterable[object]]:
    yield (
        *(_("Mã"), _("Nhiệm vụ"), _("Cơ quan chủ trì"), _("Hạn"), _("Trạng thái"), _("Tiến độ (%)")),
        *(_("Chờ việc"), _("Nguồn")),
    )
    for one in view.tasks:
        yield (
            *(one.task.id, say(one.task.text), agency_name(one.owner)),
            *(one.task.due.isoformat() if one.task.due else "", str(words.TASK[one.state][2])),
            *(one.progress if one.has_report else "", "; ".join(say(task.text) for task in one.waits_for)),
            view.plan.sources[one.task.source],
        )


def as_csv(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return rows as a file that spreadsheets open as text."""
    text = StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _harmless(cell: object) -> object:
    """Keep a text from being a formula where a spreadsheet opens it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
