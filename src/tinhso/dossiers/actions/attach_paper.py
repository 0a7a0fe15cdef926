"""Put a paper to a draft, or take it away."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.kernel.refusals import NotFound
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor


def attach_paper(
    *, actor: Actor, at: datetime, draft_id: UUID, requirement: str, file_name: str, content: BinaryIO
) -> PaperView:
    """
    Receive a file for one part of the dossier, or for a question of type file.

    :raises NotFound: no such draft of the actor's, or no such part
    :raises Refusal: whatever ``papers`` finds wrong with the file; the draft stays as it was
    """
    with transaction.atomic():
        draft = queries.lock_draft(actor=actor, draft_id=draft_id)
        procedure = catalogue.of_version(draft.version_id).procedure
        _require_part(procedure=procedure, requirement=requirement)

        paper = receive_paper(
            actor=actor, at=at, owner_person_id=draft.applicant_id, file_name=file_name, content=content
        )

        ids = draft.papers.setdefault(requirement, [])
        if str(paper.id) not in ids:
            ids.append(str(paper.id))
        draft.saved_at = at
        draft.save(update_fields=["papers", "saved_at"])
    return paper


@transaction.atomic
def detach_paper(*, actor: Actor, at: datetime, draft_id: UUID, requirement: str, paper_id: UUID) -> None:
    """Take a paper out of the draft. It stays in its owner's keeping. :raises NotFound: it is not there"""
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)

    ids = draft.papers.get(requirement, [])
    if str(paper_id) not in ids:
        raise NotFound

    draft.papers[requirement] = [kept for kept in ids if kept != str(paper_id)]
    draft.saved_at = at
    draft.save(update_fields=["papers", "saved_at"])


def _require_part(*, procedure: Procedure, requirement: str) -> None:
    parts = {paper.id for paper in procedure.papers}
    questions = {question.id for question in procedure.questions() if question.type == "file"}
    if requirement not in parts | questions:
        raise NotFound
