"""Many new records at once, by COPY, in memory that does not grow with them: for imports and benches."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.kernel.locks import require_transaction
from tinhso.registers import faults, hand, keys
from tinhso.registers.checking import Content
from tinhso.registers.columns import box_text
from tinhso.registers.models import Record, RecordFault, RecordVersion
from tinhso.registers.timeline import Slice

CHUNK = 2000
_RECORDS = """
COPY register_record (
    id, register, outside_id, state, number, received_number, entry, made_at, updated_at, confirmed_at
) FROM STDIN
"""
_VERSIONS = """
COPY register_version (
    id, record_id, register, number, event, valid_from, valid_to, known_from, "values", geometry, box, key,
    unit_key, sort_key, words, source, reference, reason, definition, digest
) FROM STDIN
"""
_HELD = "COPY register_held_value (register, field, value, record_id) FROM STDIN"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One record to be, checked already."""

    content: Content
    since: date
    until: date | None = None


def copy_records(
    definition: RegisterDefinition, records: Iterable[NewRecord], *, at: datetime, entry: hand.Entry
) -> list[str]:
    """
    Write new records; return the digests of their versions, in order.

    :raises RuntimeError: called outside a transaction
    :raises IntegrityError: a key or unique value is held already; the caller has looked before
    """
    require_transaction("registers.copy_records()")
    waiting, digests = iter(records), list[str]()
    while chunk := list(islice(waiting, CHUNK)):
        versions = [_version(definition, one, at=at, entry=entry) for one in chunk]
        _copy(_RECORDS, (_record_row(one, at) for one in versions))
        _copy(_VERSIONS, (_version_row(one) for one in versions))
        RecordFault.objects.bulk_create(
            fault for one in versions for fault in faults.faults_of(definition, one, on=local(at).date())
        )
        _copy(_HELD, (row for one in versions for row in _held_rows(definition, one)))
        digests += [one.digest for one in versions]
    return digests


def _version(
    definition: RegisterDefinition, one: NewRecord, *, at: datetime, entry: hand.Entry
) -> RecordVersion:
    record = Record(register=definition.id, number=1, made_at=at, updated_at=at, confirmed_at=at)
    new = hand.Hand(record, definition, [], at)
    return hand.version_of(new, Slice(one.since, one.until, one.content), before="", entry=entry)


def _record_row(version: RecordVersion, at: datetime) -> tuple[object, ...]:
    return version.record_id, version.register, "", "in_force", 1, 0, 0, at, at, at


def _version_row(one: RecordVersion) -> tuple[object, ...]:
    return (
        one.pk,
        one.record_id,
        one.register,
        one.number,
        str(one.event),
        one.valid_from,
        one.valid_to,
        one.known_from,
        json.dumps(one.values, ensure_ascii=False),
        None if one.geometry is None else json.dumps(one.geometry),
        None if one.box is None else box_text(one.box),
        one.key,
        one.unit_key,
        one.sort_key,
        one.words,
        str(one.source),
        one.reference,
        one.reason,
        one.definition,
        one.digest,
    )


def _held_rows(definition: RegisterDefinition, one: RecordVersion) -> list[tuple[str, str, str, UUID]]:
    return [
        (one.register, name, value, one.record_id)
        for name, value in keys.held_values(definition, one.key, one.values)
    ]


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
