"""
What records are compared by, field by field, as arrays: a million persons take about a hundred megabytes.

Names and texts are folded and kept once each; a record has their number. Dates are ``yyyymmdd`` with zeros
for what is not known, personal numbers are whole numbers. What is absent is -1.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from numpy.typing import NDArray

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.registers.models import RecordVersionQuerySet
from tinhso.registers.types import Values
from tinhso.registers.words import folded

ABSENT = -1
WEIGHTS = {
    FieldType.PERSONAL_ID: 5,
    FieldType.PERSON_NAME: 3,
    FieldType.DATE: 2,
    FieldType.TEXT: 2,
    FieldType.UNIT: 1,
    FieldType.CHOICE: 1,
}
NAMES = frozenset({FieldType.PERSON_NAME, FieldType.TEXT})
CHUNK = 10_000
Numbers = NDArray[np.int64]


def compared_fields(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return what records are compared by: what is searched, whom they are about, and dates of persons."""
    return tuple(
        one
        for one in definition.fields
        if one.type in WEIGHTS
        and not one.several
        and (one.searched or one.id in definition.subjects or (one.personal and one.type is FieldType.DATE))
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all records. :param values: a number for each; of names their place in the pool"""

    field: RegisterField
    values: Numbers


@dataclass(slots=True)
class Pool:
    """Folded texts, each once."""

    texts: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        """Return the number of the text."""
        found = self.places.get(text)
        if found is None:
            found = self.places[text] = len(self.texts)
            self.texts.append(text)
        return found


@dataclass(frozen=True, slots=True)
class Records:
    """Records in the order of their ids, older ones first. :param ids: 16 bytes for each"""

    ids: bytes
    columns: tuple[Column, ...]
    pool: Pool

    def __len__(self) -> int:
        return len(self.ids) // 16

    def id_of(self, place: int) -> UUID:
        return UUID(bytes=self.ids[16 * place : 16 * place + 16])


def read_records(definition: RegisterDefinition, rows: RecordVersionQuerySet) -> Records:
    """Return the versions, one for each record, as arrays; they are read as they come."""
    fields = compared_fields(definition)
    asked = rows.order_by("record_id").values_list("record_id", *(_text_of(one) for one in fields))
    return gather(fields, ((row[0], row[1:]) for row in asked.iterator(chunk_size=CHUNK)))


def records_of(definition: RegisterDefinition, values: Iterable[tuple[UUID, Values]]) -> Records:
    """Return records whose values are at hand."""
    fields = compared_fields(definition)
    return gather(fields, ((one, [_plain(held.get(field.id)) for field in fields]) for one, held in values))


def gather(fields: Sequence[RegisterField], rows: Iterable[tuple[UUID, Sequence[str | None]]]) -> Records:
    """Return rows of texts as arrays of numbers."""
    pool, ids = Pool(), bytearray()
    readers = [_reader(one, pool) for one in fields]
    held = [array("q") for _one in fields]
    for record_id, texts in rows:
        ids += record_id.bytes
        for column, read, text in zip(held, readers, texts, strict=True):
            column.append(ABSENT if text is None else read(text))
    columns = tuple(
        Column(one, np.frombuffer(column, dtype=np.int64) if column else np.empty(0, dtype=np.int64))
        for one, column in zip(fields, held, strict=True)
    )
    return Records(bytes(ids), columns, pool)


def _reader(one: RegisterField, pool: Pool) -> Callable[[str], int]:
    if one.type is FieldType.PERSONAL_ID:
        return int
    if one.type is FieldType.DATE:
        return lambda text: int(text.replace("-", "").ljust(8, "0"))
    if one.type in NAMES:
        return lambda text: pool.place(folded(text))
    return pool.place


def _text_of(one: RegisterField) -> KeyTextTransform:
    if one.type is FieldType.UNIT:
        return KeyTextTransform("code", KeyTransform(one.id, "values"))
    return KeyTextTransform(one.id, "values")


def _plain(value: object) -> str | None:
    if isinstance(value, Mapping):
        return str(value.get("code", ""))
    return None if value is None else str(value)
