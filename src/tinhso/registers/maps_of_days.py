"""Records counted on the map of any day: those of communes that are no more included, and it adds up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from tinhso.definitions.registers.reading import register
from tinhso.people.types import Actor
from tinhso.registers import places
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Moment


@dataclass(frozen=True, slots=True)
class Undecided:
    """Records of a unit that became several: which of them a record is in, nobody said."""

    code: str
    count: int
    heirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """
    :param counts: code of a unit on that map → records in force
    :param undecided: what cannot be given to one unit, set apart
    :param unnamed: records that name no unit
    """

    counts: dict[str, int]
    undecided: tuple[Undecided, ...]
    unnamed: int

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + sum(one.count for one in self.undecided) + self.unnamed


def count_on_map(*, actor: Actor, register_id: str, moment: Moment, on: date) -> Regrouped:
    """
    Return how many records in force belong to each unit of the map of a day, whatever map they were kept by.

    :param on: the day of the map: before 1 July 2025 the communes of then
    :raises RegisterMissing: there is no such register
    """
    definition = register(register_id)
    rows = RecordVersion.objects.filter(register=definition.id).visible_to(actor, definition.id)
    counted = rows.as_of(moment).in_force().order_by().values_list("unit_key").annotate(count=Count("pk"))
    counts: dict[str, int] = {}
    undecided: list[Undecided] = []
    unnamed = 0
    for key, count in sorted(counted):
        heirs = places.carried_to(key, on) if key else ()
        if len(heirs) == 1:
            counts[heirs[0]] = counts.get(heirs[0], 0) + count
        elif key:
            undecided.append(Undecided(places.code_of(key), count, heirs))
        else:
            unnamed += count
    return Regrouped(counts, tuple(undecided), unnamed)
