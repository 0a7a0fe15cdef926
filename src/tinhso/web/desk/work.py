"""Which dossiers a view of the inbox holds, and how many each tab has: two questions to the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.kernel.clock import VIETNAM, local
from tinhso.people.types import Actor
from tinhso.web.desk import filters as chosen
from tinhso.web.desk.filters import Filters

PAGE = 50
FAR = datetime(9999, 1, 1, tzinfo=UTC)
RUNNING = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
# What a tab holds that goes by the state of its dossiers.
STATUSES = {chosen.TO_ACCEPT: frozenset({Status.FILED}), chosen.RUNNING: RUNNING, chosen.WAITING: WAITING}


@dataclass(frozen=True, slots=True)
class Heap:
    """Dossiers that are alike for the tabs and the filters, and how many they are."""

    version_id: UUID
    procedure: str
    status: str
    step: str
    role: str
    agency_id: UUID
    holder_id: UUID | None
    holder: str
    due: str
    count: int

    def waits_for(self, actor: Actor) -> bool:
        """Say whether ``queries.mine`` holds them."""
        if self.status in WAITING | FINAL:
            return False
        if self.holder_id is not None:
            return self.holder_id == actor.account_id
        return actor.post_with(role=self.role, agency_id=self.agency_id) is not None

    @property
    def is_to_sign(self) -> bool:
        return self.status in RUNNING and step_signs(self.version_id, self.step)

    def is_in(self, tab: str, actor: Actor) -> bool:
        """Say whether the tab holds them."""
        match tab:
            case chosen.MINE:
                return self.waits_for(actor)
            case chosen.TO_SIGN:
                return self.is_to_sign
            case chosen.OVERDUE:
                return self.due == chosen.DUE_OVERDUE
        return self.status in STATUSES[tab]


def heaps(*, actor: Actor, at: datetime) -> tuple[Heap, ...]:
    """Return all open dossiers the officer may see, heaped up; one query."""
    keys = (
        "version_id",
        "procedure_code",
        "status",
        "steps__step",
        "steps__role",
        "steps__agency_id",
        "steps__holder_id",
        "steps__holder__full_name",
        "due_bucket",
    )
    rows = (
        Dossier.objects.open_to(actor)
        .filter(steps__isnull=False, steps__closed_at__isnull=True)
        .annotate(due_bucket=_bucket(at))
        .values_list(*keys)
        .annotate(count=Count("pk"))
        .order_by()
    )
    return tuple(_heap(row) for row in rows)


def _heap(row: Sequence[Any]) -> Heap:
    version_id, procedure, status, step, role, agency_id, holder_id, holder, due, count = row
    return Heap(version_id, procedure, status, step, role, agency_id, holder_id, holder or "", due, count)


def listed(
    *, actor: Actor, at: datetime, filters: Filters, pairs: Iterable[tuple[UUID, str]]
) -> QuerySet[Dossier]:
    """
    Return the dossiers of the view, what is due next first.

    :param pairs: version and step of everything that may be open, to find steps by what they are
    """
    known = tuple(pairs)
    rows = in_order(queries.work_list(actor=actor, open_only=True))
    rows = _of_tab(rows, actor=actor, at=at, tab=filters.tab, pairs=known)
    if filters.procedure:
        rows = rows.filter(procedure_code=filters.procedure)
    if filters.step:
        rows = rows.filter(_one_of(pair for pair in known if step_name(*pair, "vi") == filters.step))
    if filters.due:
        rows = rows.filter(_due(filters.due, at)).exclude(status__in=WAITING | FINAL)
    if filters.holder:
        nobody = filters.holder == chosen.NOBODY
        holder = {"holder_account": None if nobody else filters.holder}
        rows = rows.filter(**holder)
    if filters.online:
        rows = rows.filter(channel=Channel.ONLINE)
    return rows


def in_order(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Put what is due next first; what was not accepted yet counts by the step's own hours."""
    far = Value(FAR)
    due = Case(When(status__in=WAITING | FINAL, then=far), default=Coalesce("due_at", F("step_due"), far))
    return rows.annotate(sort_at=due).order_by("sort_at", "pk")


def step_name(version_id: UUID, step: str, language: str) -> str:
    """Return the name of a step under the version of a dossier."""
    return catalogue.of_version(version_id).procedure.step(step).name.into(language)


def step_signs(version_id: UUID, step: str) -> bool:
    return catalogue.of_version(version_id).procedure.step(step).signs


def days_from(at: datetime, days: int) -> datetime:
    """Return the midnight so many days after today's beginning, in Vietnam."""
    return datetime.combine(local(at).date() + timedelta(days=days), time.min, tzinfo=VIETNAM)


def _of_tab(
    rows: QuerySet[Dossier], *, actor: Actor, at: datetime, tab: str, pairs: tuple[tuple[UUID, str], ...]
) -> QuerySet[Dossier]:
    if tab == chosen.MINE:
        return queries.mine(rows, actor)
    if tab == chosen.OVERDUE:
        return rows.filter(due_at__lt=at, finished_at__isnull=True).exclude(status__in=WAITING)
    if tab == chosen.TO_SIGN:
        return rows.filter(_one_of(p for p in pairs if step_signs(*p)), status__in=RUNNING)
    return rows.filter(status__in=STATUSES[tab])


def _one_of(pairs: Iterable[tuple[UUID, str]]) -> Q:
    steps: dict[str, set[UUID]] = {}
    for version_id, step in pairs:
        steps.setdefault(step, set()).add(version_id)
    found = Q(pk__in=[])
    for step, versions in steps.items():
        found |= Q(open_step=step, version_id__in=versions)
    return found


def _due(which: str, at: datetime) -> Q:
    spans = {
        chosen.DUE_OVERDUE: Q(due_at__lt=at),
        chosen.DUE_TODAY: Q(due_at__gte=at, due_at__lt=days_from(at, 1)),
        chosen.DUE_TOMORROW: Q(due_at__gte=days_from(at, 1), due_at__lt=days_from(at, 2)),
        chosen.DUE_WEEK: Q(due_at__gte=at, due_at__lt=days_from(at, 7)),
    }
    return spans[which]


def _bucket(at: datetime) -> Case:
    counts = Q(finished_at__isnull=True) & ~Q(status__in=WAITING)
    return Case(
        When(counts & _due(chosen.DUE_OVERDUE, at), then=Value(chosen.DUE_OVERDUE)),
        When(counts & _due(chosen.DUE_TODAY, at), then=Value(chosen.DUE_TODAY)),
        default=Value(""),
        output_field=CharField(),
    )
