"""Who is in charge of a part, what a task waits for: the file's word, or the last one said at the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tinhso.plans.models import PlanDuty
from tinhso.plans.types import Plan, Target, Task

TARGET, TASK = "target", "task"


@dataclass(frozen=True, slots=True)
class Duties:
    """What was said at the desk, of one plan: by part, its id and what."""

    said: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)

    def owner(self, part: Target | Task) -> str:
        """Return the code of the agency in charge; empty: none is."""
        kind = TARGET if isinstance(part, Target) else TASK
        found = self.said.get((kind, part.id, PlanDuty.What.OWNER))
        return "".join(found) if found is not None else part.owner

    def blocked_by(self, task: Task) -> tuple[str, ...]:
        """Return the ids of the tasks that must be done before."""
        found = self.said.get((TASK, task.id, PlanDuty.What.BLOCKED_BY))
        return found if found is not None else task.blocked_by


def duties_of(plan_ids: Iterable[str]) -> dict[str, Duties]:
    """Return what was said of each of the plans, with one question to the database."""
    found: dict[str, dict[tuple[str, str, str], tuple[str, ...]]] = {one: {} for one in plan_ids}
    for row in PlanDuty.objects.filter(plan_id__in=list(found)).order_by("at", "id"):
        found[row.plan_id][row.part, row.part_id, row.what] = tuple(row.value)
    return {plan_id: Duties(said) for plan_id, said in found.items()}


def edges(plan: Plan, duties: Duties) -> dict[str, tuple[str, ...]]:
    """Return what each task waits for now; a task the file no longer has holds nothing up."""
    known = {one.id for one in plan.tasks}
    return {one.id: tuple(name for name in duties.blocked_by(one) if name in known) for one in plan.tasks}
