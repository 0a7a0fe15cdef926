"""Plans at the desk: the list, one plan, its tasks, what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.plans import queries
from tinhso.plans.history import Change, history_of
from tinhso.plans.status import Status
from tinhso.plans.views import PlanView, TaskState
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import Tab
from tinhso.web.plans import words
from tinhso.web.plans.rows import PlanPage, TaskLine, agency_name, plan_page
from tinhso.web.portal.language import say

AREA = "plans"
STATE = "trang-thai"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the list; ``said`` is how many targets the document has, None: not known."""

    title: str
    number: str
    issuer: str
    url: str
    reached: int
    listed: int
    said: int | None
    unlisted: int
    no_data: int
    behind: int
    tasks: int
    late_tasks: int
    waiting: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    own: tuple[PlanLine, ...]
    examples: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class TasksPage:
    """:param is_narrowed: only those in one state are shown"""

    id: str
    title: str
    tabs: tuple[Tab, ...]
    tasks: tuple[TaskLine, ...]
    unlisted: int
    said: int | None
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    what: str
    about: str
    who: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    id: str
    title: str
    lines: tuple[HistoryLine, ...]


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    """List the plans with how many targets are reached."""
    views = queries.list_plans(actor=actor_of(request), at=clock.now())
    return draw(request, "plans/home.html", page=home_page(views))


@require_safe
@officers_only
def plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Show one plan. :raises PlanMissing: there is none"""
    at = clock.now()
    view = queries.access_plan(actor=actor_of(request), at=at, plan_id=plan_id)
    return draw(request, "plans/plan.html", page=plan_page(view, area=AREA, at=at))


@require_safe
@officers_only
def tasks(request: HttpRequest, plan_id: str) -> HttpResponse:
    """List the tasks, late ones first. :raises PlanMissing: there is none"""
    at = clock.now()
    view = queries.access_plan(actor=actor_of(request), at=at, plan_id=plan_id)
    page = tasks_page(view, plan_page(view, area=AREA, at=at), request.GET.get(STATE, ""))
    return draw(request, "plans/tasks.html", page=page)


@require_safe
@officers_only
def history(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Show everything that happened to the plan. :raises PlanMissing: there is none"""
    actor = actor_of(request)
    view = queries.access_plan(actor=actor, at=clock.now(), plan_id=plan_id)
    agencies = {one.code: agency_name(one) for one in people.agencies()}
    lines = tuple(_line(view, one, agencies) for one in history_of(actor=actor, plan_id=plan_id))
    return draw(request, "plans/history.html", page=HistoryPage(plan_id, say(view.plan.name), lines))


def home_page(views: tuple[PlanView, ...]) -> HomePage:
    """Return the list: the province's own plans, and those of others as examples."""
    lines = [(view.is_own, plan_line(view, area=AREA)) for view in views]
    return HomePage(
        own=tuple(line for is_own, line in lines if is_own),
        examples=tuple(line for is_own, line in lines if not is_own),
    )


def plan_line(view: PlanView, *, area: str) -> PlanLine:
    """Return one plan as lists show it."""
    by_status = view.tally.by_status
    return PlanLine(
        title=say(view.plan.name),
        number=view.plan.number,
        issuer=say(view.plan.issuer),
        url=reverse(f"{area}:plan", args=[view.plan.id]),
        reached=view.tally.reached,
        listed=view.tally.listed,
        said=view.tally.said,
        unlisted=view.tally.unlisted,
        no_data=by_status[Status.NO_DATA],
        behind=by_status[Status.BEHIND],
        tasks=len(view.tasks),
        late_tasks=view.late_tasks,
        waiting=sum(one.waiting for one in view.targets),
        told=tuple(f"{one.reached}/{one.of}, {view.plan.sources[one.source]}" for one in view.plan.told),
    )


def tasks_page(view: PlanView, page: PlanPage, state: str) -> TasksPage:
    """Return the tasks, narrowed to one state if the address names one."""
    chosen = state if state in set(TaskState) else ""
    by_id = {one.task.id: one.state for one in view.tasks}
    shown = tuple(one for one in page.tasks if not chosen or by_id[one.id] == chosen)
    address = reverse("plans:tasks", args=[page.id])
    tabs = [Tab(_("Tất cả"), address, len(view.tasks), not chosen)]
    for one in TaskState:
        count = sum(held is one for held in by_id.values())
        url = f"{address}?{STATE}={one}"
        tabs.append(Tab(str(words.TASK[one][2]), url, count, chosen == one, alarm=one is TaskState.LATE))
    return TasksPage(
        page.id, page.title, tuple(tabs), shown, page.unlisted_tasks, page.said_tasks, bool(chosen)
    )


def _line(view: PlanView, change: Change, agencies: dict[str, str]) -> HistoryLine:
    names = {one.target.id: say(one.target.text) for one in view.targets}
    names |= {one.task.id: say(one.task.text) for one in view.tasks}

    def said(values: tuple[str, ...]) -> str:
        known = agencies if change.kind == "owner" else names
        return ", ".join(known.get(one, one) for one in values)

    changes = tuple(
        (" · ".join(filter(None, (names.get(one.part_id, one.part_id), one.name))), one.before, one.after)
        for one in change.differences
    )
    if change.kind in ("owner", "blocked_by"):
        changes = ((_happened(change), said(change.before), said(change.after)),)
    return HistoryLine(
        at=change.at,
        what=_happened(change),
        about=names.get(change.part_id, change.part_id),
        who=change.by_name,
        reason=change.reason,
        changes=changes,
    )


def _happened(change: Change) -> str:
    value = words.number(change.value, 4).rstrip("0").rstrip(",.") if change.value is not None else ""
    match change.kind:
        case "entered" if change.is_correction:
            return _("Đính chính thành %(value)s, chờ xác nhận") % {"value": value}
        case "entered":
            return _("Nhập số liệu %(value)s, chờ xác nhận") % {"value": value}
        case "confirmed":
            return _("Xác nhận số liệu %(value)s") % {"value": value}
        case "refused":
            return _("Trả lại số liệu %(value)s") % {"value": value}
        case "reported":
            return _("Báo cáo tiến độ %(value)s %%") % {"value": value}
        case "owner":
            return _("Đổi cơ quan chủ trì")
        case "blocked_by":
            return _("Đổi việc phải chờ")
        case "version" if change.number == 1:
            return _("Đưa kế hoạch vào hệ thống")
        case "version":
            return _("Tệp kế hoạch có phiên bản %(number)s") % {"number": change.number}
