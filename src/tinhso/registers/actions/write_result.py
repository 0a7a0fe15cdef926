"""
What a signed result writes into registers, in the transaction in which it is signed, corrected or revoked.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import checking, correcting, hand
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.columns import matches
from tinhso.registers.events import PastCorrected, RecordCorrected, RecordEntered
from tinhso.registers.keys import key_for
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.outcomes import Deed, Outcome, deeds
from tinhso.registers.refusals import NothingChanged
from tinhso.registers.relations import KEY, find
from tinhso.registers.types import RecordState, Source, SourceKind
from tinhso.registers.words import facet, of_register, quoted

_SIGNED = "Theo kết quả đã ký"


@transaction.atomic
def write_result(*, actor: Actor, at: datetime, outcome: Outcome) -> tuple[UUID, ...]:
    """
    Write the result's entries; return the records it entered, corrected or cancelled.

    A key that another record holds keeps no result from being signed: the entry notes the clash, for a person
    to settle by merging or correcting.

    :raises NotAllowed: not the system itself
    :raises RecordInvalid, KeyIncomplete: the definition takes from the result what its fields cannot hold
    """
    require_system(actor)

    return tuple(
        record_id for deed in deeds(outcome) if (record_id := _do(actor, at, outcome, deed)) is not None
    )


@transaction.atomic
def correct_result_entries(*, actor: Actor, at: datetime, outcome: Outcome, reason: str) -> None:
    """
    Put right what the result's entries say since they began, as the result was put right.

    :raises Refusal: see :func:`write_result`
    """
    require_system(actor)

    for deed in deeds(outcome):
        record = _entry(outcome.dossier_id, deed)
        if record is not None and record.state == RecordState.IN_FORCE:
            _correct(actor, at, record.pk, outcome, deed, reason=reason, kind=PastCorrected)


@transaction.atomic
def cancel_result_entries(*, actor: Actor, at: datetime, dossier_id: UUID, reason: str) -> None:
    """Cancel what the result entered: it was revoked. :raises NotAllowed: not the system itself"""
    require_system(actor)

    source = Source(SourceKind.DOSSIER, str(dossier_id))
    written = Record.objects.filter(dossier_id=dossier_id, state=RecordState.IN_FORCE)
    for record_id in written.order_by("pk").values_list("pk", flat=True):
        cancel_record(actor=actor, at=at, record_id=record_id, reason=reason, source=source)


def _do(actor: Actor, at: datetime, outcome: Outcome, deed: Deed) -> UUID | None:
    found = _led_to(deed) if deed.writing.by else None
    if deed.writing.does == "cancel":
        if found is not None:
            source = Source(SourceKind.DOSSIER, str(outcome.dossier_id))
            cancel_record(
                actor=actor, at=at, record_id=found, reason=_SIGNED, since=deed.since, source=source
            )
        return found
    if found is not None and deed.writing.does == "correct":
        _correct(actor, at, found, outcome, deed, reason=_SIGNED, kind=RecordCorrected)
        return found
    return _enter(actor, at, outcome, deed)


def _enter(actor: Actor, at: datetime, outcome: Outcome, deed: Deed) -> UUID:
    source = Source(SourceKind.DOSSIER, str(outcome.dossier_id))
    content = checking.read(deed.definition, deed.values, on=outcome.filed_on)
    new = hand.fresh(register_id=deed.definition.id, at=at, dossier_id=outcome.dossier_id, entry=deed.entry)
    hand.begin(new, content, since=deed.since, until=outcome.until, entry=hand.Entry(source))
    hand.take_values(new, may_clash=True)
    event = RecordEntered(
        record_id=new.record.pk,
        register=deed.definition.id,
        number=new.record.number,
        digests=new.digests,
        source=source.kind,
        reference=source.reference,
        since=deed.since,
    )
    ledger.record(actor=actor, at=at, event=event)
    return new.record.pk


def _correct(
    actor: Actor,
    at: datetime,
    record_id: UUID,
    outcome: Outcome,
    deed: Deed,
    *,
    reason: str,
    kind: type[RecordCorrected],
) -> None:
    correction = correcting.Correction(
        changes=deed.values,
        reason=reason,
        source=Source(SourceKind.DOSSIER, str(outcome.dossier_id)),
        since=None if kind is PastCorrected else deed.since,
        may_clash=True,
    )
    try:
        correcting.correct(actor=actor, at=at, record_id=record_id, correction=correction, kind=kind)
    except NothingChanged:
        return


def _entry(dossier_id: UUID, deed: Deed) -> Record | None:
    rows = Record.objects.filter(dossier_id=dossier_id, register=deed.definition.id, entry=deed.entry)
    return rows.first()


def _led_to(deed: Deed) -> UUID | None:
    """Return the newest record in force that the value of ``by`` leads to."""
    name = deed.writing.by or ""
    if name == KEY:
        key = key_for(deed.definition, deed.values, on=deed.since)
        return find(deed.definition.id, key)
    value = deed.values.get(name)
    if value is None:
        return None
    asked = f"{quoted(of_register(deed.definition.id))} & {quoted(facet(name, value))}"
    rows = RecordVersion.objects.now().in_force().filter(matches(asked), register=deed.definition.id)
    standing = rows.filter(record__state=RecordState.IN_FORCE)
    return standing.order_by("-record_id").values_list("record_id", flat=True).first()
