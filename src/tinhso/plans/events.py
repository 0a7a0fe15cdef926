"""What happens to plans, in the past tense."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanVersionTaken(Event):
    """A plan file was read in for the first time, or changed."""

    kind: ClassVar[str] = "plan.version_taken"
    subject_kind: ClassVar[str] = "plan_version"
    subject_field: ClassVar[str] = "version_id"

    version_id: UUID
    plan: str
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TargetValueEntered(Event):
    """:param corrects: the value it is to replace"""

    kind: ClassVar[str] = "plan.value_entered"
    subject_kind: ClassVar[str] = "plan_value"
    subject_field: ClassVar[str] = "value_id"

    value_id: UUID
    plan: str
    target: str
    value: str
    as_of: date
    corrects: UUID | None


@dataclass(frozen=True, kw_only=True)
class TargetValueConfirmed(Event):
    kind: ClassVar[str] = "plan.value_confirmed"
    subject_kind: ClassVar[str] = "plan_value"
    subject_field: ClassVar[str] = "value_id"

    value_id: UUID
    plan: str
    target: str


@dataclass(frozen=True, kw_only=True)
class TargetValueRefused(Event):
    kind: ClassVar[str] = "plan.value_refused"
    subject_kind: ClassVar[str] = "plan_value"
    subject_field: ClassVar[str] = "value_id"

    value_id: UUID
    plan: str
    target: str


@dataclass(frozen=True, kw_only=True)
class TaskReported(Event):
    """:param progress: percent, 0–100"""

    kind: ClassVar[str] = "plan.task_reported"
    subject_kind: ClassVar[str] = "plan_report"
    subject_field: ClassVar[str] = "report_id"

    report_id: UUID
    plan: str
    task: str
    progress: int


@dataclass(frozen=True, kw_only=True)
class PlanDutyChanged(Event):
    """:param what: ``owner`` or ``blocked_by``"""

    kind: ClassVar[str] = "plan.duty_changed"
    subject_kind: ClassVar[str] = "plan_duty"
    subject_field: ClassVar[str] = "duty_id"

    duty_id: UUID
    plan: str
    part: str
    part_id: str
    what: str
    value: tuple[str, ...]
