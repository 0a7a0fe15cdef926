"""Opinions that other agencies ask of the officer's agency."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.actions.give_opinion import give_opinion
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.web.desk.case import case_page, situation_of
from tinhso.web.desk.case_parts import opinion_name
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.desk.looking import note_look
from tinhso.web.desk.opinion_form import CHOICE, TEXT, opinion_fields
from tinhso.web.parts import DeadlineView, deadline_view
from tinhso.web.refusing import status_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Question:
    url: str
    deadline: DeadlineView
    question: str
    procedure: str
    code: str
    applicant: str
    asked_by: str


@require_safe
@officers_only
def opinions(request: HttpRequest) -> HttpResponse:
    """List the questions nobody answered yet, what is due first."""
    language = (get_language() or "vi")[:2]
    at = clock.now()
    rows = queries.opinions_for(actor_of(request)).select_related("dossier")[:MOST]
    questions = []
    for row in rows:
        procedure = catalogue.of_version(row.dossier.version_id).procedure
        questions.append(
            Question(
                url=reverse("desk:opinion", args=[row.dossier_id, row.pk]),
                deadline=deadline_view(due_at=row.due_at, at=at),
                question=opinion_name(row, procedure),
                procedure=procedure.name.into(language),
                code=row.dossier.code,
                applicant=row.dossier.applicant.full_name,
                asked_by=row.dossier.agency.name,
            )
        )
    return draw(request, "desk/opinions.html", questions=questions)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def answer(request: HttpRequest, dossier_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Show the dossier with the question, or take the answer."""
    if request.method != "POST":
        return _show(request, dossier_id, consultation_id, typed(request))
    try:
        give_opinion(
            actor=actor_of(request),
            at=clock.now(),
            dossier_id=dossier_id,
            consultation_id=consultation_id,
            opinion=request.POST.get(CHOICE, ""),
            text=request.POST.get(TEXT, ""),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        unsaid = TEXT if request.POST.get(CHOICE) else CHOICE
        box = unsaid if refusal.code == "opinion-unclear" else ""
        errors = (FieldError(box, box, refusal.sentence()),)
        status = 422 if box else status_of(refusal)
        return _show(request, dossier_id, consultation_id, request.POST, errors=errors, status=status)
    messages.success(request, _("Đã gửi ý kiến cho cơ quan hỏi."))
    return redirect("desk:opinions")


def _show(
    request: HttpRequest,
    dossier_id: UUID,
    consultation_id: UUID,
    data: QueryDict,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    case = situation_of(actor=actor_of(request), at=at, dossier_id=dossier_id)
    page = case_page(case)
    line = next((one for one in page.opinions if one.id == consultation_id), None)
    if line is None:
        raise NotFound
    note_look(actor=case.actor, at=at, dossier=case.dossier)
    fields = opinion_fields(data, errors) if line.answer_url else ()
    return draw(
        request, "desk/opinion.html", status=status, case=page, line=line, fields=fields, errors=errors
    )
