"""A signed result read as what a register holds: the definition says which answer becomes which field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from tinhso.definitions import conditions
from tinhso.definitions.conditions import AbsentAnswer, Facts
from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.registers.writing import Taken, WrittenBy
from tinhso.definitions.types import Procedure
from tinhso.registers.types import Value, Values

_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a signed result is made of, from whoever holds the case.

    :param answers: answers and what officers found, by question id
    :param document: ``document.number``, ``document.date``, ``dossier.code``, ``agency.name``,
        ``agency.unit``
    :param filed_on: the day on whose map the addresses are
    :param until: the first day on which the result is valid no more
    """

    dossier_id: UUID
    procedure: Procedure
    answers: Values
    facts: Facts
    document: Values
    signed_on: date
    filed_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do in one register. :param entry: tells several records of one result apart"""

    definition: RegisterDefinition
    writing: WrittenBy
    entry: int
    values: Values
    since: date


# The applicant and each entry of a group have numbers of their own, the same however long the groups are.
ENTRIES_OF_A_GROUP = 1000


def writes(procedure_code: str) -> bool:
    """Tell whether a result of the procedure may write a register."""
    return any(one.procedure == procedure_code for each in registers().values() for one in each.written_by)


def deeds(outcome: Outcome) -> Iterator[Deed]:
    """Yield what the result does in all registers, in the order of their ids."""
    for definition in sorted(registers().values(), key=lambda one: one.id):
        own = [one for one in definition.written_by if one.procedure == outcome.procedure.code]
        groups = [one for one in own if one.each is not None]
        for writing in own:
            first = 0 if writing.each is None else ENTRIES_OF_A_GROUP * (1 + groups.index(writing))
            yield from _deeds(definition, writing, outcome, first=first)


def _deeds(
    definition: RegisterDefinition, writing: WrittenBy, outcome: Outcome, *, first: int
) -> Iterator[Deed]:
    for number, entry in enumerate(_entries(writing, outcome), first):
        reader = _Reader(outcome, writing.each, entry)
        if writing.when is not None and not reader.holds(writing.when):
            continue
        values = {name: reader.first(sources) for name, sources in writing.fields.items()}
        if writing.does == "correct":  # what was not asked stays as it is
            values = {name: value for name, value in values.items() if value is not None}
        since = reader.first(writing.since) if writing.since else None
        begins = date.fromisoformat(str(since)) if since else outcome.signed_on
        yield Deed(definition, writing, number, values, begins)


def _entries(writing: WrittenBy, outcome: Outcome) -> list[Values | None]:
    if writing.each is None:
        return [None]
    return [*_listed(outcome.answers.get(writing.each))]


def _listed(entries: object) -> list[Values]:
    """Return the entries of a group."""
    return [one for one in entries if isinstance(one, Mapping)] if isinstance(entries, list) else []


class _Given(TypedDict):
    procedure: Procedure
    answers: Values
    facts: Facts
    group: str | None
    entry: Values | None


@dataclass(frozen=True, slots=True)
class _Reader:
    outcome: Outcome
    group: str | None
    entry: Values | None

    def holds(self, expression: str) -> bool:
        return conditions.holds(expression, **self._given())

    def _given(self) -> _Given:
        return {
            "procedure": self.outcome.procedure,
            "answers": self.outcome.answers,
            "facts": self.outcome.facts,
            "group": self.group,
            "entry": self.entry,
        }

    def first(self, sources: tuple[Taken, ...]) -> Value:
        """Return the value of the first source that holds and has one."""
        for taken in sources:
            if taken.when is not None and not self.holds(taken.when):
                continue
            value = self._of(taken)
            if value not in _EMPTY:
                return value
        return None

    def _of(self, taken: Taken) -> Value:
        if taken.origin is not None:
            return self._find(taken.origin)
        if taken.computed is None:
            return taken.value
        try:
            return conditions.evaluate(taken.computed, **self._given())
        except AbsentAnswer:
            return None

    def _find(self, name: str) -> Value:
        group, of_every, inner = name.partition("[].")
        if of_every:
            return [_within(one, inner) for one in _listed(self.outcome.answers.get(group))]
        if self.entry is not None and name.startswith("entry."):
            return _within(self.entry, name.removeprefix("entry."))
        for source in (self.outcome.answers, self.outcome.document, self.outcome.facts.applicant):
            if (value := _within(source, name)) not in _EMPTY:
                return value
        return None


def _within(source: Mapping[str, object], name: str) -> Value:
    """Return the value, or the part of an address: ``home.commune``."""
    if name in source:
        return source[name]
    parent, _, part = name.rpartition(".")
    whole = source.get(parent)
    return whole.get(part) if isinstance(whole, Mapping) else None
