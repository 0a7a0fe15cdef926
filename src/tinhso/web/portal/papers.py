"""The papers of a form: one block for each, by camera or file, with scripts or without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.definitions.types import Paper
from tinhso.dossiers import queries
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.party import into
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import engine
from tinhso.forms.types import Field, FieldError, Problem
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as kept_papers
from tinhso.papers.rules import rules
from tinhso.web.parts import FileView
from tinhso.web.portal import keeping, reusing
from tinhso.web.portal.filling import PAPERS, SHOW_ERRORS, Filling, Frame, first_open, open_filling
from tinhso.web.portal.gate import actor_of, writers_only
from tinhso.web.portal.language import say
from tinhso.web.portal.replaced import ReplacedPart, replaced_parts

LATER, UPLOAD = "later", "upload"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PapersPage:
    """
    :param fields: one for each paper, drawn as an upload
    :param limit: megabytes a file may have
    :param limit_bytes: the same in bytes, for scripts
    """

    frame: Frame
    fields: tuple[Field, ...]
    files: Mapping[str, Sequence[FileView]]
    upload_url: str
    limit: int
    limit_bytes: int
    is_supplement: bool
    replaced: tuple[ReplacedPart, ...] = ()


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """:raises NotFound: no such draft of the citizen's"""
    at = clock.now()
    filling = open_filling(request, draft_id, at=at)
    if request.method == "POST":
        return _take(request, filling, at=at)
    if not filling.papers:
        return redirect(first_open(filling))
    return _show(request, filling, errors=_lacking(filling) if SHOW_ERRORS in request.GET else ())


def _take(request: HttpRequest, filling: Filling, *, at: datetime) -> HttpResponse:
    actor, draft_id = actor_of(request), filling.draft.id
    if removed := request.POST.get("remove-file"):
        keeping.take_out(actor=actor, at=at, draft=filling.draft, removed=removed)
        return redirect(filling.url(PAPERS))
    taken = keeping.take_all(actor=actor, at=at, draft_id=draft_id, files=dict(request.FILES.lists()))
    chosen = request.POST.get(reusing.USE, "")
    unfit = reusing.take(actor=actor, at=at, draft_id=draft_id, chosen=chosen) if chosen else ()
    filling = open_filling(request, draft_id, at=at)
    if unfit:
        return _show(request, filling, errors=unfit, status=409)
    refused = tuple(
        FieldError(keeping.part_of(one.field_name), one.field_name, one.view.problem)
        for one in taken
        if one.view.problem
    )
    intent = request.POST.get("do", "")
    if intent == LATER and not refused:
        return keeping.leave(request)
    if (intent == UPLOAD or chosen) and not refused:
        return redirect(filling.url(PAPERS))
    errors = refused or _lacking(filling)
    if errors:
        return _show(request, filling, errors=errors, status=422)
    return redirect(filling.after(PAPERS))


def _lacking(filling: Filling) -> tuple[FieldError, ...]:
    """Return what is required and not given."""
    mine = {paper.id for paper in filling.papers}
    found = engine.check_all(
        filling.procedure,
        filling.draft.answers,
        papers=page_counts(filling.draft.papers),
        facts=filling.facts,
        communes=commune_lookup,
    )
    return tuple(error for error in found if error.question_id in mine)


def _show(
    request: HttpRequest, filling: Filling, *, errors: tuple[FieldError, ...], status: int = 200
) -> HttpResponse:
    boxes = {paper.id: keeping.box_of(paper.id) for paper in filling.papers}
    limit = rules().upload.max_bytes
    page = PapersPage(
        frame=filling.frame(PAPERS),
        fields=tuple(_field(paper, errors) for paper in filling.papers),
        files=reusing.with_offers(
            filling,
            actor_of(request),
            keeping.files_of(filling.draft, actor_of(request), boxes),
            boxes,
            at=clock.now(),
        ),
        upload_url=keeping.upload_url(filling.draft.id),
        limit=limit // MIB,
        limit_bytes=limit,
        is_supplement=filling.dossier_id is not None,
        replaced=replaced_parts(filling, back=filling.url(PAPERS)),
    )
    return render(request, "portal/papers.html", {"page": page, "errors": errors}, status=status)


def _field(paper: Paper, errors: Sequence[FieldError]) -> Field:
    box = keeping.box_of(paper.id)
    return Field(
        question_id=paper.id,
        name=box,
        id=box,
        kind="file",
        label=say(paper.name),
        hint=say(paper.hint),
        names=(box,),
        values=(),
        errors=tuple(Problem(one.field_name, one.sentence) for one in errors if one.field_name == box),
        required=not paper.optional,
    )


@writers_only
@require_POST
def upload(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """
    Take in or out one file for a script, which shows what comes back in the list.

    :raises NotFound: no such draft of the citizen's, or no such part
    """
    actor, at = actor_of(request), clock.now()
    if removed := request.POST.get("remove-file"):
        draft = queries.access_draft(actor=actor, draft_id=draft_id)
        keeping.take_out(actor=actor, at=at, draft=draft, removed=removed)
        return HttpResponse(status=204)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise NotFound
    taken = keeping.take(
        actor=actor, at=at, draft_id=draft_id, field_name=request.POST.get("field", ""), file=file
    )
    status = 422 if taken.view.problem else 200
    return render(request, "portal/_file.html", {"taken": taken}, status=status)


@writers_only
@require_safe
def paper_file(request: HttpRequest, draft_id: UUID, paper_id: UUID) -> FileResponse:
    """Show a file of the draft as it came, or ``?ban=nho`` a small picture. :raises NotFound: not in it"""
    actor = actor_of(request)
    draft = queries.access_draft(actor=actor, draft_id=draft_id)
    if not any(str(paper_id) in ids for ids in draft.papers.values()):
        raise NotFound
    party = into(actor, draft)
    paper = kept_papers.access_paper(actor=party, paper_id=paper_id)
    copy: Literal["preview", "original"] = (
        "preview" if request.GET.get("ban") == "nho" and paper.preview_id else "original"
    )
    media_type = "image/jpeg" if copy == "preview" else paper.media_type
    response = FileResponse(
        kept_papers.open_paper(actor=party, paper_id=paper_id, copy=copy),
        content_type=media_type,
        filename=paper.file_name,
        # A PDF of a stranger's making is kept on the device, not run in our own origin.
        as_attachment=not media_type.startswith("image/"),
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
