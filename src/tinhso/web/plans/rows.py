"""Parts that the pages of officers and citizens share: targets, tasks and figures as lines."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.plans.status import Status
from tinhso.plans.types import Plan
from tinhso.plans.views import FigureView, PlanView, TargetView, TaskState, TaskView
from tinhso.web.parts import Tone
from tinhso.web.plans import words
from tinhso.web.plans.chart import spark
from tinhso.web.portal.language import language, say
from tinhso.web.templatetags.look import day


@dataclass(frozen=True, slots=True)
class ReportedLine:
    """A figure somebody published about a target, with where it was read."""

    label: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """
    :param value: empty: there is none
    :param spark: points of a small line; empty with fewer than two values
    """

    id: str
    text: str
    url: str
    owner: str
    unit: str
    aim: str
    by: date
    value: str
    as_of: date | None
    tone: Tone
    icon: str
    status: str
    prospect: str
    spark: str
    source: str
    reported: tuple[ReportedLine, ...]
    is_counted: bool
    is_sample: bool
    is_computed: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class TaskLine:
    id: str
    text: str
    url: str
    owner: str
    due: date | None
    left: str
    is_soon: bool
    tone: Tone
    icon: str
    state: str
    progress: int
    has_report: bool
    waits_for: tuple[str, ...]
    holds_up: tuple[str, ...]
    note: str
    source: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class FigureLine:
    """:param computed: what the system computes of the same thing; empty: nothing"""

    text: str
    value: str
    label: str
    source: str
    computed: str
    computed_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Targets of one pillar; ``has_data``: at least one of them has a value."""

    id: str
    name: str
    reached: int
    has_data: bool
    targets: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    text: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class TallyTile:
    count: int
    label: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PlanPage:
    """
    :param unlisted: targets the document has and the file does not
    :param missed: names of the targets that are not reached, with their pages
    :param as_of: the moment everything was computed for
    """

    id: str
    title: str
    number: str
    issuer: str
    since: date
    until: date
    coordinator: str
    reached: int
    listed: int
    has_data: bool
    said: int | None
    unlisted: int
    tiles: tuple[TallyTile, ...]
    missed: tuple[TargetLine, ...]
    told: tuple[ToldLine, ...]
    gaps: str
    groups: tuple[Group, ...]
    beyond: tuple[TargetLine, ...]
    tasks: tuple[TaskLine, ...]
    unlisted_tasks: int
    said_tasks: int | None
    late_tasks: int
    done_tasks: int
    figures: tuple[FigureLine, ...]
    is_own: bool
    is_sample: bool
    as_of: datetime
    waiting: int


def plan_page(view: PlanView, *, area: str, at: datetime) -> PlanPage:
    """:param area: ``plans`` at the desk, ``plans-public`` for citizens"""
    plan = view.plan
    lines = {one.target.id: target_line(plan, one, area=area) for one in view.targets}
    return PlanPage(
        id=plan.id,
        title=say(plan.name),
        number=plan.number,
        issuer=say(plan.issuer),
        since=plan.since,
        until=plan.until,
        coordinator=agency_name(view.coordinator),
        reached=view.tally.reached,
        listed=view.tally.listed,
        has_data=view.tally.by_status[Status.NO_DATA] < view.tally.listed,
        said=view.tally.said,
        unlisted=view.tally.unlisted,
        tiles=_tiles(view),
        missed=tuple(lines[one.target.id] for one in view.not_reached),
        told=tuple(
            ToldLine(
                _("%(day)s: %(reached)s/%(of)s chỉ tiêu đạt")
                % {"day": day(one.on), "reached": one.reached, "of": one.of},
                say(one.note),
                plan.sources[one.source],
            )
            for one in plan.told
        ),
        gaps=say(plan.gaps),
        groups=_groups(view, lines),
        beyond=tuple(lines[one.target.id] for one in view.targets if not one.target.counted),
        tasks=tuple(task_line(plan, one, area=area) for one in view.tasks),
        unlisted_tasks=view.unlisted_tasks,
        said_tasks=plan.counts.tasks if plan.counts else None,
        late_tasks=view.late_tasks,
        done_tasks=view.done_tasks,
        figures=tuple(_figure(plan, one) for one in view.figures),
        is_own=view.is_own,
        is_sample=any(one.is_sample for one in view.targets)
        or any(report.evidence.is_sample for task in view.tasks for report in task.reports),
        as_of=at,
        waiting=sum(one.waiting for one in view.targets),
    )


def _tiles(view: PlanView) -> tuple[TallyTile, ...]:
    return tuple(
        TallyTile(view.tally.by_status[status], str(words.STATUS[status][2]), words.STATUS[status][0])
        for status in Status
    )


def _groups(view: PlanView, lines: dict[str, TargetLine]) -> tuple[Group, ...]:
    found = []
    for pillar in view.plan.pillars:
        held = [one for one in view.targets if one.target.pillar == pillar.id and one.target.counted]
        reached = sum(one.standing.status is Status.REACHED for one in held)
        has_data = any(one.points for one in held)
        targets = tuple(lines[one.target.id] for one in held)
        found.append(Group(pillar.id, say(pillar.name), reached, has_data, targets))
    return tuple(found)


def target_line(plan: Plan, view: TargetView, *, area: str) -> TargetLine:
    """Return one target as lists show it."""
    target, latest = view.target, view.standing.latest
    tone, icon, _label = words.STATUS[view.standing.status]
    return TargetLine(
        id=target.id,
        text=say(target.text),
        url=reverse(f"{area}:target", args=[plan.id, target.id]),
        owner=agency_name(view.owner),
        unit=say(target.unit),
        aim=words.aim(target),
        by=target.by,
        value=words.number(latest.value, target.decimals) if latest else "",
        as_of=latest.on if latest else None,
        tone=tone,
        icon=icon,
        status=words.standing(view.standing),
        prospect=words.prospect(view.forecast, target) if latest else "",
        spark=spark(view.points),
        source=plan.sources[target.source],
        reported=tuple(
            ReportedLine(say(one.label), words.number(one.value, target.decimals), plan.sources[one.source])
            for one in target.reported
        ),
        is_counted=target.counted,
        is_sample=view.is_sample,
        is_computed=view.is_computed,
        waiting=view.waiting,
    )


def task_line(plan: Plan, view: TaskView, *, area: str) -> TaskLine:
    """Return one task as lists show it."""
    tone, icon, label = words.TASK[view.state]
    return TaskLine(
        id=view.task.id,
        text=say(view.task.text),
        url=reverse(f"{area}:task", args=[plan.id, view.task.id]) if area == "plans" else "",
        owner=agency_name(view.owner),
        due=view.task.due,
        left=words.time_left(view),
        is_soon=view.is_soon,
        tone=tone,
        icon=icon,
        state=_("Quá hạn, chưa có báo cáo") if _is_silent(view) else str(label),
        progress=view.progress,
        has_report=view.has_report,
        waits_for=tuple(say(one.text) for one in view.waits_for) if view.state is not TaskState.DONE else (),
        holds_up=tuple(say(one.text) for one in view.holds_up) if view.state is not TaskState.DONE else (),
        note=say(view.task.note),
        source=plan.sources[view.task.source],
        is_sample=any(one.evidence.is_sample for one in view.reports),
    )


def _is_silent(view: TaskView) -> bool:
    """Tell whether the task is over without anybody having said how far it is: it may be done."""
    return view.state is TaskState.LATE and not view.has_report


def _figure(plan: Plan, view: FigureView) -> FigureLine:
    figure = view.figure

    def shown(value: Decimal) -> str:
        return f"{words.number(value, figure.decimals)} {say(figure.unit)}"

    return FigureLine(
        text=say(figure.text),
        value=shown(figure.value),
        label=say(figure.label),
        source=plan.sources[figure.source],
        computed=shown(view.computed.value) if view.computed else "",
        computed_on=view.computed.on if view.computed else None,
        url=view.url,
    )


def agency_name(agency: object) -> str:
    """Return the agency's name in the reader's language; empty: none is in charge."""
    if agency is None:
        return ""
    english = getattr(agency, "name_en", "")
    return str(english if language() == "en" and english else getattr(agency, "name", ""))
