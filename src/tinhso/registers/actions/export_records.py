"""Take records away as a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.kernel import ledger
from tinhso.kernel.ids import new_id
from tinhso.people.types import Actor
from tinhso.registers import policies, queries
from tinhso.registers.events import RecordsExported
from tinhso.registers.ranges import Range
from tinhso.registers.types import Moment, RecordView


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
    return found
