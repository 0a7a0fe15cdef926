"""Private notes of officers: for colleagues of the same agency, never for citizens or other agencies."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import policies, queries
from tinhso.dossiers.events import NoteStruck, NoteWritten
from tinhso.dossiers.models import Note
from tinhso.dossiers.rules import rules
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotFound, Refusal
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

LONGEST = 2000


class NoteEmpty(Refusal):
    code = "note-empty"
    message = _("Hãy viết ghi chú, không quá 2.000 ký tự.")


class NoteStands(Conflict):
    code = "note-stands"
    message = _("Chỉ gạch được ghi chú của chính mình trong %(hours)s giờ. Hãy viết ghi chú mới để nói lại.")


@transaction.atomic
def write_note(*, actor: Actor, at: datetime, dossier_id: UUID, text: str) -> UUID:
    """
    Write a note on the dossier; return its id.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: no post in an agency that has a part in the case, or the actor's own case
    :raises NoteEmpty: nothing, or too much
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)

    post = policies.require_noter(actor=actor, dossier=dossier)

    text = normalise(text)
    if not 0 < len(text) <= LONGEST:
        raise NoteEmpty

    note = Note.objects.create(
        dossier=dossier, agency_id=post.agency_id, author_id=actor.signed_in_as, text=text, written_at=at
    )

    event = NoteWritten(dossier_id=dossier_id, note_id=note.id)
    ledger.record(actor=actor.acting_from(post), at=at, event=event)
    return note.id


@transaction.atomic
def strike_note(*, actor: Actor, at: datetime, dossier_id: UUID, note_id: UUID) -> None:
    """
    Strike out one's own note; it is kept, and shown struck. Done twice, the second changes nothing.

    :raises NotFound: no such note for the actor
    :raises NoteStands: another's, or its time is over
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    note = (
        queries.notes_of(actor=actor, dossier=dossier)
        .select_for_update(of=("self",))
        .filter(pk=note_id)
        .first()
    )
    if note is None:
        raise NotFound

    post = policies.require_noter(actor=actor, dossier=dossier)

    allowed = rules().notes
    if note.struck_at is not None:
        return
    if note.author_id != actor.account_id or at > note.written_at + allowed.struck_within:
        raise NoteStands(hours=allowed.struck_within_hours)

    note.struck_at = at
    note.save(update_fields=["struck_at"])

    event = NoteStruck(dossier_id=dossier_id, note_id=note.id)
    ledger.record(actor=actor.acting_from(post), at=at, event=event)
