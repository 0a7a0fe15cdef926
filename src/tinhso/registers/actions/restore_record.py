"""Bring a cancelled record back into force."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import RecordRestored
from tinhso.registers.reasons import require_reason
from tinhso.registers.refusals import AlreadyInForce, NotInForce
from tinhso.registers.types import BY_OFFICER, RecordState, Source, Written


@transaction.atomic
def restore_record(
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
    Say that a cancelled record is in force, with the values it had.

    :param since: the first day on which it is in force again; None: the cancellation was a mistake
    :raises AlreadyInForce: nothing was cancelled; NotInForce: it was merged or split
    :raises ValueHeld: another record has taken its key or a unique value meanwhile
    :raises Refusal: see ``cancel_record``
    """
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id, number=number)

    actor = policies.require_writer(
        actor=actor, definition=in_hand.definition, unit_keys=in_hand.unit_keys, deed="settle"
    )

    if in_hand.record.state == RecordState.IN_FORCE:
        raise AlreadyInForce
    if in_hand.record.state != RecordState.CANCELLED:
        raise NotInForce(state=RecordState(in_hand.record.state).label.lower())
    reason = require_reason(reason)

    in_hand.record.state = RecordState.IN_FORCE
    hand.change(in_hand, hand.in_force, since=since, entry=hand.Entry(source, reason))
    hand.take_values(in_hand)

    event = RecordRestored(
        record_id=record_id,
        register=in_hand.definition.id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        since=since,
    )
    ledger.record(actor=actor, at=at, event=event)
    return in_hand.answer()
