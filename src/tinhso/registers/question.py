"""
What records are asked for by, as one value: words, filters, unit, box and spans, on a day of the world.

In each tier of sight only its own fields can be found by; see ``sight``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.people.types import Actor
from tinhso.registers import looking, pairs, places, relations, sight, words
from tinhso.registers.columns import Box, matches, matches_as_read, meets
from tinhso.registers.commonness import commonness
from tinhso.registers.models import RecordVersion, RecordVersionQuerySet
from tinhso.registers.ranges import Range, is_ranged, within
from tinhso.registers.refusals import FieldNotAskable
from tinhso.registers.types import Moment


@dataclass(frozen=True, slots=True)
class Question:
    """
    :param since: not only what was true on the moment's day, but what was from this day to it
    :param apart: common words of names are looked for in any value, not beside the others
    """

    definition: RegisterDefinition
    moment: Moment
    text: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)
    unit_code: str = ""
    box: Box | None = None
    ranges: Mapping[str, Range] = field(default_factory=dict)
    since: date | None = None
    apart: bool = False

    @property
    def has_words(self) -> bool:
        """Tell whether the index of words answers more than the register's name."""
        return bool(self.text or self.filters)

    def ways(self) -> Iterator["Question"]:
        """Yield the question, and what to ask where nothing is found by it."""
        yield self
        if pairs.are_joined(words.split(self.text), is_open=True):
            yield replace(self, apart=True)

    def wanted(self, actor: Actor) -> looking.Wanted:
        """Return what statistics know of it beforehand."""
        return looking.wanted(actor, self.definition, self.text, self.filters, self.unit_code)

    def rows(self, actor: Actor, *, walked: bool = False) -> RecordVersionQuerySet:
        """
        Return the versions in force that the actor may find so.

        :param walked: they are looked for from one record to the next, not in the index of words; to be
            ordered by register and record
        :raises FieldNotAskable: a filter is no filter of the register, or the actor does not see it
        """
        rows = self._in_time(RecordVersion.objects.filter(self._register(walked))).in_force()
        rows = within(rows.filter(self._condition(actor, walked)), self.definition.by_id, self.ranges)
        if self.unit_code and (reached := places.reach(self.unit_code)) is not None:
            rows = rows.filter(unit_key__in=reached)
        return rows.filter(_met(self.box)) if self.box is not None else rows

    def _register(self, walked: bool) -> Q:
        """Name the register; to walk, as a span, so that only the index that begins with it has the order."""
        one = self.definition.id
        return Q(register__gte=one, register__lte=one) if walked else Q(register=one)

    def _in_time(self, rows: RecordVersionQuerySet) -> RecordVersionQuerySet:
        if self.since is None:
            return rows.as_of(self.moment)
        begun = rows.known_at(self.moment).filter(valid_from__lte=self.moment.valid)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.since))

    def _condition(self, actor: Actor, walked: bool) -> Q:
        """Return the condition tier by tier."""
        match = matches_as_read if walked else matches
        usable, by_id = self._usable(actor), self.definition.by_id
        filters = {name: _through_mergers(by_id[name], value) for name, value in self.filters.items()}
        reached = Q(pk__in=[])
        for tier in usable:
            condition = self._register(walked) & tier.condition()
            if self.has_words:
                condition &= Q(match(self._words(tier, filters)))
            reached |= condition
        return reached

    def _words(self, tier: sight.Tier, filters: Mapping[str, object]) -> str:
        marks = words.marks_of(self.definition, tier.fields)
        is_open = bool(self.text) and not commonness().stands_alone(words.split(self.text), marks)
        return words.query(
            self.definition,
            seen=tier.fields,
            text=self.text,
            filters=filters,
            is_open=is_open,
            apart=self.apart,
        )

    def _usable(self, actor: Actor) -> list[sight.Tier]:
        """:raises FieldNotAskable: as :meth:`rows`"""
        by_id, geometry = self.definition.by_id, self.definition.geometry
        wanted = {*self.filters, *self.ranges, *([geometry] if self.box is not None and geometry else [])}
        usable = [tier for tier in sight.listed_tiers(actor, self.definition) if wanted <= tier.fields]
        for name in self.filters:
            if name not in by_id or not by_id[name].is_filter or not usable:
                raise FieldNotAskable(field=name)
        for name in self.ranges:
            if name not in by_id or not is_ranged(by_id[name]) or not usable:
                raise FieldNotAskable(field=name)
        return usable


def _met(box: Box) -> Q:
    west, south, east, north = box
    if west <= east:
        return Q(meets(box))
    return Q(meets((west, south, 180, north))) | Q(meets((-180, south, east, north)))


def _through_mergers(asked: RegisterField, value: object) -> object:
    """Return the record a relation leads to with all that were merged into it: their records are its own."""
    if asked.type is not FieldType.RELATION:
        return value
    try:
        several = relations.merged_into(UUID(str(value)))
    except ValueError:
        return value
    return frozenset(several) if len(several) > 1 else value
