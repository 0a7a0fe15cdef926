"""What the room hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """
    Which part of the ledger facts were made of: every position up to ``position`` but those of ``without``.

    :param without: spans of positions, both ends included, whose transactions had not ended
    :param passes: counts the changes of facts; the same passes are the same facts
    """

    position: int
    passes: int
    without: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """
    What one pass over the ledger did.

    :param entries: how many it read; ``behind``: more may be waiting
    """

    entries: int
    checkpoint: Checkpoint
    behind: bool


@dataclass(frozen=True, slots=True)
class Part:
    """
    Where the facts of one table are.

    :param files: Parquet files by month
    :param live: rows that changed since, as CSV; they replace those of the same number in files
    :param live_months: months of ``live``
    """

    files: Mapping[date, Path]
    live: Path
    live_months: frozenset[date]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All facts as of one checkpoint."""

    checkpoint: Checkpoint
    parts: Mapping[str, Part]
