"""Take a record out of force; it stays in the register with its history."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import RecordCancelled
from tinhso.registers.reasons import require_reason
from tinhso.registers.types import BY_OFFICER, RecordState, Source, Written


@transaction.atomic
def cancel_record(
    *,
    actor: Actor,
    at: datetime,
    record_id: UUID,
    reason: str,
    since: date | None = None,
    number: int | None = None,
    source: Source = BY_OFFICER,
) -> Written:
    """
    Cancel a record; its key and unique values are free for another.

    :param since: the first day on which it is not in force; None: it never should have been
    :raises RecordMissing, StaleRecord, NotInForce, WrongSpan, ReasonNeeded: as they say
    :raises NotYourRegister, TruthIsOutside: the actor may not settle records of the register
    """
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id, number=number)

    actor = policies.require_writer(
        actor=actor, definition=in_hand.definition, unit_keys=in_hand.unit_keys, deed="settle"
    )

    in_hand.require_in_force()
    reason = require_reason(reason)

    in_hand.record.state = RecordState.CANCELLED
    hand.change(in_hand, hand.cancelled, since=since, entry=hand.Entry(source, reason))
    hand.take_values(in_hand)

    event = RecordCancelled(
        record_id=record_id,
        register=in_hand.definition.id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        since=since,
    )
    ledger.record(actor=actor, at=at, event=event)
    return in_hand.answer()
