"""Say who is in charge of a part of a plan, and which tasks a task waits for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.kernel.text import normalise
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.plans import policies
from tinhso.plans.duties import TARGET, TASK, duties_of, edges
from tinhso.plans.events import PlanDutyChanged
from tinhso.plans.graph import cycle
from tinhso.plans.models import PlanDuty
from tinhso.plans.reading import plan_file
from tinhso.plans.refusals import ReasonNeeded, TargetMissing, TaskMissing


class NoSuchAgency(Refusal):
    code = "plan-no-such-agency"
    message = _("Không có cơ quan đang hoạt động mang mã «%(code)s». Hãy chọn trong danh sách.")


class NothingChanged(Conflict):
    code = "plan-nothing-changed"
    message = _("Phần này đang ghi đúng như vậy rồi, không có gì thay đổi.")


class WaitsInCircle(Refusal):
    code = "plan-waits-in-circle"
    message = _("Các nhiệm vụ sẽ chờ nhau thành vòng: %(circle)s. Hãy bỏ một nhiệm vụ khỏi danh sách.")


@transaction.atomic
def change_owner(
    *,
    actor: Actor,
    at: datetime,
    plan_id: str,
    part: Literal["target", "task"],
    part_id: str,
    agency_code: str,
    reason: str,
) -> UUID:
    """
    Put another agency in charge of a target or a task; return the id of what was written.

    :param agency_code: empty: nobody is in charge any more
    :raises PlanMissing, TargetMissing, TaskMissing: there is none
    :raises ExampleOnly, NotYourPlanPart: the actor may not
    :raises NoSuchAgency, ReasonNeeded, NothingChanged: it makes no sense
    """
    file = plan_file(plan_id)
    found = file.plan.target(part_id) if part == TARGET else file.plan.task(part_id)
    if found is None:
        raise TargetMissing if part == TARGET else TaskMissing
    locks.hold(f"plan/{plan_id}")

    actor = policies.require(actor=actor, deed="assign", file=file, owner="")

    before = duties_of([plan_id])[plan_id].owner(found)
    if agency_code and all(one.code != agency_code for one in people.agencies()):
        raise NoSuchAgency(code=agency_code)
    value = (agency_code,) if agency_code else ()
    row = PlanDuty(plan_id=plan_id, part=part, part_id=part_id, what=PlanDuty.What.OWNER)
    return _write(actor, at, row, before=(before,) if before else (), value=value, reason=reason)


@transaction.atomic
def set_blocked_by(
    *, actor: Actor, at: datetime, plan_id: str, task_id: str, blocked_by: Sequence[str], reason: str
) -> UUID:
    """
    Say which tasks must be done before this one; return the id of what was written.

    :raises PlanMissing, TaskMissing: there is none
    :raises ExampleOnly, NotYourPlanPart: the actor may not
    :raises WaitsInCircle, ReasonNeeded, NothingChanged: it makes no sense
    """
    file = plan_file(plan_id)
    task = file.plan.task(task_id)
    if task is None:
        raise TaskMissing
    locks.hold(f"plan/{plan_id}")

    actor = policies.require(actor=actor, deed="assign", file=file, owner="")

    duties = duties_of([plan_id])[plan_id]
    value = tuple(sorted(set(blocked_by)))
    if any(file.plan.task(one) is None for one in value):
        raise TaskMissing
    if circle := cycle({**edges(file.plan, duties), task_id: value}):
        said = {one.id: one.text.vi for one in file.plan.tasks}
        raise WaitsInCircle(circle=" → ".join(said[one] for one in circle))
    row = PlanDuty(plan_id=plan_id, part=TASK, part_id=task_id, what=PlanDuty.What.BLOCKED_BY)
    before = tuple(sorted(duties.blocked_by(task)))
    return _write(actor, at, row, before=before, value=value, reason=reason)


def _write(
    actor: Actor, at: datetime, row: PlanDuty, *, before: tuple[str, ...], value: tuple[str, ...], reason: str
) -> UUID:
    words = normalise(reason)
    if not words:
        raise ReasonNeeded
    if value == before:
        raise NothingChanged
    row.value, row.before, row.reason = list(value), list(before), words
    row.by_id, row.at = actor.account_id, at
    row.save(force_insert=True)

    event = PlanDutyChanged(
        duty_id=row.id, plan=row.plan_id, part=row.part, part_id=row.part_id, what=row.what, value=value
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.id
