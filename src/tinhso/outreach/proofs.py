"""The papers shown with a request for correction, for its two sides: who asked, and who decides."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.queries import Copy
from tinhso.papers.types import PaperView
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor, system
from tinhso.registers.correction_views import CorrectionView
from tinhso.registers.corrections import access_correction

# The request is read by right of the register; its papers come with it, whoever's they are.
READER = system("corrections")


def may_read_proofs(view: CorrectionView) -> bool:
    """Tell whether the reader of the request is a party to it or may decide it."""
    return view.is_own or view.may_work


def proofs(view: CorrectionView) -> tuple[PaperView, ...]:
    """Return the papers of a request the caller has got through ``access_correction``; one question."""
    if not view.paper_ids or not may_read_proofs(view):
        return ()
    return papers.papers(actor=READER, paper_ids=view.paper_ids)


def open_proof(
    *, actor: Actor, at: datetime, correction_id: UUID, paper_id: UUID, copy: Copy = "original"
) -> tuple[PaperView, BinaryIO]:
    """
    Return one of the papers and its bytes; close the stream. The owner is told that an officer looked.

    :raises CorrectionMissing: absent, or the actor may not see the request
    :raises NotFound: the paper is not of the request, or the actor neither asked for it nor may decide it
    """
    view = access_correction(actor=actor, correction_id=correction_id, at=at)
    if paper_id not in view.paper_ids or not may_read_proofs(view):
        raise NotFound
    paper = papers.access_paper(actor=READER, paper_id=paper_id)
    if copy != "preview":
        note_access(
            actor=actor,
            at=at,
            person_id=paper.owner_person_id,
            purpose=AccessPurpose.PAPER,
            subject_id=correction_id,
            reason=view.number,
        )
    return paper, papers.open_paper(actor=READER, paper_id=paper_id, copy=copy)
