"""One task at the desk: its reports, what it waits for, and the forms to report and to arrange."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.forms.types import Choice, Field, FieldError
from tinhso.kernel import clock
from tinhso.plans import queries
from tinhso.plans.actions.assign import set_blocked_by
from tinhso.plans.actions.report_task import NoSuchProgress, report_task
from tinhso.plans.views import PlanView, ReportView, TaskView
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.plans import asking
from tinhso.web.plans.deeds import DO, Deed, Errors, assigning, carry_out
from tinhso.web.plans.rows import TaskLine, task_line
from tinhso.web.plans.target_page import OwnerForm, owner_form
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class ReportLine:
    progress: int
    note: str
    document: str
    link: str
    file_url: str
    file_name: str
    by: str
    at: datetime
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Another task, with where it is shown."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    progress: Field
    proof: asking.ProofBoxes
    is_open: bool


@dataclass(frozen=True, slots=True)
class WaitsForm:
    waits: Field
    reason: Field
    is_open: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    plan_id: str
    plan: str
    line: TaskLine
    pillar: str
    blocked_by: tuple[Linked, ...]
    holds_up: tuple[Linked, ...]
    reports: tuple[ReportLine, ...]
    report: ReportForm | None
    waits: WaitsForm | None
    owner: OwnerForm | None
    is_own: bool


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, plan_id: str, task_id: str) -> HttpResponse:
    """Show one task and do what the officer chose. :raises PlanMissing, TaskMissing: there is none"""
    at = clock.now()
    if request.method != "POST":
        return _draw(request, plan_id, task_id, at=at, data=QueryDict())

    def refused(errors: Errors, status: int) -> HttpResponse:
        return _draw(request, plan_id, task_id, at=at, data=request.POST, errors=errors, status=status)

    return carry_out(request, DEEDS, plan_id, task_id, at=at, refused=refused)


def _report(request: HttpRequest, plan_id: str, task_id: str, at: datetime) -> None:
    typed = request.POST.get(asking.PROGRESS, "").strip().rstrip("%").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
        raise NoSuchProgress
    report_task(
        actor=actor_of(request),
        at=at,
        plan_id=plan_id,
        task_id=task_id,
        progress=int(typed),
        proof=asking.proof_of(request),
    )


def _waits(request: HttpRequest, plan_id: str, task_id: str, at: datetime) -> None:
    set_blocked_by(
        actor=actor_of(request),
        at=at,
        plan_id=plan_id,
        task_id=task_id,
        blocked_by=request.POST.getlist(asking.WAITS),
        reason=request.POST.get(asking.WAITS_REASON, ""),
    )


DEEDS = {
    "report": Deed(
        _report,
        gettext_lazy("Đã ghi báo cáo; báo cáo trước vẫn còn trong lịch sử."),
        asking.PROGRESS,
    ),
    "waits": Deed(_waits, gettext_lazy("Đã ghi những việc phải xong trước."), asking.WAITS),
    "assign": Deed(
        assigning("task"),
        gettext_lazy("Đã đổi cơ quan chủ trì; lịch sử ghi lại cơ quan trước."),
        asking.OWNER,
    ),
}


def _draw(
    request: HttpRequest,
    plan_id: str,
    task_id: str,
    *,
    at: datetime,
    data: QueryDict,
    errors: Errors = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    plan, view = queries.access_task(actor=actor, at=at, plan_id=plan_id, task_id=task_id)
    page = task_page(plan, view, data=data, errors=errors)
    return draw(request, "plans/task.html", status, page=page, errors=errors)


def task_page(plan: PlanView, view: TaskView, *, data: QueryDict, errors: Errors = ()) -> TaskPage:
    """Return one task with what the officer may do."""
    wrong = tuple(FieldError(one.field_name, one.field_name, one.sentence) for one in errors)
    task, did = view.task, data.get(DO, "")
    code = view.owner.code if view.owner else ""

    def linked(tasks: tuple[object, ...]) -> tuple[Linked, ...]:
        address = {one.task.id: reverse("plans:task", args=[plan.plan.id, one.task.id]) for one in plan.tasks}
        return tuple(
            Linked(say(one.task.text), address[one.task.id]) for one in plan.tasks if one.task in tasks
        )

    return TaskPage(
        plan_id=plan.plan.id,
        plan=say(plan.plan.name),
        line=task_line(plan.plan, view, area="plans"),
        pillar=next(say(one.name) for one in plan.plan.pillars if one.id == task.pillar),
        blocked_by=linked(view.blocked_by),
        holds_up=linked(view.holds_up),
        reports=tuple(_report_line(one) for one in view.reports),
        report=_report_form(data, wrong, is_open=did == "report") if view.may_report else None,
        waits=_waits_form(plan, view, data, wrong, is_open=did == "waits") if plan.may_assign else None,
        owner=owner_form(code, data, wrong, is_open=did == "assign") if plan.may_assign else None,
        is_own=plan.is_own,
    )


def _report_line(one: ReportView) -> ReportLine:
    proof = one.evidence
    on = f", {proof.document_on.strftime('%d/%m/%Y')}" if proof.document_on else ""
    return ReportLine(
        progress=one.progress,
        note=proof.note,
        document=proof.document_number + on if proof.document_number else "",
        link=proof.link,
        file_url=reverse("plans:proof", args=[proof.file_id]) if proof.file_id else "",
        file_name=proof.file_name,
        by=proof.by_name,
        at=proof.at,
        is_sample=proof.is_sample,
    )


def _report_form(data: QueryDict, wrong: tuple[FieldError, ...], *, is_open: bool) -> ReportForm:
    hint = _("Từ 0 đến 100. Ghi 100 khi đã xong; khi ấy phải có căn cứ.")
    progress = boxes.field(
        asking.PROGRESS,
        "short_text",
        _("Tiến độ (%)"),
        data,
        hint=hint,
        errors=wrong,
        max_length=4,
        inputmode="numeric",
    )
    return ReportForm(progress, asking.proof_boxes(data, wrong), is_open)


def _waits_form(
    plan: PlanView, view: TaskView, data: QueryDict, wrong: tuple[FieldError, ...], *, is_open: bool
) -> WaitsForm:
    chosen = set(data.getlist(asking.WAITS)) if is_open else {one.id for one in view.blocked_by}
    options = tuple(
        Choice(one.task.id, say(one.task.text), "", one.task.id in chosen)
        for one in plan.tasks
        if one.task.id != view.task.id
    )
    waits = boxes.field(
        asking.WAITS,
        "many_of",
        _("Việc nào phải xong trước việc này?"),
        data,
        hint=_("Bỏ hết dấu chọn nếu không phải chờ việc nào."),
        errors=wrong,
        required=False,
    )
    reason = boxes.field(asking.WAITS_REASON, "short_text", _("Lý do"), data, errors=wrong, max_length=500)
    return WaitsForm(boxes.with_options(waits, options), reason, is_open)
