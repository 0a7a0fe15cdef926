"""Plans as they stand: every status, sum and forecast is worked out here from what is known at a moment."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from tinhso.kernel import files
from tinhso.kernel.models import StoredFile
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.plans import policies
from tinhso.plans.drawing_up import Known, drawn_up
from tinhso.plans.duties import duties_of
from tinhso.plans.models import TargetValue, TaskReport
from tinhso.plans.ports import indicators
from tinhso.plans.reading import PlanFile, PlanMissing, plan_file, plans, rules
from tinhso.plans.refusals import TargetMissing, TaskMissing, ValueMissing
from tinhso.plans.views import PlanView, TargetView, TaskView


def list_plans(*, actor: Actor, at: datetime) -> tuple[PlanView, ...]:
    """Return the plans this actor sees: the province's own, newest on top; then, to officers, examples."""
    seen = [file for file in plans().values() if _is_seen(file, actor)]
    seen.sort(key=lambda file: (not file.is_own, -file.plan.since.toordinal(), file.plan.id))
    return _views(seen, actor=actor, at=at)


def access_plan(*, actor: Actor, at: datetime, plan_id: str) -> PlanView:
    """:raises PlanMissing: absent, or not public and the actor no officer"""
    return _one(actor, at, plan_id, with_figures=True)


def access_target(*, actor: Actor, at: datetime, plan_id: str, target_id: str) -> tuple[PlanView, TargetView]:
    """:raises PlanMissing, TargetMissing: absent, or not public and the actor no officer"""
    view = _one(actor, at, plan_id)
    found = next((one for one in view.targets if one.target.id == target_id), None)
    if found is None:
        raise TargetMissing
    return view, found


def access_task(*, actor: Actor, at: datetime, plan_id: str, task_id: str) -> tuple[PlanView, TaskView]:
    """:raises PlanMissing, TaskMissing: absent, or not public and the actor no officer"""
    view = _one(actor, at, plan_id)
    found = next((one for one in view.tasks if one.task.id == task_id), None)
    if found is None:
        raise TaskMissing
    return view, found


def open_proof(*, actor: Actor, proof_id: UUID) -> tuple[StoredFile, str, BinaryIO]:
    """
    Return the file of a value or a report, its name and its content: officers' alone.

    :param proof_id: of the value or the report
    :raises ValueMissing: absent, without a file, or the actor is no officer
    """
    row: TargetValue | TaskReport | None = None
    if policies.sees_desk(actor):
        row = TargetValue.objects.filter(pk=proof_id).select_related("file").first()
        row = row or TaskReport.objects.filter(pk=proof_id).select_related("file").first()
    if row is None or row.file is None:
        raise ValueMissing
    return row.file, row.file_name, files.open_file(row.file.id)


def _one(actor: Actor, at: datetime, plan_id: str, *, with_figures: bool = False) -> PlanView:
    file = plan_file(plan_id)
    if not _is_seen(file, actor):
        raise PlanMissing
    return _views([file], actor=actor, at=at, with_figures=with_figures)[0]


def _is_seen(file: PlanFile, actor: Actor) -> bool:
    return (file.is_own and file.plan.public) or policies.sees_desk(actor)


def _views(
    seen: Iterable[PlanFile], *, actor: Actor, at: datetime, with_figures: bool = False
) -> tuple[PlanView, ...]:
    """
    Return the plans with as many questions for one as for fifty.

    :param with_figures: also compute what stands beside published figures
    """
    found = list(seen)
    ids = [file.plan.id for file in found]
    values = TargetValue.objects.filter(plan_id__in=ids, at__lte=at).order_by("-as_of", "-at")
    known = Known(
        actor=actor,
        at=at,
        is_desk=policies.sees_desk(actor),
        rules=rules(),
        codes=policies.agency_codes(actor),
        agencies={one.code: one for one in people.agencies()} if found else {},
        duties=duties_of(ids),
        values=tuple(values.select_related("verdict__by", "by")),
        reports=tuple(
            TaskReport.objects.filter(plan_id__in=ids, at__lte=at).order_by("-at", "-id").select_related("by")
        ),
        computed=indicators().read(_measured(found, with_figures), actor=actor, at=at),
    )
    return tuple(drawn_up(file, known) for file in found)


def _measured(found: list[PlanFile], with_figures: bool) -> frozenset[str]:
    targets = {one.indicator for file in found for one in file.plan.targets}
    figures = {one.indicator for file in found for one in file.plan.figures if with_figures}
    return frozenset((targets | figures) - {""})
