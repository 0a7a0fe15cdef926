"""Files of a dossier: uploaded papers, issued documents, the result before it is signed."""

from typing import BinaryIO
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from tinhso.dossiers import queries
from tinhso.dossiers.case import Case
from tinhso.dossiers.paperwork import result_request
from tinhso.dossiers.party import watching
from tinhso.kernel import clock
from tinhso.papers import queries as papers
from tinhso.papers.actions.issue_document import preview_document
from tinhso.web.desk.case import situation_of
from tinhso.web.desk.guard import actor_of, officers_only
from tinhso.web.desk.looking import note_paper

PDF, JPEG = "application/pdf", "image/jpeg"


@require_safe
@xframe_options_sameorigin
@officers_only
def paper(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """
    Send the upright copy of a picture to look at (``?ban=xem``), a PDF to look at (``?ban=pdf``), else the
    original to keep.

    No other original is opened inside our own pages: whoever uploaded it chose its bytes. A PDF is, by the
    browser's own viewer: scripts in it were refused when it came, and its type is what we say it is.
    """
    actor, wanted = actor_of(request), request.GET.get("ban")
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    if str(paper_id) not in {one for ids in dossier.papers.values() for one in ids}:
        raise Http404
    reader = watching(actor, dossier)
    view = papers.access_paper(actor=reader, paper_id=paper_id)
    note_paper(actor=actor, at=clock.now(), paper=view, dossier=dossier)
    if wanted == "xem":
        return _inline(papers.open_paper(actor=reader, paper_id=paper_id, copy="display"), JPEG)
    content = papers.open_paper(actor=reader, paper_id=paper_id)
    if wanted == "pdf" and view.media_type == PDF:
        return _framed(_inline(content, PDF, view.file_name))
    return FileResponse(content, as_attachment=True, filename=view.file_name, content_type=view.media_type)


@require_safe
@officers_only
def document(request: HttpRequest, dossier_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Show a document that was issued in the case."""
    actor = actor_of(request)
    reader = watching(actor, queries.access_dossier(actor=actor, dossier_id=dossier_id))
    view = papers.access_document(actor=reader, document_id=document_id)
    if view.subject_id != dossier_id:
        raise Http404
    name = f"{view.title} {view.number}".replace("/", "-")
    return _inline(papers.open_document(actor=reader, document_id=document_id), PDF, f"{name}.pdf")


@require_safe
@officers_only
def preview(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the result as it would be signed now, without number and signatures."""
    at = clock.now()
    case = situation_of(actor=actor_of(request), at=at, dossier_id=dossier_id)
    if case.step is None or not case.step.signs:
        raise Http404
    in_hand = Case(case.dossier, case.procedure, case.run)
    pdf = preview_document(actor=case.actor, at=at, document=result_request(in_hand=in_hand, at=at))
    response = HttpResponse(pdf, content_type=PDF)
    response["Content-Disposition"] = "inline"
    return response


def _framed(response: FileResponse) -> FileResponse:
    """Let our own pages show it in a frame."""
    response.csp = {"frame-ancestors": "'self'"}  # type: ignore[attr-defined]
    return response


def _inline(content: BinaryIO, media_type: str, name: str = "") -> FileResponse:
    response = FileResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}" if name else "inline"
    return response
