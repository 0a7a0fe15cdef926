"""What other rooms ask of the tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tinhso.kernel.models import LedgerCheckpoint, LedgerLeaf, LedgerTree


@dataclass(frozen=True, slots=True)
class SealedAt:
    """
    A checkpoint that was signed.

    :param size: how many entries, those with a leaf index below it
    :param root: 32 bytes
    :param behind: seconds the clock had been set back by then
    :param stamped_at: what the time-stamping authority says; None without its stamp
    """

    size: int
    root: bytes
    at: datetime
    note: str
    behind: int = 0
    stamped_at: datetime | None = None


def latest_checkpoint() -> SealedAt | None:
    """Return the newest checkpoint; None before anything was sealed."""
    return next(iter(latest_checkpoints(1)), None)


def latest_checkpoints(limit: int) -> tuple[SealedAt, ...]:
    """Return the newest checkpoints, the newest first."""
    rows = LedgerCheckpoint.objects.order_by("-size").select_related("stamp")[:limit]
    return tuple(_view(row) for row in rows)


def latest_stamped() -> SealedAt | None:
    """Return the newest checkpoint an authority has seen; None where there is none."""
    rows = LedgerCheckpoint.objects.filter(stamp__isnull=False).order_by("-size").select_related("stamp")
    return next((_view(row) for row in rows[:1]), None)


def checkpoint_of(size: int) -> SealedAt | None:
    """Return the checkpoint over so many entries; None where none was signed at this size."""
    row = LedgerCheckpoint.objects.filter(size=size).select_related("stamp").first()
    return _view(row) if row else None


def leaf_indexes(positions: Iterable[int]) -> dict[int, int]:
    """Return the index of the leaf by the entry's position; entries not sealed yet are left out."""
    rows = LedgerLeaf.objects.filter(position__in=list(positions))
    return dict(rows.values_list("position", "index"))


def positions_of(start: int, end: int) -> list[int]:
    """Return the positions of the entries with leaves ``start`` to before ``end``, in that order."""
    rows = LedgerLeaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return list(rows.values_list("position", flat=True))


def decided_through() -> int:
    """Return the position up to which every entry is sealed or will never come."""
    return LedgerTree.objects.filter(id=1).values_list("through", flat=True).first() or 0


def _view(row: LedgerCheckpoint) -> SealedAt:
    stamp = getattr(row, "stamp", None)
    return SealedAt(
        size=row.size,
        root=bytes(row.root),
        at=row.at,
        note=row.note,
        behind=row.behind,
        stamped_at=stamp.stamped_at if stamp else None,
    )
