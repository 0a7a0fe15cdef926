"""Citizens are told which officer looked at their data: once for each officer, dossier and day."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest

from tinhso.dossiers.models import Dossier
from tinhso.kernel import idempotency
from tinhso.kernel.clock import local
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor

SEEN = "desk-seen"
KEPT = 200


def note_look(request: HttpRequest, *, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Note that the officer opened the dossier, unless they did so today already."""
    if _is_new(request, key := f"{dossier.pk}:{_today(at)}"):
        look = partial(note_access, purpose=AccessPurpose.DOSSIER, subject_id=dossier.pk, reason=dossier.code)
        _note_once(look, actor=actor, at=at, key=key, person_id=dossier.applicant_id)


def note_counter(
    request: HttpRequest, *, actor: Actor, at: datetime, person_id: UUID, agency_id: UUID
) -> None:
    """Note that the counter looked the person up, unless it did so today already."""
    if _is_new(request, key := f"{person_id}:{_today(at)}"):
        look = partial(
            note_access, purpose=AccessPurpose.COUNTER, agency_id=agency_id, reason="Tiếp nhận tại quầy"
        )
        _note_once(look, actor=actor, at=at, key=key, person_id=person_id)


def _is_new(request: HttpRequest, key: str) -> bool:
    """Ask the session first: most looks repeat one that was noted minutes ago."""
    seen: list[str] = request.session.get(SEEN, [])
    if key in seen:
        return False
    request.session[SEEN] = [*seen, key][-KEPT:]
    return True


def _note_once(look: Callable[..., None], *, actor: Actor, at: datetime, key: str, person_id: UUID) -> None:
    scope = f"{actor.signed_in_as} desk.look"
    with idempotency.once(scope=scope, key=key, request_hash=idempotency.hash_request(key), at=at) as attempt:
        if not attempt.is_replay:
            look(actor=actor, at=at, person_id=person_id)
            attempt.keep(True)


def _today(at: datetime) -> str:
    return f"{local(at).date():%Y%m%d}"
