"""From what is known of a plan to what is shown of it. No question is asked of the database here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tinhso.kernel.clock import local
from tinhso.people.types import Actor, AgencyView
from tinhso.plans import policies
from tinhso.plans.duties import Duties, edges
from tinhso.plans.forecast import forecast
from tinhso.plans.models import Evidence, TargetValue, TaskReport
from tinhso.plans.ports import Computed
from tinhso.plans.reading import PlanFile
from tinhso.plans.status import Status, stand
from tinhso.plans.types import Figure, Plan, PlanRules, Target
from tinhso.plans.values import ValueState, points, states, verdict_of
from tinhso.plans.views import (
    EvidenceView,
    FigureView,
    PlanView,
    ReportView,
    Tally,
    TargetView,
    TaskState,
    TaskView,
    ValueView,
)

DONE = 100
ORDER = (TaskState.LATE, TaskState.BLOCKED, TaskState.RUNNING, TaskState.NOT_STARTED, TaskState.DONE)


@dataclass(frozen=True, slots=True)
class Known:
    """
    Everything the database and the indicators say of some plans.

    :param is_desk: the reader is an officer: sees names, notes, and what is not confirmed
    :param codes: agency id → code, of the reader's posts
    :param agencies: by code
    :param values: newest first, verdicts loaded; ``reports`` likewise
    """

    actor: Actor
    at: datetime
    is_desk: bool
    rules: PlanRules
    codes: dict[str, str]
    agencies: Mapping[str, AgencyView]
    duties: Mapping[str, Duties]
    values: tuple[TargetValue, ...]
    reports: tuple[TaskReport, ...]
    computed: Mapping[str, Computed]

    @property
    def today(self) -> date:
        return local(self.at).date()


def drawn_up(file: PlanFile, known: Known) -> PlanView:
    """Return the plan as it stands."""
    plan = file.plan
    targets = tuple(_target(file, one, known) for one in plan.targets)
    listed = plan.counts.tasks if plan.counts else None
    return PlanView(
        plan=plan,
        folder=file.folder,
        is_own=file.is_own,
        coordinator=known.agencies.get(plan.coordinator),
        targets=targets,
        tasks=_tasks(file, known),
        figures=tuple(_figure(one, known) for one in plan.figures),
        tally=_tally(plan, targets),
        unlisted_tasks=max((listed or len(plan.tasks)) - len(plan.tasks), 0),
        may_assign=policies.may(actor=known.actor, deed="assign", file=file, owner="", codes=known.codes),
    )


def _tally(plan: Plan, targets: tuple[TargetView, ...]) -> Tally:
    counted = [one for one in targets if one.target.counted]
    by_status = {status: sum(one.standing.status is status for one in counted) for status in Status}
    return Tally(by_status, len(counted), plan.counts.targets if plan.counts else None)


def _target(file: PlanFile, target: Target, known: Known) -> TargetView:
    rows = [one for one in known.values if (one.plan_id, one.target_id) == (file.plan.id, target.id)]
    stands = states(rows)
    counted = [one for one in rows if stands[one] is ValueState.COUNTS]
    computed = known.computed.get(target.indicator) if target.indicator else None
    given = computed.points if computed else (() if target.indicator else points(counted))
    past = tuple(one for one in given if one.on <= known.today)
    owner = known.duties[file.plan.id].owner(target)
    shown = rows if known.is_desk else counted
    return TargetView(
        target=target,
        standing=stand(target, past, today=known.today),
        forecast=forecast(target, past, today=known.today, rules=known.rules.forecast),
        points=past,
        entered=tuple(_value(one, stands[one], known) for one in shown),
        owner=known.agencies.get(owner),
        is_computed=bool(target.indicator),
        is_sample=any(one.is_sample for one in counted),
        url=computed.url if computed else "",
        checkpoint=computed.checkpoint if computed else "",
        may_enter=not target.indicator and _may(known, "enter", file, owner),
        may_confirm=_may(known, "confirm", file, owner),
    )


def _may(known: Known, deed: policies.Deed, file: PlanFile, owner: str) -> bool:
    return policies.may(actor=known.actor, deed=deed, file=file, owner=owner, codes=known.codes)


def _value(row: TargetValue, state: ValueState, known: Known) -> ValueView:
    said = verdict_of(row)
    names = known.is_desk
    return ValueView(
        id=row.id,
        value=row.value,
        as_of=row.as_of,
        state=state,
        corrects=row.corrects_id,
        evidence=evidence_view(row, is_desk=names),
        decided_by=said.by.full_name if names and said and said.by else "",
        decided_at=said.at if said else None,
        reason=said.reason if names and said else "",
        is_own=row.by_id is not None and row.by_id == known.actor.account_id,
    )


def evidence_view(row: Evidence, *, is_desk: bool) -> EvidenceView:
    """Return what proves it; citizens see documents and addresses, not names, notes and files."""
    return EvidenceView(
        document_number=row.document_number,
        document_on=row.document_on,
        link=row.link,
        file_id=row.id if is_desk and row.file_id else None,
        file_name=row.file_name if is_desk else "",
        note=row.note if is_desk else "",
        is_sample=row.is_sample,
        by_name=row.by.full_name if is_desk and row.by else "",
        at=row.at,
    )


def _figure(figure: Figure, known: Known) -> FigureView:
    computed = known.computed.get(figure.indicator) if figure.indicator else None
    past = [one for one in computed.points if one.on <= known.today] if computed else []
    return FigureView(figure, past[-1] if past else None, computed.url if computed else "")


def _tasks(file: PlanFile, known: Known) -> tuple[TaskView, ...]:
    plan, duties = file.plan, known.duties[file.plan.id]
    by_id = {one.id: one for one in plan.tasks}
    waits = edges(plan, duties)
    reports: dict[str, list[TaskReport]] = {one: [] for one in by_id}
    for row in known.reports:
        if row.plan_id == plan.id and row.task_id in reports:
            reports[row.task_id].append(row)
    progress = {one: rows[0].progress if rows else 0 for one, rows in reports.items()}
    found = []
    for task in plan.tasks:
        owner = duties.owner(task)
        waits_for = tuple(by_id[name] for name in waits[task.id] if progress[name] < DONE)
        days_left = (task.due - known.today).days if task.due else None
        state = _state(progress[task.id], days_left, is_blocked=bool(waits_for))
        found.append(
            TaskView(
                task=task,
                state=state,
                progress=progress[task.id],
                days_left=days_left,
                is_soon=state is not TaskState.DONE
                and days_left is not None
                and 0 <= days_left <= known.rules.soon_days,
                owner=known.agencies.get(owner),
                blocked_by=tuple(by_id[name] for name in waits[task.id]),
                waits_for=waits_for,
                holds_up=tuple(one for one in plan.tasks if task.id in waits[one.id]),
                has_report=bool(reports[task.id]),
                reports=tuple(
                    ReportView(row.id, row.progress, evidence_view(row, is_desk=True))
                    for row in reports[task.id]
                )
                if known.is_desk
                else (),
                may_report=_may(known, "enter", file, owner),
            )
        )
    return tuple(sorted(found, key=_urgency))


def _state(progress: int, days_left: int | None, *, is_blocked: bool) -> TaskState:
    if progress >= DONE:
        return TaskState.DONE
    if days_left is not None and days_left < 0:
        return TaskState.LATE
    if is_blocked:
        return TaskState.BLOCKED
    return TaskState.RUNNING if progress else TaskState.NOT_STARTED


def _urgency(one: TaskView) -> tuple[bool, bool, date, int]:
    return (
        one.state is TaskState.DONE,
        one.task.due is None,
        one.task.due or date.max,
        ORDER.index(one.state),
    )
