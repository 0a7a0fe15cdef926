"""
A record in hand: its row locked, what we hold for true of it, and the one way in which versions are written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.text import fold
from tinhso.people.types import Actor
from tinhso.registers import faults, keys, places, words
from tinhso.registers.checking import Content
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.refusals import (
    NothingChanged,
    NotInForce,
    RecordEmptied,
    RecordMissing,
    StaleRecord,
    WrongSpan,
)
from tinhso.registers.timeline import Rewritten, Slice, rewrite
from tinhso.registers.types import BY_OFFICER, EnvelopeEvent, RecordState, Source, Written


@dataclass(slots=True)
class Hand:
    """
    :param versions: what we hold for true now, by first day
    :param at: the moment of writing, never before what was written last
    """

    record: Record
    definition: RegisterDefinition
    versions: list[RecordVersion]
    at: datetime
    written: list[RecordVersion] = field(default_factory=list)

    @property
    def today(self) -> date:
        return local(self.at).date()

    @property
    def unit_keys(self) -> frozenset[str]:
        return frozenset(version.unit_key for version in self.versions)

    @property
    def last(self) -> RecordVersion:
        """Return the version of the latest days."""
        return self.versions[-1]

    @property
    def digests(self) -> tuple[str, ...]:
        return tuple(version.digest for version in self.written)

    @property
    def is_emptied(self) -> bool:
        """Tell whether all that the record said was erased; every version keeps its words otherwise."""
        return bool(self.versions) and not any(one.values or one.words for one in self.versions)

    def require_in_force(self) -> None:
        """:raises NotInForce: it was cancelled, merged or split"""
        if self.record.state != RecordState.IN_FORCE:
            raise NotInForce(state=RecordState(self.record.state).label.lower())

    def answer(self) -> Written:
        return Written(self.record.pk, self.last.key, self.record.number)


@dataclass(frozen=True, slots=True)
class Entry:
    """Why something is written: where it comes from and, for a person, the reason."""

    source: Source = BY_OFFICER
    reason: str = ""


def lock(
    *, actor: Actor, at: datetime, record_id: UUID, number: int | None = None, emptied: bool = False
) -> Hand:
    """
    Return the record with its row locked until the transaction ends.

    :param number: the newest version the caller has seen; None to skip the question
    :param emptied: also one of which nothing is left
    :raises RecordMissing: absent, or the actor sees nothing of it
    :raises StaleRecord: it was changed since
    :raises RecordEmptied: what it said was erased when the time of keeping was over
    """
    row = Record.objects.select_for_update(no_key=True).filter(pk=record_id).first()
    if row is None:
        raise RecordMissing
    seen = RecordVersion.objects.now().visible_to(actor, row.register).filter(record_id=record_id)
    if not seen.exists():
        raise RecordMissing
    if number is not None and number != row.number:
        raise StaleRecord
    in_hand = held(row, at=at)
    if in_hand.is_emptied and not emptied:
        raise RecordEmptied
    return in_hand


def held(row: Record, *, at: datetime) -> Hand:
    """Return a locked row as a record in hand."""
    versions = list(row.versions.filter(known_to__isnull=True).order_by("valid_from"))
    return Hand(row, register(row.register), versions, max(at, row.updated_at))


def fresh(*, register_id: str, at: datetime, **columns: object) -> Hand:
    """Return a new record, without a version yet."""
    row = Record(register=register_id, made_at=at, updated_at=at, confirmed_at=at, **columns)
    row.save(force_insert=True)
    return Hand(row, register(register_id), [], at)


def begin(hand: Hand, content: Content, *, since: date, until: date | None, entry: Entry) -> None:
    """Write the first version of a new record. :raises WrongSpan: the last day is not after the first"""
    if until is not None and until <= since:
        raise WrongSpan
    _write(hand, Rewritten((), (Slice(since, until, content),)), entry=entry)


def change(
    hand: Hand,
    make: Callable[[Content], Content],
    *,
    entry: Entry,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """
    Change what is true from day to day, and close what we knew before.

    :raises WrongSpan: no day of the record lies in the span
    :raises NothingChanged: it is so already
    """
    slices = [Slice(one.valid_from, one.valid_to, content_of(one)) for one in hand.versions]
    if since is not None and until is not None and until <= since:
        raise WrongSpan
    if not any(_touches(one, since, until) for one in slices):
        raise WrongSpan
    rewritten = rewrite(slices, make, since=since, until=until)
    if not rewritten.made:
        raise NothingChanged
    _write(hand, rewritten, entry=entry)


def add_span(hand: Hand, content: Content, *, since: date, until: date | None, entry: Entry) -> None:
    """Let the record say this of days of which it said nothing. The caller has seen that it did not."""
    _write(hand, Rewritten((), (Slice(since, until, content),)), entry=entry)


def put(hand: Hand, content: Content, *, since: date, until: date | None, entry: Entry) -> None:
    """Let the record say this from the day on, as a whole; saying the same again is no mistake."""
    try:
        change(hand, lambda _before: content, since=since, until=until, entry=entry)
    except NothingChanged:
        hand.record.save()


def cancelled(content: Content) -> Content:
    """Return the content as not in force."""
    return replace(content, event=EnvelopeEvent.CANCEL)


def in_force(content: Content) -> Content:
    """Return the content as in force."""
    return replace(content, event=EnvelopeEvent.UPDATE)


def content_of(version: RecordVersion) -> Content:
    """Return what a version says; whether it was new or updated is no difference."""
    event = EnvelopeEvent.CANCEL if version.event == EnvelopeEvent.CANCEL else EnvelopeEvent.UPDATE
    return Content(version.values, version.geometry, version.box, event)


def _touches(one: Slice[Content], since: date | None, until: date | None) -> bool:
    return (until is None or one.start < until) and (since is None or one.end is None or since < one.end)


def _write(hand: Hand, rewritten: Rewritten[Content], *, entry: Entry) -> None:
    """Close what no longer stands, add what takes its place, and let the record hold its key."""
    closing = {one.start for one in rewritten.closed}
    closed = [one for one in hand.versions if one.valid_from in closing]
    RecordVersion.objects.filter(pk__in=[one.pk for one in closed]).update(known_to=hand.at)
    hand.record.number += 1
    before = hand.versions[-1].key if hand.versions else ""
    hand.written = [version_of(hand, one, before=before, entry=entry) for one in rewritten.made]
    RecordVersion.objects.bulk_create(hand.written)
    kept = [one for one in hand.versions if one.valid_from not in closing]
    hand.versions = sorted([*kept, *hand.written], key=lambda one: one.valid_from)
    hand.record.updated_at = hand.record.confirmed_at = hand.at
    hand.record.save()


def take_values(hand: Hand, *, may_clash: bool = False) -> None:
    """
    Let the record hold the keys and unique values of its versions in force, and note what is wrong with it.

    :param may_clash: what another record holds is left to it, and the clash noted for a person to settle
    :raises ValueHeld: another record holds one of them
    """
    holds = hand.record.state == RecordState.IN_FORCE
    standing = [one for one in hand.versions if holds and one.event != EnvelopeEvent.CANCEL]
    holder = keys.hold(hand.definition, hand.record, [(one.key, one.values) for one in standing])
    if not may_clash:
        keys.require_free(hand.definition, holder, hand.record)
    faults.keep(hand.definition, hand.record.pk, standing, on=hand.today)
    if hand.record.clashes_with_id != (holder.pk if holder else None):
        hand.record.clashes_with = holder
        hand.record.save(update_fields=["clashes_with"])


def version_of(hand: Hand, one: Slice[Content], *, before: str, entry: Entry) -> RecordVersion:
    """Return the version of one slice, unsaved; ``before`` is the key the record has."""
    definition, content = hand.definition, one.content
    event = EnvelopeEvent(content.event)
    if not hand.versions and event is not EnvelopeEvent.CANCEL:
        event = EnvelopeEvent.NEW
    version = RecordVersion(
        id=new_id(),
        record=hand.record,
        register=definition.id,
        number=hand.record.number,
        event=event,
        valid_from=one.start,
        valid_to=one.end,
        known_from=hand.at,
        values=dict(content.values),
        geometry=content.geometry,
        box=content.box,
        key=before
        if event is EnvelopeEvent.CANCEL
        else keys.key_for(definition, content.values, on=one.start, before=before),
        unit_key=unit_key(definition, content),
        sort_key=fold(title(definition, content.values))[:160],
        words=words.words_of(definition, content.values),
        source=entry.source.kind,
        reference=entry.source.reference,
        reason=entry.reason,
        definition=definition.fingerprint,
    )
    version.digest = digest(version)
    return version


def unit_key(definition: RegisterDefinition, content: Content) -> str:
    """Return the unit the content belongs to; empty where the register or the record names none."""
    value = content.values.get(definition.unit) if definition.unit else None
    return places.key_of(value["code"], date.fromisoformat(value["on"])) if isinstance(value, dict) else ""


def title(definition: RegisterDefinition, values: object, seen: Iterable[str] | None = None) -> str:
    """Return what names a record to people, of the fields that are seen."""
    held = values if isinstance(values, dict) else {}
    shown = definition.title if seen is None else [name for name in definition.title if name in seen]
    return ", ".join(str(held[name]) for name in shown if name in held)


def digest(version: RecordVersion) -> str:
    """Return the SHA-256 of what the version says, and of which version it is."""
    said = {
        "id": str(version.pk),
        "record": str(version.record_id),
        "event": str(version.event),
        "valid": [str(version.valid_from), str(version.valid_to)],
        "values": version.values,
        "geometry": version.geometry,
        "source": [str(version.source), version.reference],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
