"""What pages and programs see of plans: frozen views, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tinhso.people.types import AgencyView
from tinhso.plans.forecast import Forecast, Silence
from tinhso.plans.status import Point, Standing, Status
from tinhso.plans.types import Figure, Plan, Target, Task
from tinhso.plans.values import ValueState


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """
    :param file_id: the row it belongs to, under which the file is opened; None: there is no file
    :param by_name: empty for citizens, and where a machine wrote it
    """

    document_number: str
    document_on: date | None
    link: str
    file_id: UUID | None
    file_name: str
    note: str
    is_sample: bool
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ValueView:
    """
    One entered value.

    :param decided_by: empty for citizens, and while it waits
    :param is_own: the reader entered it
    """

    id: UUID
    value: Decimal
    as_of: date
    state: ValueState
    corrects: UUID | None
    evidence: EvidenceView
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class TargetView:
    """
    :param points: what counts, in the order of days, none after the reading
    :param entered: every entered value, newest first; to citizens only those that count
    :param is_computed: bound to an indicator; ``url`` opens what is behind it
    :param is_sample: one of the values that count was made up
    :param checkpoint: of the ledger, where the indicator was computed; empty: unknown
    """

    target: Target
    standing: Standing
    forecast: Forecast | Silence
    points: tuple[Point, ...]
    entered: tuple[ValueView, ...]
    owner: AgencyView | None
    is_computed: bool
    is_sample: bool
    url: str
    checkpoint: str
    may_enter: bool
    may_confirm: bool

    @property
    def waiting(self) -> int:
        return sum(one.state is ValueState.WAITS for one in self.entered)


class TaskState(StrEnum):
    DONE = "done"
    LATE = "late"
    BLOCKED = "blocked"
    RUNNING = "running"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class ReportView:
    id: UUID
    progress: int
    evidence: EvidenceView


@dataclass(frozen=True, slots=True)
class TaskView:
    """
    :param days_left: until it is due, negative once it is over; None: the source tells no day
    :param waits_for: tasks it waits for that are not done
    :param blocked_by: all it waits for
    :param holds_up: tasks that wait for this one
    :param reports: newest first; none for citizens
    """

    task: Task
    state: TaskState
    progress: int
    days_left: int | None
    is_soon: bool
    owner: AgencyView | None
    blocked_by: tuple[Task, ...]
    waits_for: tuple[Task, ...]
    holds_up: tuple[Task, ...]
    has_report: bool
    reports: tuple[ReportView, ...]
    may_report: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """A published figure, and what we compute of the same thing; None: nothing is known here."""

    figure: Figure
    computed: Point | None
    url: str


@dataclass(frozen=True, slots=True)
class Tally:
    """
    How many targets stand how, of those listed.

    :param listed: with a text in the file, among the document's own number
    :param said: how many the document has; None: not known
    """

    by_status: dict[Status, int]
    listed: int
    said: int | None

    @property
    def reached(self) -> int:
        return self.by_status.get(Status.REACHED, 0)

    @property
    def unlisted(self) -> int:
        return max((self.said or self.listed) - self.listed, 0)


@dataclass(frozen=True, slots=True)
class PlanView:
    """
    :param tasks: late ones first, then by the day they are due
    :param unlisted_tasks: how many the document has beyond those listed
    """

    plan: Plan
    folder: str
    is_own: bool
    coordinator: AgencyView | None
    targets: tuple[TargetView, ...]
    tasks: tuple[TaskView, ...]
    figures: tuple[FigureView, ...]
    tally: Tally
    unlisted_tasks: int
    may_assign: bool

    @property
    def not_reached(self) -> tuple[TargetView, ...]:
        """Return the counted targets that are not reached: «which four not»."""
        return tuple(
            one for one in self.targets if one.target.counted and one.standing.status is not Status.REACHED
        )

    @property
    def late_tasks(self) -> int:
        return sum(one.state is TaskState.LATE for one in self.tasks)

    @property
    def done_tasks(self) -> int:
        return sum(one.state is TaskState.DONE for one in self.tasks)
