"""Take in the papers that prove a request for correction, and let go those that were not sent with one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound
from tinhso.papers import queries as papers
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.papers.actions.remove_paper import remove_paper
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor
from tinhso.registers.corrections import papers_shown

# What these papers are called among all of their owner's; the same file is the same proof.
KEY = "correction-proof"
MOST = 10
# A form that was left open overnight still finds its papers.
LEFT_AFTER = timedelta(days=2)
SWEPT_AT_ONCE = 500


class ProofGone(Conflict):
    code = "correction-proof-gone"
    message = _("Một tệp của phiếu không còn nữa vì trang này mở đã lâu. Hãy chọn lại tệp ấy rồi gửi.")


class TooManyProofs(Conflict):
    code = "correction-proofs"
    message = _("Một phiếu kèm nhiều nhất %(most)s tệp. Hãy bỏ bớt tệp, hoặc gộp các trang vào một tệp PDF.")


def keep_proof(*, actor: Actor, at: datetime, file_name: str, content: BinaryIO) -> PaperView:
    """
    Keep a file as the person's own, for a request that is being written.

    :raises NotAllowed: an officer, or an account without a person
    :raises Refusal: whatever ``receive_paper`` says of the file; nothing is kept
    """
    if actor.person_id is None or actor.is_officer:
        raise NotAllowed
    return receive_paper(
        actor=actor,
        at=at,
        owner_person_id=actor.person_id,
        file_name=file_name,
        content=content,
        client_key=KEY,
    )


@transaction.atomic
def drop_proof(*, actor: Actor, at: datetime, paper_id: UUID) -> None:
    """
    Throw a file away that no request shows; one that was sent stays where it was sent.

    :raises NotFound: absent, another's, or no proof of a correction
    """
    if not _own(actor, [paper_id]):
        raise NotFound

    if papers_shown([paper_id]):
        return

    remove_paper(actor=actor, at=at, paper_id=paper_id)


def proofs_of(*, actor: Actor, paper_ids: Iterable[UUID]) -> tuple[PaperView, ...]:
    """
    Return the papers a form names, all of them the person's own proofs.

    :raises ProofGone: one of them is not there any more, or was never theirs
    :raises TooManyProofs: more than :data:`MOST`
    """
    wanted = set(paper_ids)
    if len(wanted) > MOST:
        raise TooManyProofs(most=MOST)
    found = _own(actor, wanted)
    if len(found) < len(wanted):
        raise ProofGone
    return found


def kept_of(*, actor: Actor, paper_ids: Iterable[UUID]) -> tuple[PaperView, ...]:
    """Return those of them that are there, to be shown again."""
    return _own(actor, paper_ids)


def sweep_proofs(*, actor: Actor, at: datetime) -> int:
    """Throw away what was taken in for requests that were never sent; return how many."""
    left = papers.received_for(KEY, before=at - LEFT_AFTER, limit=SWEPT_AT_ONCE)
    shown = papers_shown(left)
    gone = [one for one in left if one not in shown]
    for paper_id in gone:
        remove_paper(actor=actor, at=at, paper_id=paper_id)
    return len(gone)


def _own(actor: Actor, paper_ids: Iterable[UUID]) -> tuple[PaperView, ...]:
    wanted = set(paper_ids)
    found = papers.papers(actor=actor, paper_ids=wanted, client_key=KEY) if wanted else ()
    return tuple(one for one in found if one.owner_person_id == actor.person_id)
