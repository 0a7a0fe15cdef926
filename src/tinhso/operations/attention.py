"""What needs attention now: open dossiers overdue, due today or held long, by agency and procedure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Min, Q, QuerySet

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.selecting import DUE_OVERDUE, DUE_STEP, DUE_TODAY, days_from, due_within
from tinhso.dossiers.statuses import WAITING
from tinhso.operations.types import Counted
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Group:
    """
    Dossiers of one procedure that lie with one agency, and need attention for one reason.

    :param counts: the reason; a dossier stands under the first that holds: overdue, due today, held long
    :param since: the earliest deadline among them; of ``held_long`` the earliest end of a step's hours
    :param holder: who has all of them in hand; empty: several have, or nobody
    :param holders: how many officers have some of them in hand; ``unheld`` how many nobody has
    """

    counts: Counted
    agency_id: UUID
    agency: str
    procedure: str
    count: int
    since: datetime
    holder: str
    holders: int
    unheld: int


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """How many open dossiers of an agency stand how."""

    agency_id: UUID
    overdue: int
    due_today: int
    held_long: int

    def of(self, counts: Counted) -> int:
        return int(getattr(self, counts))


def groups(*, actor: Actor, at: datetime, procedures: Iterable[str] | None = None) -> tuple[Group, ...]:
    """
    Return what the actor may see of it, the most first; one query.

    :param procedures: only these; None: all
    """
    rows = _pressing(actor, at)
    if procedures is not None:
        rows = rows.filter(procedure_code__in=list(procedures))
    keys = ("run__agency_id", "run__agency__name", "procedure_code")
    counted = (
        rows.order_by()
        .values(*keys)
        .annotate(
            **{name: Count("pk", filter=condition) for name, condition in _reasons(at).items()},
            **{f"{name}_since": _since(name, condition) for name, condition in _reasons(at).items()},
            **{
                f"{name}_{what}": one
                for name, held in _reasons(at).items()
                for what, one in _held(held).items()
            },
        )
    )
    found = [group for row in counted for group in _groups_of(row)]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.counts], -one.count, one.since, one.procedure)))


def loads(*, at: datetime, actor: Actor) -> tuple[AgencyLoad, ...]:
    """Return how much of it lies with each agency; one query."""
    keys = ("open_agency",)
    rows = _pressing(actor, at).order_by().values(*keys)
    counted = rows.annotate(**{name: Count("pk", filter=one) for name, one in _reasons(at).items()})
    return tuple(
        AgencyLoad(row["open_agency"], row["overdue"], row["due_today"], row["held_long"]) for row in counted
    )


_ORDER = {"overdue": 0, "due_today": 1, "held_long": 2}


def _pressing(actor: Actor, at: datetime) -> QuerySet[Dossier]:
    late = Q(due_at__lt=days_from(at, 1)) | Q(step_due__lt=at)
    rows = Dossier.objects.open_to(actor).filter(finished_at__isnull=True).exclude(status__in=WAITING)
    run = FilteredRelation("steps", condition=Q(steps__closed_at__isnull=True))
    rows = rows.annotate(run=run, step_due=F("run__due_at"), open_agency=F("run__agency_id"))
    return rows.filter(late, Q(open_agency__isnull=False))


def _reasons(at: datetime) -> dict[Counted, Q]:
    return {
        "overdue": due_within(DUE_OVERDUE, at),
        "due_today": due_within(DUE_TODAY, at),
        "held_long": due_within(DUE_STEP, at),
    }


def _since(name: str, condition: Q) -> Min:
    return Min(F("run__due_at") if name == "held_long" else F("due_at"), filter=condition)


def _groups_of(row: dict[str, Any]) -> Iterable[Group]:
    for counts in _ORDER:
        if row[counts]:
            yield Group(
                counts=counts,  # type: ignore[arg-type]
                agency_id=row["run__agency_id"],
                agency=row["run__agency__name"],
                procedure=row["procedure_code"],
                count=row[counts],
                since=row[f"{counts}_since"],
                holder=row[f"{counts}_holder"] if _is_one(row, counts) else "",
                holders=row[f"{counts}_holders"],
                unheld=row[f"{counts}_unheld"],
            )


def _held(reason: Q) -> dict[str, Any]:
    return {
        "holders": Count("run__holder", distinct=True, filter=reason),
        "unheld": Count("pk", filter=reason & Q(run__holder__isnull=True)),
        "holder": Min("run__holder__full_name", filter=reason),
    }


def _is_one(row: dict[str, Any], counts: str) -> bool:
    return row[f"{counts}_holders"] == 1 and not row[f"{counts}_unheld"]
