"""Files of a form: which part a box speaks of, taking in, taking out, showing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions.types import Question
from tinhso.dossiers.actions.attach_paper import attach_paper, detach_paper
from tinhso.dossiers.models import Draft
from tinhso.dossiers.party import into
from tinhso.forms.parts import is_part_of
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.papers import queries as papers
from tinhso.papers.types import CameFrom, PaperView
from tinhso.people.types import Actor
from tinhso.web.parts import FileView

# Boxes of papers bear a prefix, so that a paper and a question may have the same name.
PREFIX = "paper-"
SUFFIX = "-file"
KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    field_name: str
    view: FileView


def box_of(paper_id: str) -> str:
    """Return the name of a paper's box, as ``forms`` names it in errors."""
    return f"{PREFIX}{paper_id}"


def part_of(field_name: str) -> str:
    """Return the part of the dossier a box speaks of: a paper's id, a question's, or one of an entry."""
    return field_name.removeprefix(PREFIX)


def take(
    *, actor: Actor, at: datetime, draft_id: UUID, field_name: str, file: "UploadedFile[bytes]"
) -> Taken:
    """
    Take in one file; a refusal becomes the sentence beside it.

    :raises NotFound: no such draft of the actor's, or no such part
    """
    name = file.name or ""
    try:
        paper = attach_paper(
            actor=actor,
            at=at,
            draft_id=draft_id,
            requirement=part_of(field_name),
            file_name=name,
            content=cast(BinaryIO, file),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return Taken(field_name, FileView(id="", name=name, problem=refusal.sentence()))
    return Taken(field_name, file_view(draft_id, paper))


def take_all(
    *, actor: Actor, at: datetime, draft_id: UUID, files: Mapping[str, Iterable["UploadedFile[bytes]"]]
) -> list[Taken]:
    """Take in the files a browser sent without scripts, under ``<box>-file``."""
    return [
        take(actor=actor, at=at, draft_id=draft_id, field_name=name.removesuffix(SUFFIX), file=file)
        for name, several in files.items()
        if name.endswith(SUFFIX)
        for file in several
    ]


def take_out(*, actor: Actor, at: datetime, draft: Draft, removed: str) -> None:
    """
    Take a file out.

    :param removed: box and paper id as the file's button sends them; without a box, out of every part
    :raises NotFound: it is not there
    """
    box, _space, paper_id = removed.rpartition(" ")
    holding = [part for part, ids in draft.papers.items() if paper_id in ids]
    parts = [part for part in holding if box in ("", part, box_of(part))]
    if not parts:
        raise NotFound
    for part in parts:
        detach_paper(actor=actor, at=at, draft_id=draft.id, requirement=part, paper_id=UUID(paper_id))


def files_of(draft: Draft, actor: Actor, box_names: Mapping[str, str]) -> dict[str, tuple[FileView, ...]]:
    """
    Return the files given so far by the name of their box.

    :param box_names: part of the dossier → name of its box
    """
    wanted = {UUID(paper) for part in box_names for paper in draft.papers.get(part, [])}
    known = (
        {paper.id: paper for paper in papers.papers(actor=into(actor, draft), paper_ids=wanted)}
        if wanted
        else {}
    )
    return {
        box: tuple(
            file_view(draft.id, known[UUID(paper)])
            for paper in draft.papers.get(part, [])
            if UUID(paper) in known
        )
        for part, box in box_names.items()
    }


def files_asked(draft: Draft, actor: Actor, questions: Iterable[Question]) -> dict[str, tuple[FileView, ...]]:
    """Return the files of these questions, and of their entries, by the name of their box."""
    asked = tuple(questions)
    parts = (part for part in draft.papers if any(is_part_of(question, part) for question in asked))
    return files_of(draft, actor, {part: part for part in parts})


def file_view(draft_id: UUID, paper: PaperView) -> FileView:
    """Return a file as lists show it."""
    url = reverse("portal:form-file", args=[draft_id, paper.id])
    return FileView(
        id=str(paper.id),
        name=paper.file_name,
        note=file_words(paper),
        url=url,
        preview_url=f"{url}?ban=nho" if paper.preview_id else "",
    )


def file_words(paper: PaperView) -> str:
    """Say what a file is: «PDF, 1,2 MB, 3 trang»."""
    kind = "PDF" if paper.media_type == "application/pdf" else _("Ảnh")
    parts = [kind, size_words(paper.size)]
    if paper.pages > 1:
        parts.append(ngettext("%(count)s trang", "%(count)s trang", paper.pages) % {"count": paper.pages})
    if paper.came_from is CameFrom.WALLET:
        parts.append(_("lấy từ kho giấy tờ"))
    elif paper.came_from is CameFrom.DIGITISED and paper.kept:
        parts.append(_("đã số hóa và ký số tại quầy"))
    return ", ".join(parts)


def size_words(size: int) -> str:
    """Say a size: «640 KB», «1,2 MB»."""
    if size < MIB:
        return f"{max(1, round(size / KIB))} KB"
    return f"{number_format(size / MIB, decimal_pos=1)} MB"


def leave(request: HttpRequest) -> HttpResponse:
    """Say that everything is kept, and where to go on later."""
    said = _("Đã lưu bản khai. Khi nào tiện, mở lại ở mục «Đang làm dở» của trang này.")
    messages.success(request, said)
    return redirect("portal:home")


def upload_url(draft_id: UUID) -> str:
    """Return where scripts send files one by one."""
    return reverse("portal:form-upload", args=[draft_id])
