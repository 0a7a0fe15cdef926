"""Say that a record is still true: what keeps a register alive."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import RecordConfirmed
from tinhso.registers.types import Written


@transaction.atomic
def confirm_record(*, actor: Actor, at: datetime, record_id: UUID, number: int | None = None) -> Written:
    """
    Confirm a record as it is; no version is written.

    :param number: the newest version the caller has seen, so that nobody confirms what they have not read
    :raises RecordMissing, StaleRecord, NotInForce: as they say
    :raises NotYourRegister, TruthIsOutside: the actor may not write the record
    """
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id, number=number)

    actor = policies.require_writer(actor=actor, definition=in_hand.definition, unit_keys=in_hand.unit_keys)

    in_hand.require_in_force()

    in_hand.record.confirmed_at = in_hand.at
    in_hand.record.save(update_fields=["confirmed_at"])

    event = RecordConfirmed(record_id=record_id, register=in_hand.definition.id, number=in_hand.record.number)
    ledger.record(actor=actor, at=at, event=event)
    return in_hand.answer()
