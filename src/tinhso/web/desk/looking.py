"""Citizens are told which officer looked at their data: once for each officer, dossier and day."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import oversees
from tinhso.kernel import idempotency
from tinhso.kernel.clock import local
from tinhso.papers.types import PaperView
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor, OrganisationView

# Most looks repeat one that this process noted minutes ago; the database decides about the rest.
_noted: deque[tuple[str, str]] = deque(maxlen=500)


def note_look(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Note that the officer opened the dossier, unless they did so today already."""
    key = f"{dossier.pk}:{_today(at)}"
    look = partial(note_access, purpose=AccessPurpose.DOSSIER, subject_id=dossier.pk, reason=dossier.code)
    _note_once(look, actor=actor, at=at, key=key, person_id=dossier.applicant_id)


def note_paper(*, actor: Actor, at: datetime, paper: PaperView, dossier: Dossier) -> None:
    """Note that somebody outside the agencies of the case, who oversees them, opened the paper today."""
    if not oversees(actor):
        return
    look = partial(note_access, purpose=AccessPurpose.PAPER, subject_id=paper.id, reason=dossier.code)
    key = f"{paper.id}:{_today(at)}"
    _note_once(look, actor=actor, at=at, key=key, person_id=paper.owner_person_id)


def note_counter(*, actor: Actor, at: datetime, person_id: UUID, agency_id: UUID) -> None:
    """Note that the counter looked the person up, unless it did so today already."""
    key = f"{person_id}:{_today(at)}"
    look = partial(
        note_access, purpose=AccessPurpose.COUNTER, agency_id=agency_id, reason="Tiếp nhận tại quầy"
    )
    _note_once(look, actor=actor, at=at, key=key, person_id=person_id)


def note_kept(*, actor: Actor, at: datetime, person_id: UUID) -> None:
    """Note that an officer was shown which papers the person keeps, unless they were today already."""
    key = f"kept:{person_id}:{_today(at)}"
    look = partial(note_access, purpose=AccessPurpose.PAPER, reason="Xem giấy tờ đã có khi làm hồ sơ hộ")
    _note_once(look, actor=actor, at=at, key=key, person_id=person_id)


def note_record(*, actor: Actor, at: datetime, record_id: UUID, person_id: UUID, register: str) -> None:
    """Note that the officer opened a record about the person, unless they did so today already."""
    look = partial(note_access, purpose=AccessPurpose.REGISTER, subject_id=record_id, reason=register)
    key = f"{record_id}:{person_id}:{_today(at)}"
    _note_once(look, actor=actor, at=at, key=key, person_id=person_id)


def note_organisation(*, actor: Actor, at: datetime, organisation: OrganisationView, agency_id: UUID) -> None:
    """Note, for who represents it by law, that the counter looked the organisation up today."""
    person_id = organisation.representative_person_id
    if person_id is None:
        return
    look = partial(
        note_access,
        purpose=AccessPurpose.COUNTER,
        agency_id=agency_id,
        subject_id=organisation.id,
        reason=f"Tiếp nhận tại quầy: {organisation.name}"[:240],
    )
    _note_once(look, actor=actor, at=at, key=f"{organisation.id}:{_today(at)}", person_id=person_id)


def _note_once(look: Callable[..., None], *, actor: Actor, at: datetime, key: str, person_id: UUID) -> None:
    scope = f"{actor.signed_in_as} desk.look"
    if (scope, key) in _noted:
        return
    with idempotency.once(scope=scope, key=key, request_hash=idempotency.hash_request(key), at=at) as attempt:
        if not attempt.is_replay:
            look(actor=actor, at=at, person_id=person_id)
            attempt.keep(True)
    _noted.append((scope, key))


def _today(at: datetime) -> str:
    return f"{local(at).date():%Y%m%d}"
