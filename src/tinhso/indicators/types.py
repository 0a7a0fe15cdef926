"""What the room hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tinhso.facts.types import Checkpoint
from tinhso.indicators.formulas import Period

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One figure.

    :param group: what the dimensions are here, in the order they were asked for; a month as ``2026-01-01``
    :param sums: what the formula's columns add up to; shares of a divided unit are decimals
    :param value: None: «chưa có số liệu»
    """

    group: Group
    sums: Mapping[str, int | Decimal]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class SetApart:
    """Facts of a unit that was divided: in no unit of the other map, and in the whole all the same."""

    group: Group
    candidates: tuple[str, ...]
    sums: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Series:
    """
    Figures of one indicator.

    :param definition: SHA-256 of what the indicator said
    :param map_on: the map the units are of; None: that of the day of filing
    :param checkpoint: the part of the ledger it was computed of; None for entered values
    """

    indicator: str
    definition: str
    by: tuple[str, ...]
    period: Period
    map_on: date | None
    figures: tuple[Figure, ...]
    set_apart: tuple[SetApart, ...]
    checkpoint: Checkpoint | None


@dataclass(frozen=True, slots=True)
class Behind:
    """
    One fact behind a figure, and what it counts for.

    :param dossier_id: None for a procedure of the catalogue
    :param procedure: its code; empty for a dossier
    """

    dossier_id: UUID | None
    number: int
    counts: Mapping[str, int]
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """How many facts of a figure count for one of its numbers, and how many do not."""

    name: str
    ones: int
    rest: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    The dossiers behind a figure.

    :param total: how many there are; ``hidden`` of them the reader may not open
    :param after: cursor of the next page; None at the end
    """

    total: int
    hidden: int
    dossiers: tuple[Behind, ...]
    after: int | None
    checkpoint: Checkpoint
