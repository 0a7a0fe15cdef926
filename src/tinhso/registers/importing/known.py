"""What the register knows already of some rows, asked in one question for all of them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform

from tinhso.definitions.registers.scope import ByFingerprint
from tinhso.definitions.registers.types import FieldType, RegisterDefinition
from tinhso.kernel.ids import new_id
from tinhso.registers import keys, words
from tinhso.registers.bulk import unit_keys
from tinhso.registers.checking import Content, Outside
from tinhso.registers.columns import matches
from tinhso.registers.importing.marks import Marks
from tinhso.registers.models import HeldValue, KnownRow, Record, RecordVersion, RecordVersionQuerySet
from tinhso.registers.refusals import KeyIncomplete
from tinhso.registers.relations import KEY
from tinhso.registers.types import Values
from tinhso.territory import queries as territory

# Of so few rows the numbers are asked for one by one; the index of words takes no longer question.
_FEW = 200
_NAME_BITS = (1 << 62) - 1


class Good(Protocol):
    """A row that was checked; see ``rows.Checked``."""

    @property
    def key(self) -> str: ...

    @property
    def content(self) -> Content: ...

    @property
    def digest(self) -> str: ...


class Lookups:
    """Units and records that rows name, each looked up once."""

    def __init__(self, definition: RegisterDefinition) -> None:
        self._definition = definition
        self._unit_key = unit_keys()
        self._atlas = territory.atlas()
        self._units: dict[tuple[str, date], bool] = {}
        self._records: dict[tuple[str, str], UUID] = {}
        self._relations = {
            one.id: one.register_id for one in definition.fields if one.type is FieldType.RELATION
        }
        self.outside = Outside(self._has_unit, self._find, {})

    def look_up(self, lines: Iterable[tuple[int, Values]]) -> None:
        """Find the records the rows point at."""
        self._records = {}
        asked: dict[str, set[str]] = {}
        for _row, given in lines:
            for name, register_id in self._relations.items():
                if given.get(name):
                    asked.setdefault(register_id, set()).add(str(given[name]))
        for register_id, written in asked.items():
            held = HeldValue.objects.filter(register=register_id, field=KEY, value__in=written)
            for value, record_id in held.values_list("value", "record_id"):
                self._records[register_id, value] = record_id
            ids = [found for one in written if (found := _as_id(one)) is not None]
            rows = Record.objects.filter(register=register_id, pk__in=ids)
            for record_id in rows.values_list("pk", flat=True):
                self._records[register_id, str(record_id)] = record_id

    def missing(self, given: Values, *, seen: Container[str]) -> str:
        """
        Return the record of the same register that the row points at and nobody knows; "" when there is none.

        :param seen: keys of the file that count as known
        """
        for name, register_id in self._relations.items():
            written = str(given.get(name) or "")
            if register_id != self._definition.id or not written:
                continue
            if (register_id, written) not in self._records:
                if written not in seen:
                    return written
                self._records[register_id, written] = new_id()
        return ""

    def key_of(self, given: Values) -> str:
        """Return the key the row would have; "" where that cannot be said."""
        try:
            return keys.key_for(self._definition, given, on=date.min)
        except (KeyIncomplete, RuntimeError):
            return ""

    def unit_key(self, content: Content) -> str:
        """Return the unit the content belongs to, as ``hand.unit_key`` does."""
        name = self._definition.unit
        value = content.values.get(name) if name else None
        return self._unit_key(value["code"], value["on"]) if isinstance(value, dict) else ""

    def _has_unit(self, code: str, on: date) -> bool:
        asked = code, on
        if asked not in self._units:
            self._units[asked] = self._atlas.unit(code, on) is not None
        return self._units[asked]

    def _find(self, register_id: str, written: str) -> UUID | None:
        return self._records.get((register_id, written))


class Known:
    """What is held already of some rows: by whom, and what stands there."""

    def __init__(self, definition: RegisterDefinition, rows: Iterable[Good]) -> None:
        self._definition = definition
        rows = list(rows)
        names = {name for one in rows for name in self._names(one)}
        values = {value for _field, value in names}
        held = HeldValue.objects.filter(register=definition.id, value__in=values) if values else ()
        self._held = {(row.field, row.value): row.record_id for row in held}
        digests = {one.digest for one in rows if one.digest}
        known = KnownRow.objects.filter(register=definition.id, digest__in=digests) if digests else ()
        self._digests = {row.digest: row.record_id for row in known}
        self._standing = self._versions({*self._held.values(), *self._digests.values()})

    def holder(self, one: Good) -> tuple[UUID | None, bool]:
        """Return the record the row is about, and whether something unique in it belongs to another one."""
        record_id = self._held.get((KEY, one.key)) if one.key else self._digests.get(one.digest)
        theirs = {self._held[name] for name in self._names(one) if name in self._held}
        if record_id is None and not one.key and len(theirs) == 1:
            return theirs.pop(), False
        return record_id, bool(theirs - {record_id})

    def says(self, record_id: UUID, content: Content) -> bool:
        """Tell whether the record says it already; the day whose map a unit was read on is no difference."""
        standing = self._standing.get(record_id)
        if standing is None:
            return True
        values, geometry = standing
        for name, value in content.values.items():
            old = values.get(name)
            if isinstance(value, Mapping) and isinstance(old, Mapping):
                if value["code"] != old["code"]:
                    return False
            elif value != old:
                return False
        return content.geometry is None or _flat(content.geometry) == _flat(geometry)

    def parent_of(self, record_id: UUID) -> str:
        """Return what the record of one of the rows says that it is a part of."""
        values, _geometry = self._standing.get(record_id, ({}, None))
        return str(values.get(self._definition.parent or "") or "")

    def _names(self, one: Good) -> list[tuple[str, str]]:
        return list(keys.held_values(self._definition, one.key, one.content.values))

    def _versions(self, record_ids: set[UUID]) -> dict[UUID, tuple[Values, object]]:
        if not record_ids:
            return {}
        rows = RecordVersion.objects.now().in_force().filter(record_id__in=record_ids, valid_to__isnull=True)
        found = rows.values_list("record_id", "values", "geometry")
        return {record_id: (values, geometry) for record_id, values, geometry in found}


def named(definition: RegisterDefinition, values: Values) -> tuple[str, str]:
    """Return the number of whom a record is about, and their folded name; both empty without either."""
    paired = _paired_name(definition)
    number, name = values.get(definition.subjects[0]) if paired else None, values.get(paired)
    return (number, words.folded(name)) if isinstance(number, str) and isinstance(name, str) else ("", "")


class Namesakes:
    """
    Under which names the register knew people's numbers when the file was begun.

    :param before: only what was known before, which other lanes of the file have not written
    """

    def __init__(self, definition: RegisterDefinition, *, before: datetime | None = None) -> None:
        self._definition, self._before = definition, before
        self._paired = _paired_name(definition)
        self._known: Marks | None = None
        self._few: dict[str, int] = {}

    def look_up(self, rows: Sequence[Good]) -> None:
        """Ask for the numbers of the rows; of many rows, once for all numbers of the register."""
        if not self._paired or self._known is not None:
            return
        standing = RecordVersion.objects.now().in_force().filter(register=self._definition.id)
        if self._before is not None:
            standing = standing.filter(known_from__lt=self._before)
        if len(rows) > _FEW:
            self._known = Marks()
            for number, name in self._pairs(standing):
                self._known.setdefault(number, name_mark(name))
            return
        numbers = {number for one in rows if (number := named(self._definition, one.content.values)[0])}
        asked = " | ".join(words.quoted(words.about(number)) for number in sorted(numbers))
        found = self._pairs(standing.filter(matches(asked))) if asked else ()
        self._few = {number: name_mark(name) for number, name in found}

    def differ(self, values: Values) -> bool:
        """Tell whether the register knew the number of whom a row is about under another name."""
        number, name = named(self._definition, values)
        if not name:
            return False
        mark = name_mark(name)
        if self._known is None:
            return self._few.get(number, mark) != mark
        return number in self._known and self._known.setdefault(number, mark) != mark

    def _pairs(self, rows: RecordVersionQuerySet) -> Iterator[tuple[str, str]]:
        number, name = (
            KeyTextTransform(one, F("values")) for one in (self._definition.subjects[0], self._paired)
        )
        found = rows.order_by().annotate(about=number, called=name).values_list("about", "called")
        for about, called in found.iterator(chunk_size=5000):
            if about and called:
                yield about, words.folded(called)


def name_mark(name: str) -> int:
    """Return a number that two folded names share once in four million million million."""
    return hash(name) & _NAME_BITS


def _flat(geometry: object) -> object:
    """Return a geometry with lists for tuples, as JSON gives it back."""
    if isinstance(geometry, Mapping):
        return {name: _flat(value) for name, value in geometry.items()}
    return [_flat(one) for one in geometry] if isinstance(geometry, list | tuple) else geometry


def _as_id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _paired_name(definition: RegisterDefinition) -> str:
    """Return the field with the name of whom the record is about: it shares the number's prefix."""
    return _paired(ByFingerprint(definition.fingerprint, definition))


@lru_cache(maxsize=256)
def _paired(key: ByFingerprint) -> str:
    definition = key.definition
    if not definition.subjects:
        return ""
    prefix = definition.subjects[0].rpartition(".")[0]
    names = (one.id for one in definition.fields if one.type is FieldType.PERSON_NAME)
    return next((name for name in names if name.rpartition(".")[0] == prefix), "")
