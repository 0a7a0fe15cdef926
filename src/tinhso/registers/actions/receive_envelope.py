"""Take in a record that an outside system sends: once, whole, and never back to an older one."""

from datetime import date, datetime

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import checking, hand
from tinhso.registers.events import EnvelopeReceived
from tinhso.registers.models import Record
from tinhso.registers.refusals import EnvelopeWrong
from tinhso.registers.types import Envelope, EnvelopeEvent, RecordState, Source, SourceKind, Written


@transaction.atomic
def receive_envelope(*, actor: Actor, at: datetime, register_id: str, envelope: Envelope) -> Written:
    """
    Take in one envelope. A number that was seen, or is lower than one seen, changes nothing.

    The first one that arrives makes the record, whatever its event: an UPDATE may overtake its NEW, and after
    a CANCEL a late NEW is ignored like any other lower number.

    :return: ``changed`` is False where the envelope was ignored
    :raises NotAllowed: not a connector of the system
    :raises EnvelopeWrong: no such event, or a number below 1
    :raises RecordInvalid, KeyIncomplete, ValueHeld: the record itself
    """
    definition = register(register_id)
    locks.hold(f"registers/{register_id}/{envelope.outside_id}")
    in_hand = _in_hand(register_id, envelope, at=at)

    require_system(actor)

    if envelope.event not in EnvelopeEvent.values or envelope.number < 1:
        raise EnvelopeWrong
    is_new = in_hand is None or envelope.number > in_hand.record.received_number

    if is_new:
        in_hand = in_hand or hand.fresh(register_id=register_id, at=at, outside_id=envelope.outside_id)
        in_hand.record.received_number = envelope.number
        _write(in_hand, envelope, on=local(at).date(), system=definition.system)
    assert in_hand is not None

    event = EnvelopeReceived(
        record_id=in_hand.record.pk,
        register=register_id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        event=envelope.event,
        sent_number=envelope.number,
        taken=is_new,
    )
    ledger.record(actor=actor, at=at, event=event)
    answer = in_hand.answer()
    return Written(answer.record_id, answer.key, answer.number, changed=is_new)


def _in_hand(register_id: str, envelope: Envelope, *, at: datetime) -> hand.Hand | None:
    rows = Record.objects.select_for_update(no_key=True)
    row = rows.filter(register=register_id, outside_id=envelope.outside_id).first()
    return hand.held(row, at=at) if row else None


def _write(in_hand: hand.Hand, envelope: Envelope, *, on: date, system: str) -> None:
    cancels = envelope.event == EnvelopeEvent.CANCEL
    in_hand.record.state = RecordState.CANCELLED if cancels else RecordState.IN_FORCE
    content = _content(in_hand, envelope, on=on)
    entry = hand.Entry(Source(SourceKind.EXCHANGE, f"{system}/{envelope.outside_id}"[:120]))
    write = hand.put if in_hand.versions else hand.begin
    write(in_hand, content, since=envelope.since or on, until=envelope.until, entry=entry)
    hand.take_values(in_hand)


def _content(in_hand: hand.Hand, envelope: Envelope, *, on: date) -> checking.Content:
    """A cancellation may come without values, even as the first that is heard of a record."""
    if envelope.event == EnvelopeEvent.CANCEL and not envelope.values:
        last = hand.content_of(in_hand.last) if in_hand.versions else checking.Content({})
        return hand.cancelled(last)
    content = checking.read(in_hand.definition, envelope.values, on=on)
    return hand.cancelled(content) if envelope.event == EnvelopeEvent.CANCEL else hand.in_force(content)
