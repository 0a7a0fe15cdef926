"""Look into an envelope: make a dossier of it, put it to the dossier that is there, or say why not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tinhso.dossiers.models import Dossier
from tinhso.exchange import jobs
from tinhso.exchange.events import EnvelopeOpened, EnvelopeStopped
from tinhso.exchange.models import WAITING, Envelope, EnvelopeState
from tinhso.exchange.national_portal.contract import read_dossier
from tinhso.exchange.national_portal.opening import Stuck, make_dossier, update_dossier
from tinhso.exchange.national_portal.reading import Reading
from tinhso.exchange.national_portal.rules import backoff, portal_rules
from tinhso.exchange.types import PASSING, Choices, Trouble, Why
from tinhso.kernel import ledger, locks
from tinhso.kernel.jobs import defer
from tinhso.people import policies
from tinhso.people.types import Actor


@transaction.atomic
def open_envelope(
    *,
    actor: Actor,
    at: datetime,
    envelope_id: UUID,
    files: Mapping[str, Path],
    lost: tuple[Trouble, ...] = (),
) -> EnvelopeState:
    """
    Open what waits; done twice, the second call finds it settled and changes nothing.

    :param files: what was fetched, by the key of the portal's file
    :param lost: what could not be fetched
    :return: the state it is in now
    :raises NotAllowed: anybody but the system asks
    """
    envelope = _lock(envelope_id)

    policies.require_system(actor)

    if envelope.state not in WAITING:
        return EnvelopeState(envelope.state)
    reading = reading_of(envelope)
    dossier = Dossier.objects.filter(national_code=envelope.code).first()
    if dossier is None and _lacks_original(envelope, reading):
        return _await_original(actor=actor, at=at, envelope=envelope)

    try:
        with transaction.atomic():
            made = _open(envelope, reading, dossier, at=at, files=files, lost=lost)
    except Stuck as stuck:
        return _stop(actor=actor, at=at, envelope=envelope, reading=reading, troubles=stuck.troubles)

    envelope.state, envelope.dossier_id, envelope.settled_at = EnvelopeState.DONE, made.pk, at
    envelope.agency_id, envelope.troubles, envelope.next_at = made.receiving_agency_id, [], None
    envelope.save()
    _wake_others(envelope, at=at)
    ledger.record(actor=actor, at=at, event=EnvelopeOpened(envelope_id=envelope.pk, dossier_id=made.pk))
    return EnvelopeState.DONE


def reading_of(envelope: Envelope) -> Reading:
    """Return what an envelope means by what is known now."""
    return Reading(read_dossier(envelope.payload), Choices.of(envelope.choices), envelope.received_at)


def _lock(envelope_id: UUID) -> Envelope:
    code = Envelope.objects.values_list("code", flat=True).get(pk=envelope_id)
    locks.hold(f"exchange.envelope:{code}")
    return Envelope.objects.select_for_update().get(pk=envelope_id)


def _open(
    envelope: Envelope,
    reading: Reading,
    dossier: Dossier | None,
    *,
    at: datetime,
    files: Mapping[str, Path],
    lost: tuple[Trouble, ...],
) -> Dossier:
    """:raises Stuck: it cannot be; whatever was done is undone"""
    troubles = reading.troubles(at=at) if dossier is None else ()
    if not reading.choices.without_files:
        troubles += lost
    if troubles:
        raise Stuck(*troubles)
    if dossier is None:
        return Dossier.objects.get(pk=make_dossier(reading, at=at, files=files))
    done = Envelope.objects.filter(code=envelope.code, state=EnvelopeState.DONE)
    update_dossier(
        reading, at=at, dossier=dossier, last=done.order_by("settled_at", "pk").last(), files=files
    )
    return dossier


def _lacks_original(envelope: Envelope, reading: Reading) -> bool:
    if not envelope.is_update or reading.choices.as_original:
        return False
    others = Envelope.objects.filter(code=envelope.code, received_at__lte=envelope.received_at)
    return not others.exclude(pk=envelope.pk).filter(is_update=False).exists()


def _await_original(*, actor: Actor, at: datetime, envelope: Envelope) -> EnvelopeState:
    """Wait for what it updates; after the hours of the rules a human is asked."""
    waited_enough = at >= envelope.received_at + timedelta(hours=portal_rules().arrival.original_hours)
    if waited_enough:
        trouble = Trouble(Why.ORIGINAL_MISSING, envelope.code)
        return _stop(actor=actor, at=at, envelope=envelope, reading=reading_of(envelope), troubles=(trouble,))
    envelope.state = EnvelopeState.WAITING_ORIGINAL
    envelope.next_at = envelope.received_at + timedelta(hours=portal_rules().arrival.original_hours)
    envelope.save()
    return EnvelopeState.WAITING_ORIGINAL


def _stop(
    *, actor: Actor, at: datetime, envelope: Envelope, reading: Reading, troubles: tuple[Trouble, ...]
) -> EnvelopeState:
    """Write down why, and try again by itself where that may help; else a human is asked."""
    envelope.troubles = [trouble.as_json() for trouble in troubles]
    belongs = reading.competent or reading.unit
    envelope.agency_id = belongs.id if belongs else envelope.agency_id
    envelope.tries += 1
    passing = all(trouble.why in PASSING for trouble in troubles)
    if passing and envelope.tries < portal_rules().arrival.tries:
        envelope.state, envelope.next_at = EnvelopeState.RETRYING, at + backoff(envelope.tries)
        envelope.save()
        return EnvelopeState.RETRYING
    is_news = envelope.state != EnvelopeState.NEEDS_HUMAN
    envelope.state, envelope.next_at = EnvelopeState.NEEDS_HUMAN, None
    envelope.save()
    if is_news:
        whys = tuple(sorted({str(trouble.why) for trouble in troubles}))
        ledger.record(actor=actor, at=at, event=EnvelopeStopped(envelope_id=envelope.pk, whys=whys))
    return EnvelopeState.NEEDS_HUMAN


def _wake_others(envelope: Envelope, *, at: datetime) -> None:
    """What waited for this one goes on; older content of what it replaced is over."""
    others = Envelope.objects.filter(code=envelope.code, state__in=WAITING).exclude(pk=envelope.pk)
    older = others.filter(received_at__lte=envelope.received_at, is_update=False)
    older.update(state=EnvelopeState.SUPERSEDED, settled_at=at, next_at=None)
    for other in others.filter(state__in=WAITING).order_by("received_at"):
        defer(jobs.open_it, envelope_id=str(other.pk))
