"""Take records away as a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger
from tinhso.kernel.ids import new_id
from tinhso.people import queries as people
from tinhso.people.actions import note_accesses
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers import policies, queries
from tinhso.registers.events import RecordsExported
from tinhso.registers.ranges import Range
from tinhso.registers.types import Moment, RecordView

CHUNK = 500


@transaction.atomic
def export_records(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    format_: str,
    moment: Moment,
    text: str = "",
    filters: Mapping[str, object] | None = None,
    unit_code: str = "",
    ranges: Mapping[str, Range] | None = None,
) -> Iterator[RecordView]:
    """
    Return the records as ``queries.each_record`` does, and note in the ledger who took which away.

    Each person a record is about is told in their own log, as far as the records were really given.

    :raises RegisterMissing: there is no such register
    :raises NotListed: the actor may not go through its records
    :raises FieldNotAskable: see ``queries.find_records``
    """
    definition = register(register_id)

    policies.require_listed(actor=actor, definition=definition)

    found = queries.each_record(
        actor=actor,
        register_id=register_id,
        moment=moment,
        text=text,
        filters=filters,
        unit_code=unit_code,
        ranges=ranges,
    )

    # What was searched for may be a name: only which fields narrowed the list is kept.
    event = RecordsExported(
        export_id=new_id(),
        register=register_id,
        format=format_,
        valid_on=moment.valid,
        unit=unit_code,
        narrowed_by=tuple(sorted({*(filters or {}), *(ranges or {}), *(["text"] if text else [])})),
    )
    ledger.record(actor=actor, at=at, event=event)
    return _told(found, actor=actor, at=at, definition=definition) if definition.subjects else found


def _told(
    records: Iterator[RecordView], *, actor: Actor, at: datetime, definition: RegisterDefinition
) -> Iterator[RecordView]:
    """Yield the records; whom they are about is noted piece by piece, also where it breaks off."""
    waiting: list[tuple[str, UUID]] = []
    try:
        for view in records:
            held = (name for name in definition.subjects if name in view.values)
            waiting += ((str(view.values[name]), view.id) for name in held)
            if len(waiting) >= CHUNK:
                _note(waiting, actor=actor, at=at, reason=definition.name.vi)
                waiting = []
            yield view
    finally:
        _note(waiting, actor=actor, at=at, reason=definition.name.vi)


def _note(waiting: list[tuple[str, UUID]], *, actor: Actor, at: datetime, reason: str) -> None:
    persons = people.persons_numbered(number for number, _record_id in waiting)
    looks = [(persons[number], record_id, reason) for number, record_id in waiting if number in persons]
    if looks:
        note_accesses(actor=actor, at=at, purpose=AccessPurpose.EXPORT, looks=looks)
