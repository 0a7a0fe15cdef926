"""Papers that prove a request, as boxes and files of pages: by camera or file, with scripts or without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.outreach.actions.prove import drop_proof, keep_proof, kept_of, proofs_of
from tinhso.outreach.proofs import may_read_proofs, open_proof, proofs
from tinhso.papers.rules import rules
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor
from tinhso.registers.correction_views import CorrectionView
from tinhso.web.desk import boxes
from tinhso.web.parts import FileView, LinkedError
from tinhso.web.portal.gate import actor_of, citizens_only, writers_only
from tinhso.web.portal.keeping import SUFFIX, Taken, file_words
from tinhso.web.portal.serve import COPIES, send_file

BOX, REMOVE = "giay-to", "remove-file"
MIB = 1024 * 1024
Errors = tuple[FieldError | LinkedError, ...]


@dataclass(frozen=True, slots=True)
class ProofBox:
    """
    Where papers are put to a request.

    :param limit: megabytes a file may have; ``limit_bytes`` the same for scripts
    """

    field: Field
    files: Mapping[str, Sequence[FileView]]
    upload_url: str
    limit: int
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class ProofFiles:
    """The papers of a request. :param hidden: how many there are that the reader may not open"""

    files: tuple[FileView, ...]
    hidden: int = 0


def wants(request: HttpRequest) -> bool:
    """Tell whether the form only takes a file out or in, and asks to be shown again."""
    return REMOVE in request.POST or request.POST.get("do") == "upload"


def take(request: HttpRequest, *, at: datetime) -> tuple[tuple[UUID, ...], Errors]:
    """
    Take in what a browser sent without scripts and take out what its button named.

    :return: papers of the form now, and what is wrong with files that were not taken
    """
    actor, kept = actor_of(request), named(request.POST)
    _box, _space, removed = request.POST.get(REMOVE, "").rpartition(" ")
    if removed:
        drop_proof(actor=actor, at=at, paper_id=_uuid(removed))
        kept = tuple(one for one in kept if str(one) != removed)
    wrong: Errors = ()
    for file in request.FILES.getlist(f"{BOX}{SUFFIX}"):
        taken = _take(actor, file, at=at)
        if taken.problem:
            wrong += (FieldError(BOX, BOX, taken.problem),)
        else:
            kept += (UUID(taken.id),)
    return tuple(dict.fromkeys(kept)), wrong


def sent(actor: Actor, paper_ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Return the papers to be sent with the request. :raises ProofGone, TooManyProofs: as they say"""
    return tuple(one.id for one in proofs_of(actor=actor, paper_ids=paper_ids))


def named(data: QueryDict) -> tuple[UUID, ...]:
    """Return the papers that the form says it holds."""
    found = []
    for written in data.getlist(BOX):
        try:
            found.append(UUID(written))
        except ValueError:
            continue
    return tuple(found)


def proof_box(
    actor: Actor, paper_ids: tuple[UUID, ...], *, hint: str = "", errors: Errors = ()
) -> ProofBox | None:
    """Return the box with what it holds; None for an officer, whose papers are nobody's."""
    if actor.is_officer:
        return None
    wrong = tuple(FieldError(BOX, BOX, one.sentence) for one in errors if one.field_name == BOX)
    limit = rules().upload.max_bytes
    return ProofBox(
        field=boxes.field(
            BOX,
            "file",
            _("Ảnh hoặc tệp giấy tờ chứng minh"),
            QueryDict(),
            errors=wrong,
            required=False,
            hint=hint or _("Chụp rõ cả bốn góc, đủ các trang. Chỉ người xử lý phiếu xem được."),
        ),
        files={BOX: tuple(_own_file(one) for one in kept_of(actor=actor, paper_ids=paper_ids))},
        upload_url=reverse("corrections:upload"),
        limit=limit // MIB,
        limit_bytes=limit,
    )


def proof_files(view: CorrectionView) -> ProofFiles:
    """Return the papers of a request that the reader has got."""
    if not may_read_proofs(view):
        return ProofFiles((), hidden=len(view.paper_ids))
    return ProofFiles(tuple(_file(one, _address(view.id)) for one in proofs(view)))


@citizens_only
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in or out one file for a script, which shows what comes back in the list."""
    at = clock.now()
    if REMOVE in request.POST:
        take(request, at=at)
        return HttpResponse(status=204)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise NotFound
    view = _take(actor_of(request), file, at=at)
    context = {"taken": Taken(BOX, view)}
    return render(request, "portal/_file.html", context, status=422 if view.problem else 200)


@writers_only
@require_safe
def paper(request: HttpRequest, correction_id: UUID, paper_id: UUID) -> FileResponse:
    """
    Send a paper of a request: the original to be saved, ``?ban=hien-thi`` or ``?ban=nho`` a picture.

    :raises NotFound: not of the request, not the reader's to see, or there is no such copy
    """
    copy = COPIES.get(request.GET.get("ban", "goc"))
    if copy is None:
        raise NotFound
    view, content = open_proof(
        actor=actor_of(request), at=clock.now(), correction_id=correction_id, paper_id=paper_id, copy=copy
    )
    return send_file(content, view=view, copy=copy)


def _take(actor: Actor, file: "UploadedFile[bytes]", *, at: datetime) -> FileView:
    """Take in one file; a refusal becomes the sentence beside it."""
    name = file.name or ""
    try:
        found = keep_proof(actor=actor, at=at, file_name=name, content=cast(BinaryIO, file))
    except Refusal as refusal:
        return FileView(id="", name=name, problem=refusal.sentence())
    return _own_file(found)


def _own_file(view: PaperView) -> FileView:
    return _file(view, lambda paper_id: reverse("portal:paper", args=[paper_id]))


def _address(correction_id: UUID) -> Callable[[UUID], str]:
    return lambda paper_id: reverse("corrections:paper", args=[correction_id, paper_id])


def _file(view: PaperView, address: Callable[[UUID], str]) -> FileView:
    url = address(view.id)
    return FileView(
        id=str(view.id),
        name=view.file_name,
        note=file_words(view),
        url=f"{url}?ban=hien-thi" if view.display_id else url,
        preview_url=f"{url}?ban=nho" if view.preview_id else "",
    )


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise NotFound from None
