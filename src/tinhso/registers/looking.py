"""
How the first records of many are fetched: looked up all and sorted, looked up in a stretch, or walked to.

All ways find the same records in the same order, by their ids; they cost differently, see ``commonness``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.people.types import Actor
from tinhso.registers import places, sight
from tinhso.registers.columns import matches
from tinhso.registers.commonness import Commonness, commonness
from tinhso.registers.models import RecordVersion, RecordVersionQuerySet
from tinhso.registers.stretches import first_of, stretches

# With fewer to be sorted, all are looked up; of what more of a register has, a page is walked to.
_MANY, _WALKED_FROM = 300, 0.03
# A stretch is taken longer than it should have to be, and then once more: names do not come evenly.
_ROOM, _FURTHER = 2.0, 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What records are asked for by, as far as statistics know it.

    :param share: of the register, about; 0 where it is rare, or nobody knows
    :param count: how many records that are
    """

    definition: RegisterDefinition
    share: float
    count: float
    common: Commonness

    def stretches(self, size: int, *, after: UUID | None = None) -> Iterator[str]:
        """Yield questions for stretches that should hold so many; none where all are asked sooner."""
        if self.count < max(_MANY, size):
            return
        found = stretches(self.definition.id, pages=self.common.pages)
        since = after or first_of(self.definition.id) if found else None
        if since is None:
            return
        for room in (_ROOM, _FURTHER * _ROOM):
            if asked := found.asked(room * size / self.count, since=since):
                yield asked


def wanted(
    actor: Actor, definition: RegisterDefinition, text: str, filters: Mapping[str, object], unit_code: str
) -> Wanted:
    """Return what is known beforehand of what is asked for."""
    tiers, common = sight.listed_tiers(actor, definition), commonness()
    seen = frozenset().union(*(one.fields for one in tiers))
    share = common.share(definition, seen=seen, text=text, filters=filters) if text or filters else 1.0
    units = places.reach(unit_code) if unit_code else _units(tiers)
    if units is not None:
        share *= common.of_units(units)
    return Wanted(definition, share, share * common.count(definition), common)


class Found(Protocol):
    """What words or filters ask for. :param walked: see ``question.Question.rows``"""

    def __call__(self, *, walked: bool = False) -> RecordVersionQuerySet: ...


def first(found: Found, asked: Wanted, *, size: int, after: UUID | None) -> list[RecordVersion]:
    """Return the first so many by record."""
    is_stretched = False
    for stretch in asked.stretches(size, after=after) if asked.share < _WALKED_FROM else ():
        rows = list(looked_up(found().filter(matches(stretch)))[:size])
        if len(rows) == size:
            return rows
        is_stretched = True
    if not is_stretched and asked.common.is_walked(asked.definition, asked.share):
        return list(found(walked=True).order_by("register", "record_id")[:size])
    return list(looked_up(found())[:size])


def counted(found: RecordVersionQuerySet, asked: Wanted, most: int) -> int:
    """Return how many there are, counted up to ``most``."""
    for stretch in asked.stretches(most):
        count = found.filter(matches(stretch))[:most].count()
        if count == most:
            return count
    return found[:most].count()


def looked_up(found: RecordVersionQuerySet) -> RecordVersionQuerySet:
    """Sort by record in a way that no index knows, so that PostgreSQL looks up and sorts."""
    return found.order_by(Cast("record_id", TextField()))


def _units(tiers: tuple[sight.Tier, ...]) -> frozenset[str] | None:
    """Return the units to which the tiers are bound; None where one of them reaches everywhere."""
    units = [one.units for one in tiers]
    return None if None in units else frozenset().union(*(one for one in units if one is not None))
