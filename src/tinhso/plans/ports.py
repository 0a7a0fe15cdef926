"""
Where values come from that are computed: whoever computes indicators is appointed here (``wiring``).

Until somebody does, a target bound to an indicator has no data, and says so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tinhso.people.types import Actor
from tinhso.plans.status import Point


@dataclass(frozen=True, slots=True)
class Computed:
    """
    An indicator of the whole province.

    :param points: in the order of their days, one for the end of each period, the running one up to today
    :param url: where its definition and the dossiers behind it are opened; empty: nowhere
    :param checkpoint: the ledger's checkpoint it was computed at; empty: none
    """

    points: tuple[Point, ...]
    url: str = ""
    checkpoint: str = ""


class Indicators(Protocol):
    """What computes indicators."""

    def read(self, ids: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Computed]:
        """Return those that are known and that this actor may see, in one go; others are left out."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nobody is appointed."""

    def read(self, ids: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Computed]:
        del ids, actor, at
        return {}


@dataclass(slots=True)
class _Seat:
    holder: Indicators = field(default_factory=Nothing)


_SEAT = _Seat()


def appoint(indicators: Indicators) -> None:
    """Let this compute the indicators from now on; :class:`Nothing` takes it away."""
    _SEAT.holder = indicators


def indicators() -> Indicators:
    """Return who was appointed."""
    return _SEAT.holder
