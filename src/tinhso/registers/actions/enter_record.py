"""Enter a record into a register."""

from datetime import date, datetime

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import checking, hand, policies, relations
from tinhso.registers.events import RecordEntered
from tinhso.registers.types import BY_OFFICER, Source, Values, Written


@transaction.atomic
def enter_record(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    values: Values,
    since: date | None = None,
    until: date | None = None,
    source: Source = BY_OFFICER,
    reason: str = "",
) -> Written:
    """
    Enter a record; it is true from ``since`` on.

    :param values: field id → value as typed or as kept; geometry as GeoJSON
    :param since: the first day on which it is true; None: today
    :param until: the first day on which it is true no more
    :raises RegisterMissing: there is no such register
    :raises NotYourRegister, TruthIsOutside, FieldNotYours: the actor may not write it there
    :raises RecordInvalid: with every field that is wrong
    :raises KeyIncomplete, ValueHeld, ParentCycle, WrongSpan: as they say
    """
    definition = register(register_id)
    today = local(at).date()

    content = checking.read(definition, values, on=today)
    unit_keys = [hand.unit_key(definition, content)]
    actor = policies.require_writer(actor=actor, definition=definition, unit_keys=unit_keys)
    policies.require_fields(actor=actor, definition=definition, names=values, unit_keys=unit_keys)

    new = hand.fresh(register_id=register_id, at=at)
    parent = content.values.get(definition.parent) if definition.parent else None
    relations.require_no_cycle(definition, new.record.pk, parent)

    hand.begin(new, content, since=since or today, until=until, entry=hand.Entry(source, reason))
    hand.take_values(new)

    event = RecordEntered(
        record_id=new.record.pk,
        register=register_id,
        number=new.record.number,
        digests=new.digests,
        source=source.kind,
        reference=source.reference,
        since=since or today,
    )
    ledger.record(actor=actor, at=at, event=event)
    return new.answer()
