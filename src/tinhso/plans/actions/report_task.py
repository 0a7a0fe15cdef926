"""Report how far a task is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Refusal
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor
from tinhso.plans import policies, versions
from tinhso.plans.duties import duties_of
from tinhso.plans.events import TaskReported
from tinhso.plans.models import TaskReport
from tinhso.plans.proofs import Proof, kept
from tinhso.plans.reading import plan_file
from tinhso.plans.refusals import TaskMissing

DONE = 100


class NoSuchProgress(Refusal):
    code = "plan-no-such-progress"
    message = _("Tiến độ là số nguyên từ 0 đến 100 (phần trăm).")


class NothingToldOfTask(Refusal):
    code = "plan-nothing-told"
    message = _("Hãy ghi vài lời về việc đã làm, hoặc căn cứ của tiến độ này.")


@transaction.atomic
def report_task(
    *,
    actor: Actor,
    at: datetime,
    plan_id: str,
    task_id: str,
    progress: int,
    proof: Proof,
    is_sample: bool = False,
) -> UUID:
    """
    Write down how far the task is; 100 is done, and needs proof. Return the report's id.

    :param progress: percent, 0–100
    :raises PlanMissing, TaskMissing: there is none
    :raises ExampleOnly, NotYourPlanPart: the actor may not
    :raises NoSuchProgress, NothingToldOfTask, NoProof: it makes no sense
    """
    file = plan_file(plan_id)
    task = file.plan.task(task_id)
    if task is None:
        raise TaskMissing
    locks.hold(f"plan-task/{plan_id}/{task_id}")

    owner = duties_of([plan_id])[plan_id].owner(task)
    actor = policies.require(actor=actor, deed="enter", file=file, owner=owner)

    if not 0 <= progress <= DONE:
        raise NoSuchProgress
    if not normalise(proof.note) and not proof.is_there:
        raise NothingToldOfTask
    columns = kept(proof, at=at, is_needed=progress == DONE)

    row = TaskReport.objects.create(
        version=versions.current(file, at=at),
        plan_id=plan_id,
        task_id=task_id,
        progress=progress,
        is_sample=is_sample,
        by_id=actor.account_id,
        at=at,
        **columns,
    )

    event = TaskReported(report_id=row.id, plan=plan_id, task=task_id, progress=progress)
    ledger.record(actor=actor, at=at, event=event)
    return row.id
