"""Where figures of indicators come from: whoever keeps them is appointed here (``wiring``)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from tinhso.indicators.formulas import Period


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of one agency. :param position: of the ledger it was computed at"""

    value: Decimal | None
    sums: Mapping[str, Decimal]
    position: int
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """
    Figures of a period.

    :param told: by indicator and agency code; an agency without facts has none
    :param pending: indicators that are being computed; ask again in a minute
    """

    told: Mapping[tuple[str, str], Told] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()


class Figures(Protocol):
    """What keeps figures of indicators."""

    def by_agency(self, ids: Collection[str], period: Period, *, at: datetime) -> Found:
        """Return what is known; what is not is asked for, and comes later."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nobody is appointed."""

    def by_agency(self, ids: Collection[str], period: Period, *, at: datetime) -> Found:
        del ids, period, at
        return Found()


@dataclass(slots=True)
class _Seat:
    holder: Figures = field(default_factory=Nothing)


_SEAT = _Seat()


def appoint(figures: Figures) -> None:
    """Let this tell figures from now on; :class:`Nothing` takes it away."""
    _SEAT.holder = figures


def figures() -> Figures:
    """Return who was appointed."""
    return _SEAT.holder
