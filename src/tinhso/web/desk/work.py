"""Which dossiers a view of the inbox holds, and how many each tab has."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from tinhso.dossiers import selecting
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import oversees, seeing_agencies
from tinhso.dossiers.selecting import STATUSES, UNDER_WORK, due_within, in_order, step_name, step_signs
from tinhso.dossiers.statuses import FINAL, WAITING
from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.web.desk import filters as chosen
from tinhso.web.desk.filters import Filters

__all__ = ["PAGE", "Heap", "Placed", "heaps", "in_order", "listed", "placed", "step_name", "step_signs"]

PAGE = 50
COUNTS_LIVE = timedelta(seconds=15)
MOST_COUNTED = 64
STANDS_STILL = WAITING | FINAL


@dataclass(frozen=True, slots=True)
class Heap:
    """
    Dossiers that are alike for the tabs and the filters, and how many they are.

    :param signs: their step signs the result
    """

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
    signs: bool = False

    def waits_for(self, actor: Actor) -> bool:
        """Say whether ``queries.mine`` holds them."""
        if self.status in STANDS_STILL:
            return False
        if self.holder_id is not None:
            return self.holder_id == actor.account_id
        return actor.post_with(role=self.role, agency_id=self.agency_id) is not None

    @property
    def is_to_sign(self) -> bool:
        return self.status in UNDER_WORK and self.signs

    def tabs(self, actor: Actor) -> frozenset[str]:
        """Return the tabs that hold them."""
        tabs = {chosen.ALL, *(tab for tab, statuses in STATUSES.items() if self.status in statuses)}
        if self.waits_for(actor):
            tabs.add(chosen.MINE)
        if self.is_to_sign:
            tabs.add(chosen.TO_SIGN)
        if self.due == chosen.DUE_OVERDUE:
            tabs.add(chosen.OVERDUE)
        return frozenset(tabs)


@dataclass(frozen=True, slots=True)
class Placed:
    """
    The heaps by the tabs they stand in for one officer.

    :param pairs: version and step of everything that is open
    :param counts: dossiers of each tab
    """

    heaps: tuple[tuple[Heap, frozenset[str]], ...]
    pairs: frozenset[tuple[UUID, str]]
    counts: Mapping[str, int]

    def inside(self, tab: str) -> list[Heap]:
        return [heap for heap, tabs in self.heaps if tab in tabs]


@dataclass(frozen=True, slots=True)
class _Counted:
    """:param placed: by who asks, and from which posts"""

    position: int
    at: datetime
    heaps: tuple[Heap, ...]
    placed: dict[Hashable, Placed] = field(default_factory=dict)


# By the agencies somebody sees; all officers of an agency share theirs.
_counted: dict[tuple[UUID, ...], _Counted] = {}


def heaps(*, actor: Actor, at: datetime) -> tuple[Heap, ...]:
    """
    Return all open dossiers the officer may see, heaped up.

    They are counted again when the ledger has grown, so that every act shows at once; and after
    :data:`COUNTS_LIVE`, because deadlines pass without anybody's act.
    """
    return _held(actor=actor, at=at).heaps


def placed(*, actor: Actor, at: datetime) -> Placed:
    """Return what :func:`heaps` returns, by the officer's tabs."""
    held, who = _held(actor=actor, at=at), (actor.account_id, actor.posts)
    if who not in held.placed:
        held.placed[who] = _place(held.heaps, actor)
    return held.placed[who]


def _place(found: tuple[Heap, ...], actor: Actor) -> Placed:
    stands = tuple((heap, heap.tabs(actor)) for heap in found)
    counts: Counter[str] = Counter()
    for heap, tabs in stands:
        counts.update(dict.fromkeys(tabs, heap.count))
    return Placed(stands, frozenset((heap.version_id, heap.step) for heap in found), counts)


def _held(*, actor: Actor, at: datetime) -> _Counted:
    scope = () if oversees(actor) else tuple(sorted(seeing_agencies(actor)))
    # Read before counting: what happens meanwhile makes the counts old, not wrong.
    position, held = ledger.position(), _counted.get(scope)
    if held is None or held.position != position or not timedelta(0) <= at - held.at < COUNTS_LIVE:
        held = _counted[scope] = _Counted(position, at, _count(actor=actor, at=at))
        while len(_counted) > MOST_COUNTED:
            _counted.pop(next(iter(_counted)), None)
    return held


def _count(*, actor: Actor, at: datetime) -> tuple[Heap, ...]:
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
    signs = step_signs(version_id, step)
    return Heap(
        version_id, procedure, status, step, role, agency_id, holder_id, holder or "", due, count, signs
    )


def listed(
    *, actor: Actor, at: datetime, filters: Filters, pairs: Iterable[tuple[UUID, str]]
) -> QuerySet[Dossier]:
    """
    Return the dossiers of the view, what is due next first.

    :param pairs: version and step of everything that may be open, to find steps by what they are
    """
    return selecting.selected(actor=actor, at=at, selection=filters.selection, pairs=pairs)


def _bucket(at: datetime) -> Case:
    counts = Q(finished_at__isnull=True) & ~Q(status__in=WAITING)
    return Case(
        When(counts & due_within(chosen.DUE_OVERDUE, at), then=Value(chosen.DUE_OVERDUE)),
        When(counts & due_within(chosen.DUE_TODAY, at), then=Value(chosen.DUE_TODAY)),
        default=Value(""),
        output_field=CharField(),
    )
