"""All that happened to a plan, the newest first: what was entered, decided, reported, arranged, rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from tinhso.people.types import Actor
from tinhso.plans.models import PlanDuty, PlanVersion, TargetValue, TaskReport, ValueVerdict
from tinhso.plans.policies import sees_desk
from tinhso.plans.reading import plan_file
from tinhso.plans.refusals import NotYourPlanPart
from tinhso.plans.versions import Difference, compare

Kind = Literal["version", "entered", "confirmed", "refused", "reported", "owner", "blocked_by"]
MOST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """
    One thing that happened.

    :param part_id: of the target or the task; empty for the whole plan
    :param value: of an entered value, or the percent of a report
    :param before: agency code or task ids, as ``after``
    :param number: of a version; ``differences`` tell what the file says otherwise
    """

    kind: Kind
    at: datetime
    by_name: str = ""
    part_id: str = ""
    value: Decimal | None = None
    is_correction: bool = False
    reason: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    number: int = 0
    differences: tuple[Difference, ...] = field(default=())


def history_of(*, actor: Actor, plan_id: str) -> tuple[Change, ...]:
    """
    Return the last things that happened to the plan.

    :raises PlanMissing: there is none
    :raises NotYourPlanPart: names are for officers alone
    """
    plan_file(plan_id)
    if not sees_desk(actor):
        raise NotYourPlanPart
    found = [
        *_values(plan_id),
        *_verdicts(plan_id),
        *_reports(plan_id),
        *_duties(plan_id),
        *_versions(plan_id),
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def _values(plan_id: str) -> Iterator[Change]:
    for row in TargetValue.objects.filter(plan_id=plan_id).select_related("by").order_by("-at")[:MOST]:
        yield Change(
            "entered",
            row.at,
            row.by.full_name if row.by else "",
            row.target_id,
            value=row.value,
            is_correction=row.corrects_id is not None,
            reason=row.note,
        )


def _verdicts(plan_id: str) -> Iterator[Change]:
    rows = ValueVerdict.objects.filter(value__plan_id=plan_id).select_related("by", "value").order_by("-at")
    for row in rows[:MOST]:
        yield Change(
            "confirmed" if row.confirmed else "refused",
            row.at,
            row.by.full_name if row.by else "",
            row.value.target_id,
            value=row.value.value,
            reason=row.reason,
        )


def _reports(plan_id: str) -> Iterator[Change]:
    for row in TaskReport.objects.filter(plan_id=plan_id).select_related("by").order_by("-at")[:MOST]:
        name = row.by.full_name if row.by else ""
        yield Change("reported", row.at, name, row.task_id, value=Decimal(row.progress), reason=row.note)


def _duties(plan_id: str) -> Iterator[Change]:
    for row in PlanDuty.objects.filter(plan_id=plan_id).select_related("by").order_by("-at")[:MOST]:
        yield Change(
            "owner" if row.what == PlanDuty.What.OWNER else "blocked_by",
            row.at,
            row.by.full_name if row.by else "",
            row.part_id,
            reason=row.reason,
            before=tuple(row.before),
            after=tuple(row.value),
        )


def _versions(plan_id: str) -> Iterator[Change]:
    before = None
    for row in PlanVersion.objects.filter(plan_id=plan_id).order_by("number"):
        found = compare(before, row.content) if before is not None else ()
        yield Change("version", row.seen_at, number=row.number, differences=found)
        before = row.content
