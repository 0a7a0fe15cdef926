"""One record becomes several, from a day on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import checking, hand, policies
from tinhso.registers.checking import Content
from tinhso.registers.events import RecordEntered, RecordSplit
from tinhso.registers.reasons import require_reason
from tinhso.registers.refusals import (
    FieldProblem,
    KeyIncomplete,
    PartsInvalid,
    RecordInvalid,
    TooFewParts,
    ValueHeld,
)
from tinhso.registers.types import RecordState, Source, Values, Written


@transaction.atomic
def split_record(
    *,
    actor: Actor,
    at: datetime,
    record_id: UUID,
    parts: Sequence[Values],
    reason: str,
    since: date | None = None,
    number: int | None = None,
) -> tuple[Written, ...]:
    """
    Split a record: it is in force no more, and its parts say what they come from.

    :param parts: of each part, what differs from the record; the rest it takes over
    :param since: the first day of the parts; None: today
    :return: the parts, in their order
    :raises TooFewParts: less than two
    :raises PartsInvalid: which parts are wrong, and in what
    :raises Refusal: see ``cancel_record``
    """
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id, number=number)
    definition, on = in_hand.definition, since or in_hand.today

    actor = policies.require_writer(
        actor=actor, definition=definition, unit_keys=in_hand.unit_keys, deed="settle"
    )
    given = {name for part in parts for name in part}
    policies.require_fields(actor=actor, definition=definition, names=given, unit_keys=in_hand.unit_keys)

    in_hand.require_in_force()
    reason = require_reason(reason)
    if len(parts) < 2:
        raise TooFewParts
    whole = hand.content_of(in_hand.last)
    contents = _contents(definition, parts, whole, on=in_hand.today)

    in_hand.record.state = RecordState.SPLIT
    hand.change(in_hand, hand.cancelled, since=on, entry=hand.Entry(reason=reason))
    hand.take_values(in_hand)
    made = [
        _part(in_hand, content, on=on, reason=reason, number=number)
        for number, content in enumerate(contents, start=1)
    ]

    ids = tuple(one.record.pk for one in made)
    event = RecordSplit(
        record_id=record_id,
        register=definition.id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        part_ids=ids,
    )
    ledger.record_all(actor=actor, at=at, events=[event, *(_entered(one, on) for one in made)])
    return tuple(one.answer() for one in made)


def _contents(
    definition: RegisterDefinition, parts: Sequence[Values], whole: Content, *, on: date
) -> list[Content]:
    """:raises PartsInvalid: whatever is wrong in any of them, all of it at once"""
    contents: list[Content] = []
    wrong: list[tuple[int, FieldProblem]] = []
    for number, part in enumerate(parts, start=1):
        try:
            contents.append(checking.read(definition, part, on=on, before=whole))
        except RecordInvalid as refusal:
            wrong += ((number, problem) for problem in refusal.problems)
    if wrong:
        raise PartsInvalid(wrong)
    return contents


def _part(whole: hand.Hand, content: Content, *, on: date, reason: str, number: int) -> hand.Hand:
    """:raises PartsInvalid: its key cannot be made, or another record or part holds it"""
    part = hand.fresh(register_id=whole.definition.id, at=whole.at, split_from=whole.record)
    try:
        hand.begin(part, content, since=on, until=None, entry=hand.Entry(reason=reason))
        hand.take_values(part)
    except (KeyIncomplete, ValueHeld) as refusal:
        field = str(refusal.data.get("name", "")) or _of_key(whole.definition)
        raise PartsInvalid([(number, FieldProblem(field, refusal.sentence()))]) from refusal
    return part


def _of_key(definition: RegisterDefinition) -> str:
    """Return the last field that the key is made of: in most registers the number that tells apart."""
    return next((name for name in reversed(definition.key.names) if name in definition.by_id), "")


def _entered(part: hand.Hand, on: date) -> RecordEntered:
    source = Source()
    return RecordEntered(
        record_id=part.record.pk,
        register=part.definition.id,
        number=part.record.number,
        digests=part.digests,
        source=source.kind,
        reference=source.reference,
        since=on,
    )
