"""Hand in what is missing: what was asked, where to mend it, and the button that sends it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.actions.answer_supplement import answer_supplement
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.statuses import Status
from tinhso.forms import engine
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.web.parts import LinkedError
from tinhso.web.portal.dossier_page import Office, office
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.templatetags.look import moment


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is missing; ``url`` leads to where this reader may mend it."""

    text: str
    url: str
    is_paper: bool


@dataclass(frozen=True, slots=True)
class SupplementPage:
    """:param may_edit: this reader began the form; nobody else can open it"""

    dossier_id: UUID
    code: str
    revision: int
    procedure: str
    office: Office
    asked_at: datetime
    asked: tuple[Asked, ...]
    note: str
    may_edit: bool
    form_url: str
    papers_url: str


@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show what was asked; take it when it is sent."""
    if request.method == "POST":
        return _send(request, dossier_id)
    page = supplement_page(actor=actor_of(request), dossier_id=dossier_id, language=language())
    if page is None:
        return redirect("portal:dossier", dossier_id)
    return render(request, "portal/supplement.html", {"page": page})


def supplement_page(*, actor: Actor, dossier_id: UUID, language: str) -> SupplementPage | None:
    """Return the open request; None when nothing is asked. :raises NotFound: absent, or not visible"""
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    request = next((one for one in dossier.supplements.all() if one.answered_at is None), None)
    if request is None or dossier.state is not Status.AWAITING_SUPPLEMENT:
        return None
    procedure = catalogue.of_version(dossier.version_id).procedure
    may_edit = _may_edit(actor, dossier)
    return SupplementPage(
        dossier_id=dossier.id,
        code=dossier.code,
        revision=dossier.revision,
        procedure=procedure.name.into(language),
        office=office(dossier.agency, language),
        asked_at=request.asked_at,
        asked=tuple(
            Asked(
                item["text"],
                _address(dossier, procedure, item["kind"], item["id"]) if may_edit else "",
                item["kind"] == "paper",
            )
            for item in request.items
        ),
        note=request.note,
        may_edit=may_edit,
        form_url=reverse("portal:form-page", args=(dossier.draft_id, procedure.form[0].id)),
        papers_url=reverse("portal:form-papers", args=(dossier.draft_id,)) if procedure.papers else "",
    )


def _send(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    actor, revision = actor_of(request), request.POST.get("revision", "")
    try:
        answered = answer_supplement(
            actor=actor,
            at=clock.now(),
            dossier_id=dossier_id,
            revision=int(revision) if revision.isdecimal() else None,
        )
    except Refusal as refusal:
        return _again(request, dossier_id, refusal)
    words = _("Đã gửi bổ sung.")
    if answered.due_at is not None:
        words = _("Đã gửi bổ sung. Ngày hẹn trả mới: %(due)s.") % {"due": moment(answered.due_at)}
    messages.success(request, words)
    return redirect("portal:dossier", dossier_id)


def _again(request: HttpRequest, dossier_id: UUID, refusal: Refusal) -> HttpResponse:
    """Show the page with what is still wrong. :raises Refusal: there is no page to show any more"""
    page = supplement_page(actor=actor_of(request), dossier_id=dossier_id, language=language())
    if page is None:
        raise refusal
    errors = errors_of(refusal)
    if isinstance(refusal, FormIncomplete):
        dossier = queries.access_dossier(actor=actor_of(request), dossier_id=dossier_id)
        errors = tuple(linked_errors(refusal, dossier))
    context = {"errors": errors, "page": page}
    return render(request, "portal/supplement.html", context, status=status_of(refusal))


def linked_errors(refusal: FormIncomplete, dossier: Dossier) -> Iterator[LinkedError]:
    """Lead each error to the page of the form where it is mended."""
    procedure = catalogue.of_version(dossier.version_id).procedure
    asked = {question.id for question in procedure.questions()}
    for error in refusal.errors:
        kind = "question" if error.question_id in asked else "paper"
        url = _address(dossier, procedure, kind, error.question_id)
        yield LinkedError(error.field_name, error.sentence, url.partition("#")[0])


def _may_edit(actor: Actor, dossier: Dossier) -> bool:
    try:
        queries.access_draft(actor=actor, draft_id=dossier.draft_id)
    except NotFound:
        return False
    return True


def _address(dossier: Dossier, procedure: Procedure, kind: str, part: str) -> str:
    """Return the page of the form on which the question or paper is asked."""
    if kind == "paper" and any(paper.id == part for paper in procedure.papers):
        return reverse("portal:form-papers", args=(dossier.draft_id,))
    place = engine.place_of(procedure, part)
    page_id = _page_of(procedure, place.question.id if place else part) or procedure.form[0].id
    box = f"#{part}" if place else ""
    return reverse("portal:form-page", args=(dossier.draft_id, page_id)) + box


def _page_of(procedure: Procedure, question_id: str) -> str:
    pages: Iterable[str] = (
        page.id for page in procedure.form for question in page.ask if question.id == question_id
    )
    return next(iter(pages), "")
