"""Write down what the portal delivered, before it is told that we have it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from tinhso.exchange import jobs
from tinhso.exchange.events import EnvelopeReceived
from tinhso.exchange.models import Envelope
from tinhso.exchange.national_portal.contract import Malformed, read_dossier
from tinhso.exchange.national_portal.rules import portal_rules
from tinhso.kernel import ledger, locks
from tinhso.kernel.jobs import defer
from tinhso.people import policies
from tinhso.people.types import Actor


@transaction.atomic
def receive_delivery(
    *, actor: Actor, at: datetime, dossiers: Sequence[Mapping[str, Any]], is_update: bool
) -> tuple[Envelope, ...]:
    """
    Keep every dossier of a delivery, or none; the same content again is counted and changes nothing.

    :param dossiers: ``data`` of the delivery, as it came
    :param is_update: ``isUpdating``
    :raises NotAllowed: anybody but the system asks
    :raises Malformed: one has no ``MaHoSo``, no shape we know, or is too large; nothing is kept
    """
    policies.require_system(actor)

    _require_sound(dossiers)

    return tuple(
        _keep(actor=actor, at=at, payload=dict(payload), is_update=is_update) for payload in dossiers
    )


def digest_of(payload: Mapping[str, Any], *, is_update: bool) -> str:
    """Return the fingerprint of the content; the order of its fields does not count."""
    plain = json.dumps([is_update, payload], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _require_sound(dossiers: Sequence[Mapping[str, Any]]) -> None:
    arrival = portal_rules().arrival
    if not 0 < len(dossiers) <= arrival.most_dossiers:
        raise Malformed("data")
    for number, payload in enumerate(dossiers):
        place = f"data.{number}"
        if not isinstance(payload, dict):
            raise Malformed(place)
        written = json.dumps(payload, ensure_ascii=False)
        # PostgreSQL keeps no NUL in JSON.
        if len(written.encode()) > arrival.largest_dossier or "\\u0000" in written:
            raise Malformed(place)
        if len(read_dossier(payload, place=place).files) > arrival.most_files:
            raise Malformed(f"{place}.TaiLieuNop")


def _keep(*, actor: Actor, at: datetime, payload: dict[str, Any], is_update: bool) -> Envelope:
    code = read_dossier(payload).MaHoSo
    locks.hold(f"exchange.envelope:{code}")
    digest = digest_of(payload, is_update=is_update)
    known = Envelope.objects.filter(code=code, digest=digest).first()
    if known is not None:
        Envelope.objects.filter(pk=known.pk).update(times=F("times") + 1, last_received_at=at)
        return known
    envelope = Envelope.objects.create(
        code=code,
        is_update=is_update,
        digest=digest,
        payload=payload,
        received_at=at,
        last_received_at=at,
    )
    event = EnvelopeReceived(envelope_id=envelope.pk, code=code, is_update=is_update)
    ledger.record(actor=actor, at=at, event=event)
    defer(jobs.open_it, envelope_id=str(envelope.pk))
    return envelope
