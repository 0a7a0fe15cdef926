"""Two records say the same thing twice: one stays, the other points to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import checking, hand, policies
from tinhso.registers.checking import Content
from tinhso.registers.events import RecordsMerged
from tinhso.registers.reasons import require_reason
from tinhso.registers.refusals import SameRecord
from tinhso.registers.types import EnvelopeEvent, RecordState, Values, Written


@transaction.atomic
def merge_records(
    *,
    actor: Actor,
    at: datetime,
    winner_id: UUID,
    loser_id: UUID,
    reason: str,
    changes: Values | None = None,
    number: int | None = None,
) -> Written:
    """
    Merge a record into another. Both keep their histories; who points at the loser is led to the winner.

    :param changes: values the winner takes over, true as long as the winner
    :param number: the newest version of the winner the caller has seen
    :raises SameRecord: one record, or two registers
    :raises Refusal: see ``cancel_record``; RecordInvalid for the values taken over
    """
    if winner_id == loser_id:
        raise SameRecord
    # Always in one order, so that two who merge the same pair the other way round do not wait for each other.
    first, second = (
        hand.lock(actor=actor, at=at, record_id=one, number=number if one == winner_id else None)
        for one in sorted((winner_id, loser_id))
    )
    winner, loser = (first, second) if first.record.pk == winner_id else (second, first)

    actor = policies.require_writer(
        actor=actor,
        definition=winner.definition,
        unit_keys=winner.unit_keys | loser.unit_keys,
        deed="settle",
    )
    names, units = changes or (), winner.unit_keys
    policies.require_fields(actor=actor, definition=winner.definition, names=names, unit_keys=units)

    if winner.record.register != loser.record.register:
        raise SameRecord
    winner.require_in_force()
    loser.require_in_force()
    reason = require_reason(reason)

    loser.record.state = RecordState.MERGED
    loser.record.merged_into = winner.record
    loser.record.clashes_with = None
    hand.change(loser, hand.cancelled, entry=hand.Entry(reason=reason))
    hand.take_values(loser)
    if changes:
        hand.change(winner, lambda one: _with(winner, one, changes), entry=hand.Entry(reason=reason))
    hand.take_values(winner)

    event = RecordsMerged(
        record_id=loser_id,
        register=loser.definition.id,
        number=loser.record.number,
        digests=loser.digests + winner.digests,
        into_id=winner_id,
    )
    ledger.record(actor=actor, at=at, event=event)
    return winner.answer()


def _with(winner: hand.Hand, content: Content, changes: Values) -> Content:
    if content.event == EnvelopeEvent.CANCEL:
        return content
    return checking.read(winner.definition, changes, on=winner.today, before=content)
