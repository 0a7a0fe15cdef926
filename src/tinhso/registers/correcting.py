"""What both corrections share: from a day on, and of the past."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import checking, hand, policies, relations
from tinhso.registers.checking import Content
from tinhso.registers.events import RecordCorrected
from tinhso.registers.reasons import require_reason
from tinhso.registers.types import BY_OFFICER, EnvelopeEvent, Source, Values, Written


@dataclass(frozen=True, slots=True)
class Correction:
    """
    :param from_today: the change begins on the day of writing; :param may_clash: see ``hand.take_values``
    """

    changes: Values
    reason: str
    source: Source = BY_OFFICER
    since: date | None = None
    until: date | None = None
    number: int | None = None
    from_today: bool = False
    may_clash: bool = False


def correct(
    *, actor: Actor, at: datetime, record_id: UUID, correction: Correction, kind: type[RecordCorrected]
) -> Written:
    """Change what is true in the span. :raises Refusal: see ``actions.correct_record``"""
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id, number=correction.number)
    definition = in_hand.definition

    actor = policies.require_writer(actor=actor, definition=definition, unit_keys=in_hand.unit_keys)
    policies.require_fields(
        actor=actor, definition=definition, names=correction.changes, unit_keys=in_hand.unit_keys
    )

    in_hand.require_in_force()
    reason = require_reason(correction.reason)
    since = in_hand.today if correction.from_today else correction.since
    parent = correction.changes.get(definition.parent) if definition.parent else None
    relations.require_no_cycle(definition, record_id, _record_of(definition.id, parent))

    def changed(content: Content) -> Content:
        if content.event == EnvelopeEvent.CANCEL:
            return content
        return checking.read(definition, correction.changes, on=in_hand.today, before=content)

    hand.change(
        in_hand, changed, entry=hand.Entry(correction.source, reason), since=since, until=correction.until
    )
    policies.require_writer(actor=actor, definition=definition, unit_keys=in_hand.unit_keys)
    hand.take_values(in_hand, may_clash=correction.may_clash)

    event = kind(
        record_id=record_id,
        register=definition.id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        fields=tuple(sorted(correction.changes)),
        since=since,
        until=correction.until,
    )
    ledger.record(actor=actor, at=at, event=event)
    return in_hand.answer()


def _record_of(register_id: str, written: object) -> UUID | None:
    return relations.find(register_id, str(written)) if written else None
