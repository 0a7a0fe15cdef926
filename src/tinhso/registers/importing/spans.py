"""Rows that say from when to when they are true: several of them are the history of one record."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.registers import checking, correcting, dates, hand, policies
from tinhso.registers.correcting import Correction
from tinhso.registers.events import PastCorrected
from tinhso.registers.refusals import NothingChanged


class SpanWrong(ValueError):  # noqa: N818  (an answer about a row)
    """The days of a row cannot be: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the first on which it is true no more; None while it lasts."""

    since: date
    until: date | None


def read_span(since: object, until: object, *, today: date) -> Span:
    """Return the days as written; without a first one it is today. :raises SpanWrong: they are none"""
    first = _day(since) or today
    last = _day(until)
    if last is not None and last <= first:
        raise SpanWrong(_("Ngày cuối phải sau ngày đầu. Hãy sửa khoảng ngày của dòng này."))
    return Span(first, last)


def spans_meet(one: Span, other: Span) -> bool:
    """Tell whether they have a day in common."""
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)


def put_span(*, actor: Actor, at: datetime, record_id: UUID, one: Span, correction: Correction) -> bool:
    """
    Let the record say this in these days: days of its own, or those of a version it has.

    :return: False where it says so already
    :raises SpanWrong: the days lie across those of what the record says
    :raises Refusal: see ``correcting.correct``
    """
    in_hand = hand.lock(actor=actor, at=at, record_id=record_id)
    touched = [
        version for version in in_hand.versions if spans_meet(Span(version.valid_from, version.valid_to), one)
    ]
    if not touched:
        _extend(actor=actor, at=at, in_hand=in_hand, one=one, correction=correction)
        return True
    if [(version.valid_from, version.valid_to) for version in touched] != [(one.since, one.until)]:
        said = {"since": f"{one.since:%d/%m/%Y}"}
        raise SpanWrong(
            _("Khoảng ngày từ %(since)s chồng lên khoảng khác đã có trong sổ. Hãy xem lại.") % said
        )
    asked = replace(correction, since=one.since, until=one.until, from_today=False)
    try:
        correcting.correct(actor=actor, at=at, record_id=record_id, correction=asked, kind=PastCorrected)
    except NothingChanged:
        return False
    return True


def _extend(*, actor: Actor, at: datetime, in_hand: hand.Hand, one: Span, correction: Correction) -> None:
    definition = in_hand.definition
    policies.require_writer(actor=actor, definition=definition, unit_keys=in_hand.unit_keys)
    in_hand.require_in_force()
    content = checking.read(definition, correction.changes, on=in_hand.today)
    entry = hand.Entry(correction.source, correction.reason)
    hand.add_span(in_hand, content, since=one.since, until=one.until, entry=entry)
    hand.take_values(in_hand)
    event = PastCorrected(
        record_id=in_hand.record.pk,
        register=definition.id,
        number=in_hand.record.number,
        digests=in_hand.digests,
        fields=tuple(sorted(correction.changes)),
        since=one.since,
        until=one.until,
    )
    ledger.record(actor=actor, at=at, event=event)


def _day(written: object) -> date | None:
    if written is None or str(written).strip() == "":
        return None
    try:
        found = dates.read_date(str(written))
    except dates.NoSuchDay as problem:
        raise SpanWrong(
            _("Không có ngày «%(text)s». Hãy viết như 22/11/2026.") % {"text": written}
        ) from problem
    return dates.first_day(found)
