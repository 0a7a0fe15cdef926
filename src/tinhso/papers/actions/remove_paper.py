"""Throw a paper away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import files, ledger
from tinhso.papers import policies
from tinhso.papers.events import PaperRemoved
from tinhso.papers.refusals import PaperInUse
from tinhso.people.types import Actor


@transaction.atomic
def remove_paper(*, actor: Actor, at: datetime, paper_id: UUID) -> None:
    """
    Delete the paper and its files.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor only reads it
    :raises PaperInUse: an agency was given it
    """
    paper = policies.lock_paper(actor=actor, paper_id=paper_id)

    policies.require_owner(actor=actor, owner_person_id=paper.owner_id)

    if paper.grants.exists():
        raise PaperInUse

    # The file of a paper taken from somebody's keeping is the document's.
    own = [] if paper.kept_id else [paper.original_id, paper.display_id, paper.preview_id]
    paper.delete()
    for file_id in own:
        if file_id is not None:
            files.delete(file_id)

    ledger.record(actor=actor, at=at, event=PaperRemoved(paper_id=paper_id))
