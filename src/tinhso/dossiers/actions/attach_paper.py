"""Put a paper to a draft, or take it away."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.models import Draft
from tinhso.dossiers.party import into
from tinhso.forms import engine
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor


class EntryGone(Conflict):
    code = "entry-gone"
    message = _("Mục nhận tệp này không còn trong bản khai. Hãy tải lại trang, rồi gửi tệp ở mục đang có.")


def attach_paper(
    *, actor: Actor, at: datetime, draft_id: UUID, requirement: str, file_name: str, content: BinaryIO
) -> PaperView:
    """
    Receive a file for one part of the dossier, or for a question of type file.

    :param requirement: id of the paper or question; ``children[2].birth_proof`` for the entry that bears 2
    :raises NotFound: no such draft of the actor's, or no such part
    :raises EntryGone: the form does not show the entry any more
    :raises Refusal: whatever ``papers`` finds wrong with the file; the draft stays as it was
    """
    with transaction.atomic():
        draft = queries.lock_draft(actor=actor, draft_id=draft_id)
        procedure = catalogue.of_version(draft.version_id).procedure
        require_part(draft=draft, procedure=procedure, requirement=requirement)

        paper = receive_paper(
            actor=into(actor, draft),
            at=at,
            owner_person_id=draft.applicant_id,
            file_name=file_name,
            content=content,
        )

        put_to_draft(draft=draft, procedure=procedure, requirement=requirement, paper_id=paper.id, at=at)
    return paper


def put_to_draft(
    *, draft: Draft, procedure: Procedure, requirement: str, paper_id: UUID, at: datetime
) -> None:
    """Note in the locked draft that the paper answers the part; twice is once."""
    ids = draft.papers.setdefault(requirement, [])
    if str(paper_id) not in ids:
        ids.append(str(paper_id))
    _save(draft=draft, procedure=procedure, requirement=requirement, at=at)


@transaction.atomic
def detach_paper(*, actor: Actor, at: datetime, draft_id: UUID, requirement: str, paper_id: UUID) -> None:
    """Take a paper out of the draft. It stays in its owner's keeping. :raises NotFound: it is not there"""
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)

    ids = draft.papers.get(requirement, [])
    if str(paper_id) not in ids:
        raise NotFound

    draft.papers[requirement] = [kept for kept in ids if kept != str(paper_id)]
    procedure = catalogue.of_version(draft.version_id).procedure
    _save(draft=draft, procedure=procedure, requirement=requirement, at=at)


def require_part(*, draft: Draft, procedure: Procedure, requirement: str) -> None:
    """:raises NotFound: nothing of the procedure takes files under it; :raises EntryGone: not in sight"""
    if requirement in {paper.id for paper in procedure.papers}:
        return
    place = engine.place_of(procedure, requirement)
    if place is None:
        raise NotFound
    typed = {name: box for page in draft.typed.values() for name, box in page.items()}
    if place.number and place.number not in engine.entry_numbers(place.question, draft.answers, typed):
        raise EntryGone


def _save(*, draft: Draft, procedure: Procedure, requirement: str, at: datetime) -> None:
    """Keep the files, and the answer they are."""
    draft.answers = engine.put_files(procedure, draft.answers, requirement, draft.papers[requirement])
    draft.saved_at = at
    draft.save(update_fields=["answers", "papers", "saved_at"])
