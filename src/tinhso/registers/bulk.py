"""
Many new records at once, by COPY, in memory that does not grow with them: for imports, envelopes and benches.

What ``hand.version_of`` says of one record is said here in lines of COPY, without an object for each; a test
holds the two together.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from uuid import UUID

from django.db import connection

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.locks import require_transaction
from tinhso.registers import hand, keys, places, words
from tinhso.registers.checking import Content
from tinhso.registers.columns import box_text
from tinhso.registers.placing import Placing
from tinhso.registers.rules import broken

CHUNK = 2000
AT_ONCE = 64
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
_FAULTS = "COPY register_fault (record_id, register, unit_key, rule, kind, field, weight) FROM STDIN"
_NONE = "\\N"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_LINE_MARKS = (("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
# The same words in the same order as ``hand.digest``: keys sorted, and nothing escaped that need not be.
_SAID = (
    '{{"event": "NEW", "geometry": {geometry}, "id": "{id}", "record": "{record}", "source": {source}, '
    '"valid": {valid}, "values": {values}}}'
)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """
    One record to be, checked already.

    :param key: as ``keys.key_for`` makes it; empty to have it made
    :param outside_id: its id in the outside system; ``received_number`` is the envelope's
    """

    content: Content
    since: date
    until: date | None = None
    key: str = ""
    outside_id: str = ""
    received_number: int = 0


def copy_records(
    definition: RegisterDefinition, records: Iterable[NewRecord], *, at: datetime, entry: hand.Entry
) -> list[str]:
    """
    Write new records; return the digests of their versions, in order.

    :raises RuntimeError: called outside a transaction
    :raises IntegrityError: a key or unique value is held already; the caller has looked before
    """
    waiting, digests = iter(records), list[str]()
    press = Press(definition, at=at, entry=entry)
    while chunk := list(islice(waiting, CHUNK)):
        digests += [one.digest for one in press.write(chunk)]
    return digests


@dataclass(frozen=True, slots=True)
class Pressed:
    """One record that was written. :param digest: of its version"""

    record_id: UUID
    digest: str


class Press:
    """
    Writes new records of one register at one moment.

    Versions, which cost most, are sent while the next ones are put together: PostgreSQL and Python work at
    once.
    """

    def __init__(self, definition: RegisterDefinition, *, at: datetime, entry: hand.Entry) -> None:
        self._definition, self._on = definition, local(at).date()
        self._unit_key = unit_keys()
        self._placing = Placing(definition, self._on)
        source = [str(entry.source.kind), entry.source.reference]
        self._source = json.dumps(source, ensure_ascii=False)
        self._at = at.isoformat()
        self._tail = "\t".join(_text(one) for one in (*source, entry.reason, definition.fingerprint))
        self._records: list[str] = []
        self._held: list[str] = []
        self._faults: list[str] = []

    def write(self, records: Sequence[NewRecord]) -> list[Pressed]:
        """
        Write the records, and say what became of each, in order.

        :raises RuntimeError: called outside a transaction
        :raises KeyIncomplete: a key cannot be made
        :raises IntegrityError: see :func:`copy_records`
        """
        require_transaction("registers.bulk.Press.write()")
        keyed = list(zip(records, keys.keys_for(self._definition, records), strict=True))
        self._placing.look_up()
        written: list[Pressed] = []
        with connection.cursor() as cursor, cursor.copy(_VERSIONS) as copy:
            for start in range(0, len(keyed), AT_ONCE):
                lines = []
                for one, key in keyed[start : start + AT_ONCE]:
                    line, pressed = self._one(one, key)
                    lines.append(line)
                    written.append(pressed)
                copy.write("".join(lines))
        for statement, lines in (
            (_RECORDS, self._records),
            (_HELD, self._held),
            (_FAULTS, self._faults),
        ):
            if lines:
                with connection.cursor() as cursor, cursor.copy(statement) as copy:
                    copy.write("".join(lines))
                lines.clear()
        return written

    def _one(self, one: NewRecord, key: str) -> tuple[str, Pressed]:
        """Keep the rows of a record that are sent later; return its version's, and what it is."""
        definition, content = self._definition, one.content
        made = new_id()
        record_id = str(made)
        unit = content.values.get(definition.unit) if definition.unit else None
        unit_key = self._unit_key(unit["code"], unit["on"]) if isinstance(unit, dict) else ""
        line, digest = self._version(one, record_id, key=key, unit_key=unit_key)
        outside = _text(one.outside_id)
        self._records.append(
            f"{record_id}\t{definition.id}\t{outside}\tin_force\t1\t{one.received_number}\t0"
            f"\t{self._at}\t{self._at}\t{self._at}\n"
        )
        for name, value in keys.held_values(definition, key, content.values):
            self._held.append(f"{definition.id}\t{name}\t{_text(value)}\t{record_id}\n")
        if one.since <= self._on and (one.until is None or self._on < one.until):
            has_geometry = content.geometry is not None
            is_elsewhere = self._placing.is_elsewhere(content.geometry, unit_key)
            for rule in broken(
                definition,
                content.values,
                has_geometry=has_geometry,
                on=self._on,
                is_elsewhere=is_elsewhere,
            ):
                self._faults.append(
                    f"{record_id}\t{definition.id}\t{unit_key}\t{rule.id}\t{rule.kind}\t{rule.field}"
                    f"\t{rule.weight}\n"
                )
        return line, Pressed(made, digest)

    def _version(self, one: NewRecord, record_id: str, *, key: str, unit_key: str) -> tuple[str, str]:
        definition, content, version_id = self._definition, one.content, str(new_id())
        values = _JSON.encode(content.values)
        shape = content.geometry
        geometry = "null" if shape is None else _JSON.encode(shape)
        said = _SAID.format(
            geometry=geometry,
            id=version_id,
            record=record_id,
            source=self._source,
            valid=f'["{one.since}", "{one.until}"]',
            values=values,
        )
        digest = hashlib.sha256(said.encode()).hexdigest()
        quoted = _array(words.words_of(definition, content.values))
        cells = (
            f"{version_id}\t{record_id}\t{definition.id}\t1\tNEW\t{one.since}",
            _NONE if one.until is None else str(one.until),
            self._at,
            _text(values),
            _NONE if shape is None else geometry,
            _NONE if content.box is None else box_text(content.box),
            _text(key),
            unit_key,
            _text(words.folded(hand.title(definition, content.values))[:160]),
            _text(quoted),
            self._tail,
            digest,
        )
        return "\t".join(cells) + "\n", digest


def unit_keys() -> Callable[[str, str], str]:
    """Return ``places.key_of`` for many: each unit and day is looked up once."""

    @cache
    def key_of(code: str, on: str) -> str:
        return places.key_of(code, date.fromisoformat(on))

    return key_of


def _text(value: str) -> str:
    """Return the text without what COPY would take for something else."""
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if not value.isprintable():
        for mark, written in _LINE_MARKS:
            value = value.replace(mark, written)
    return value


def _array(several: Sequence[str]) -> str:
    """Return the words as PostgreSQL reads an array of them."""
    joined = '","'.join(several)
    if joined.count('"') != 2 * len(several) - 2 or "\\" in joined:
        joined = '","'.join(word.replace("\\", "\\\\").replace('"', '\\"') for word in several)
    return f'{{"{joined}"}}'
