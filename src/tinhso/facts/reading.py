"""
Reading the ledger in order without missing an entry that is committed late.

Positions are given out before they are committed, so a later one may be there first. Whoever adds an entry
holds a lock on the table from before the position is given out until the transaction is over: when all who
held it at the time a position was missing are gone, it is there or never will be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from tinhso.facts.models import FactCursor, FactHole
from tinhso.facts.types import Span
from tinhso.kernel import locks
from tinhso.kernel.models import LedgerEntry

TABLE = LedgerEntry._meta.db_table


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger, as facts need it."""

    position: int
    at: datetime
    kind: str
    subject_kind: str
    subject_id: UUID
    actor_kind: str
    actor_id: str
    payload: dict[str, Any]


FIELDS = ("position", "at", "kind", "subject_kind", "subject_id", "actor_kind", "actor_id", "payload")


def read(cursor: FactCursor, *, most: int) -> list[Entry]:
    """
    Return the next entries in order, late ones first, and move the cursor behind them.

    The caller holds the cursor's row. Nothing is written but cursor and holes.
    """
    late = _late()
    rows = LedgerEntry.objects.filter(position__gt=cursor.read_to).order_by("position")
    fresh = [Entry(*row) for row in rows.values_list(*FIELDS)[:most]]
    if fresh:
        _note_holes(cursor.read_to, [entry.position for entry in fresh])
        cursor.read_to = fresh[-1].position
    return late + fresh


def between(position: int, without: Sequence[Span], *, most: int) -> Iterator[list[Entry]]:
    """Yield all entries up to a position in order, many at a time, but for those within the spans."""
    after = 0
    while True:
        rows = LedgerEntry.objects.filter(position__gt=after, position__lte=position).order_by("position")
        for first, last in without:
            rows = rows.exclude(position__range=(first, last))
        found = [Entry(*row) for row in rows.values_list(*FIELDS)[:most]]
        if not found:
            return
        yield found
        after = found[-1].position


def spans_missing(after: int, positions: Sequence[int]) -> list[Span]:
    """
    Return what is missing between ascending positions.

    >>> spans_missing(4, [5, 8, 9, 11])
    [(6, 7), (10, 10)]
    """
    before = [after, *positions[:-1]]
    return [(last + 1, here - 1) for last, here in zip(before, positions, strict=True) if here - last > 1]


def holes() -> tuple[Span, ...]:
    """Return the spans that may still be filled, in order."""
    return tuple(FactHole.objects.order_by("first").values_list("first", "last"))


def _note_holes(after: int, positions: Sequence[int]) -> None:
    missing = spans_missing(after, positions)
    if not missing:
        return
    # Asked after the missing positions were noticed: whoever holds one of them is among these.
    there = sorted(locks.writers_of(TABLE))
    FactHole.objects.bulk_create(FactHole(first=a, last=b, writers=there) for a, b in missing)


def _late() -> list[Entry]:
    """Return what came into holes since, and close those that nobody can fill any more."""
    known = list(FactHole.objects.order_by("first"))
    if not known:
        return []
    # First who still writes, then what is there: the other way round an entry could slip between the two.
    alive = locks.writers_of(TABLE)
    found = _within(known)
    for hole in known:
        _split(hole, [entry.position for entry in found if hole.first <= entry.position <= hole.last], alive)
    return found


def _within(known: Iterable[FactHole]) -> list[Entry]:
    spans = Q(pk__in=[])
    for hole in known:
        spans |= Q(position__range=(hole.first, hole.last))
    rows = LedgerEntry.objects.filter(spans).order_by("position")
    return [Entry(*row) for row in rows.values_list(*FIELDS)]


def _split(hole: FactHole, filled: Sequence[int], alive: frozenset[str]) -> None:
    """Keep of a hole what is still missing, as long as somebody of then still writes."""
    waits = not alive.isdisjoint(hole.writers)
    if waits and not filled:
        return
    hole.delete()
    if waits:
        left = spans_missing(hole.first - 1, [*filled, hole.last + 1])
        FactHole.objects.bulk_create(FactHole(first=a, last=b, writers=hole.writers) for a, b in left)
