"""Files of a dossier: uploaded papers, issued documents, the result before it is signed."""

from typing import BinaryIO
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tinhso.dossiers import queries
from tinhso.dossiers.case import Case
from tinhso.dossiers.paperwork import result_request
from tinhso.kernel import clock
from tinhso.papers import queries as papers
from tinhso.papers.actions.issue_document import preview_document
from tinhso.web.desk.case import situation_of
from tinhso.web.desk.guard import actor_of, officers_only

PDF, JPEG = "application/pdf", "image/jpeg"


@require_safe
@officers_only
def paper(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """
    Send the upright copy of a picture to look at (``?ban=xem``), else the original to keep.

    An original is never opened inside our own pages: whoever uploaded it chose its bytes.
    """
    actor = actor_of(request)
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    if str(paper_id) not in {one for ids in dossier.papers.values() for one in ids}:
        raise Http404
    if request.GET.get("ban") == "xem":
        return _inline(papers.open_paper(actor=actor, paper_id=paper_id, copy="display"), JPEG)
    view = papers.access_paper(actor=actor, paper_id=paper_id)
    content = papers.open_paper(actor=actor, paper_id=paper_id)
    return FileResponse(content, as_attachment=True, filename=view.file_name, content_type=view.media_type)


@require_safe
@officers_only
def document(request: HttpRequest, dossier_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Show a document that was issued in the case."""
    actor = actor_of(request)
    queries.access_dossier(actor=actor, dossier_id=dossier_id)
    view = papers.access_document(actor=actor, document_id=document_id)
    if view.subject_id != dossier_id:
        raise Http404
    name = f"{view.title} {view.number}".replace("/", "-")
    return _inline(papers.open_document(actor=actor, document_id=document_id), PDF, f"{name}.pdf")


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


def _inline(content: BinaryIO, media_type: str, name: str = "") -> FileResponse:
    response = FileResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}" if name else "inline"
    return response
