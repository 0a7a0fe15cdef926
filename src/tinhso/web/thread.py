"""The thread of a dossier as one page object, for citizens and officers alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers.actions.write_message import Enclosed
from tinhso.dossiers.conversation import Said, Thread
from tinhso.dossiers.rules import rules
from tinhso.kernel.ids import new_id
from tinhso.papers.rules import rules as paper_rules
from tinhso.papers.types import PaperView
from tinhso.web.parts import FileView, Spoken

TEXT, FILES, KEY = "noi-dung", "tep", "khoa"
# What marks the address after a message was sent: the script forgets what it kept.
SENT = "da-gui"
Address = Callable[[UUID], str]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """
    :param key: names this sending, so that a second click sends nothing twice
    :param closes_at: of a dossier that is over, until when it takes messages
    """

    dossier_id: UUID
    code: str
    procedure: str
    agency: str
    messages: tuple[Spoken, ...]
    may_write: bool
    is_closed: bool
    closes_at: datetime | None
    longest: int
    most_files: int
    limit: int
    key: str


def thread_page(
    thread: Thread, *, language: str, own: str, other: str, file_url: Address, key: str
) -> ThreadPage:
    """
    Return the page.

    :param own: what the reader's own side is called
    :param other: what the other side is called where a message names nobody
    :param key: what the refused form named itself; empty for a new one
    """
    dossier = thread.dossier
    rule = rules().messages
    return ThreadPage(
        dossier_id=dossier.pk,
        code=dossier.code,
        procedure=catalogue.of_version(dossier.version_id).procedure.name.into(language),
        agency=dossier.agency.name,
        messages=tuple(_spoken(said, own=own, other=other, file_url=file_url) for said in thread.messages),
        may_write=thread.may_write,
        is_closed=thread.is_closed,
        closes_at=thread.closes_at,
        longest=rule.longest,
        most_files=rule.most_files,
        limit=paper_rules().upload.max_bytes // (1024 * 1024),
        key=key or str(new_id()),
    )


def enclosed(request: HttpRequest) -> tuple[Enclosed, ...]:
    """Return the files of the form; an empty box sends none."""
    sent = request.FILES.getlist(FILES)
    return tuple(Enclosed(file.name or "", cast(BinaryIO, file)) for file in sent)


def _spoken(said: Said, *, own: str, other: str, file_url: Address) -> Spoken:
    named = " · ".join(filter(None, (said.author, said.agency)))
    return Spoken(
        id=str(said.id),
        who=own if said.is_own and own else named or other,
        at=said.written_at,
        text=said.text,
        is_own=said.is_own,
        is_read=said.read_at is not None,
        files=tuple(_file(paper, file_url(paper.id)) for paper in said.files),
    )


def _file(paper: PaperView, url: str) -> FileView:
    return FileView(
        id=str(paper.id),
        name=paper.file_name,
        note=_("%(kind)s, %(size)s")
        % {"kind": paper.file_name.rpartition(".")[2].upper(), "size": filesizeformat(paper.size)},
        url=f"{url}?ban=hien-thi" if paper.display_id else url,
        preview_url=f"{url}?ban=nho" if paper.preview_id else "",
    )
