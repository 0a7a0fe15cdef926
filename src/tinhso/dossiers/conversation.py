"""The thread of a dossier as its readers see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from tinhso.dossiers import policies, queries
from tinhso.dossiers.models import CaseMessage, Dossier
from tinhso.dossiers.party import into
from tinhso.dossiers.rules import rules
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.queries import Copy
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """
    One message as one reader sees it.

    :param is_own: the reader's own side wrote it
    :param author: empty of an officer where a citizen reads: the agency speaks
    :param agency: the agency the officer wrote from; empty of the applicant's side
    :param read_at: when the other side read it; None while nobody has
    """

    id: UUID
    side: str
    is_own: bool
    author: str
    agency: str
    text: str
    files: tuple[PaperView, ...]
    written_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Thread:
    """
    :param may_write: the reader may answer now
    :param closes_at: when it takes no more messages; None while the dossier is not over
    """

    dossier: Dossier
    messages: tuple[Said, ...]
    may_write: bool
    is_closed: bool
    closes_at: datetime | None


def thread_of(*, actor: Actor, at: datetime, dossier_id: UUID) -> Thread:
    """Return the thread, oldest first. :raises NotFound: absent, or not visible to the actor"""
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    rows = list(dossier.messages.select_related("author__person", "agency"))
    ids = [UUID(paper) for row in rows for paper in row.papers]
    found = papers.papers(actor=into(actor, dossier), paper_ids=ids) if ids else ()
    kept = {str(paper.id): paper for paper in found}
    side = policies.side_of(actor=actor, dossier=dossier)
    closed = is_closed(dossier, at=at)
    return Thread(
        dossier=dossier,
        messages=tuple(_said(row, kept, side, names_officers=actor.is_officer) for row in rows),
        may_write=side is not None and not closed,
        is_closed=closed,
        closes_at=closes_at(dossier),
    )


def closes_at(dossier: Dossier) -> datetime | None:
    """Return when the thread takes no more messages; None while the dossier is not over."""
    if dossier.state not in FINAL:
        return None
    ended = dossier.returned_at or dossier.finished_at or dossier.filed_at
    return ended + timedelta(days=rules().messages.open_days_after_end)


def is_closed(dossier: Dossier, *, at: datetime) -> bool:
    """Tell whether the dossier has been over for longer than questions about it are taken."""
    end = closes_at(dossier)
    return end is not None and at > end


def sent_before(*, actor: Actor, dossier: Dossier, client_key: str) -> UUID | None:
    """Return the message this sending made already; None for a new one."""
    if not client_key:
        return None
    rows = CaseMessage.objects.filter(dossier=dossier, author_id=actor.signed_in_as)
    return rows.filter(client_key=client_key[:40]).values_list("pk", flat=True).first()


def open_enclosed(
    *, actor: Actor, dossier_id: UUID, paper_id: UUID, copy: Copy = "original"
) -> tuple[PaperView, BinaryIO]:
    """
    Return a file that came with a message, and its bytes; close the stream.

    :raises NotFound: the dossier is not visible to the actor, or no message of it holds the file
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    if not dossier.messages.filter(papers__contains=[str(paper_id)]).exists():
        raise NotFound
    party = into(actor, dossier)
    view = papers.access_paper(actor=party, paper_id=paper_id)
    return view, papers.open_paper(actor=party, paper_id=paper_id, copy=copy)


def _said(row: CaseMessage, kept: dict[str, PaperView], side: str | None, *, names_officers: bool) -> Said:
    return Said(
        id=row.pk,
        side=row.side,
        is_own=row.side == side,
        author=_author(row) if row.agency is None or names_officers else "",
        agency=row.agency.name if row.agency else "",
        text=row.text,
        files=tuple(kept[paper] for paper in row.papers if paper in kept),
        written_at=row.written_at,
        read_at=row.read_at,
    )


def _author(row: CaseMessage) -> str:
    """Return the writer's name: an officer's of the account, a citizen's as the state knows it."""
    if row.agency is None and row.author.person is not None:
        return row.author.person.full_name
    return row.author.get_full_name()
