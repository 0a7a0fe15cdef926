"""
The form as a citizen sees it, with the real engine and nothing stored.

What was answered so far travels with the page, signed; files are only named. At the end stand the papers, the
fee and the date that these answers lead to, and whoever writes may keep them as an example.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars import clock as legal
from tinhso.definitions.conditions import Facts
from tinhso.definitions.designing import edits
from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.designs import sampling
from tinhso.designs.actions.edit_design import edit_design
from tinhso.designs.refusals import PreviewNotPossible
from tinhso.dossiers import deadline
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.time_limits import limit_for
from tinhso.forms import engine
from tinhso.forms.groups import REFRESH
from tinhso.forms.types import Data, FeeLine, Field, FieldError, Section
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.web.designer.entering import Opened, designers_only, looking_at, opened, place_url
from tinhso.web.desk.guard import actor_of, draw
from tinhso.web.portal import form_page
from tinhso.web.portal.form_page import Known, known_facts
from tinhso.web.portal.language import language, say

KEPT, PAGE, FRAMED, EXAMPLE, NAME = "da-khai", "trang", "khung", "vi-du", "ten-vi-du"
SALT, LONGEST_LIFE = "designer.preview", 12 * 3600
END = "ket-qua"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the questions' template asks of the page around them."""

    account_url: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    Where the answers lead.

    :param due: why the date is that date, line by line
    """

    sections: tuple[Section, ...]
    papers: tuple[str, ...]
    fees: tuple[FeeLine, ...]
    total: int
    due_at: Any
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    title: str
    intro: str
    number: int
    count: int
    procedure: str
    page_id: str
    known: tuple[Known, ...]
    asked: tuple[form_page.Question, ...]
    kept: str
    url: str
    back_url: str
    is_framed: bool
    may_write: bool
    revision: int
    outcome: Outcome | None = None
    files: Mapping[str, Any] = field(default_factory=dict)
    upload_url: str = ""
    frame: Frame = Frame()


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def preview(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Show a page of the form, take its answers, and show the next. Nothing is stored."""
    work = opened(request, design_id)
    procedure = work.checked.patched
    try:
        if procedure is None or not procedure.form:
            raise PreviewNotPossible
        with looking_at(work):
            return _framed(_walk(request, work, procedure))
    except PreviewNotPossible as refusal:
        if FRAMED not in request.GET:
            raise
        return _framed(draw(request, "designer/preview_none.html", sentence=refusal.sentence()))


def _walk(request: HttpRequest, work: Opened, procedure: Procedure) -> HttpResponse:
    facts = sampling.facts_at(clock.now())
    answers = _answers(request, procedure)
    pages = engine.visible_pages(procedure, answers, facts)
    wanted = request.POST.get(PAGE) or request.GET.get(PAGE) or (pages[0].id if pages else END)
    if request.method != "POST":
        known = {page.id for page in procedure.form}
        return _show(
            request, work, procedure, wanted if wanted in known else procedure.form[0].id, answers, facts
        )
    if wanted == END:
        return _keep(request, work, procedure, answers, facts)
    data: dict[str, list[str]] = {
        name: [str(value) for value in values] for name, values in request.POST.lists()
    }
    quiet = request.POST.get("do") == "refresh"
    result = engine.clean_page(
        procedure, wanted, data | ({REFRESH: ["1"]} if quiet else {}), answers, facts, commune_lookup
    )
    # Nothing is handed in here: a file is asked for and not missed.
    files = {one.id for one in procedure.questions() if one.takes_files}
    errors = tuple(one for one in result.errors if one.question_id not in files)
    if errors or result.revealed or result.intent != "save":
        status = 422 if errors else 200
        return _show(
            request,
            work,
            procedure,
            wanted,
            result.answers,
            facts,
            typed=result.typed,
            errors=errors,
            status=status,
        )
    after = _after(procedure, wanted, result.answers, facts)
    return _show(request, work, procedure, after, result.answers, facts)


def _show(
    request: HttpRequest,
    work: Opened,
    procedure: Procedure,
    page_id: str,
    answers: Mapping[str, object],
    facts: Facts,
    *,
    typed: Data | None = None,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    pages = engine.visible_pages(procedure, answers, facts)
    fields: tuple[Field, ...] = ()
    outcome = _outcome(procedure, answers, facts) if page_id == END else None
    page = next((one for one in procedure.form if one.id == page_id), None)
    if page is not None:
        fields = engine.page_fields(
            procedure, page_id, answers, facts, typed=typed, errors=errors, communes=commune_lookup
        )
    shown = PreviewPage(
        title=say(page.title) if page else _("Kết quả của lần điền thử"),
        intro=say(page.intro) if page else "",
        number=next((n for n, one in enumerate(pages, start=1) if one.id == page_id), len(pages)),
        count=len(pages),
        procedure=say(procedure.name),
        page_id=page_id,
        known=known_facts(fields, {}),
        asked=tuple(form_page.Question(one) for one in fields if not one.known),
        kept=signing.dumps(dict(answers), salt=SALT, compress=True),
        url=f"{reverse('designer:preview', args=[work.id])}{_query(request)}",
        back_url=reverse("designer:section", args=[work.id, "form"]),
        is_framed=FRAMED in request.GET,
        may_write=work.may_write,
        revision=work.design.revision,
        outcome=outcome,
    )
    return draw(request, "designer/preview.html", status, page=shown, errors=errors)


def _outcome(procedure: Procedure, answers: Mapping[str, object], facts: Facts) -> Outcome:
    lines = engine.fees(procedure, answers, facts, language())
    due = deadline.explain(limit=limit_for(procedure, answers, facts), received=clock.now())
    return Outcome(
        sections=engine.summary(procedure, answers, facts, language(), commune_lookup),
        papers=tuple(say(paper.name) for paper in engine.required_papers(procedure, answers, facts)),
        fees=tuple(lines),
        total=sum(line.amount for line in lines),
        due_at=due.at,
        due=tuple(legal.explain(due, language())),
    )


def _keep(
    request: HttpRequest, work: Opened, procedure: Procedure, answers: Mapping[str, object], facts: Facts
) -> HttpResponse:
    """Keep the answers as an example of the design."""
    counted = engine.counted_answers(procedure, answers, facts)
    needed = [paper.id for paper in engine.required_papers(procedure, answers, facts)]
    given = [one.id for one in _files(procedure, counted, facts)]
    values = {
        "name": request.POST.get(NAME, "").strip() or _("Ví dụ điền thử"),
        "answers": counted,
        "papers": [*needed, *given] or None,
        "fee": sum(line.amount for line in engine.fees(procedure, counted, facts)),
    }
    typed = request.POST.get("revision", "")
    done = edit_design(
        actor=actor_of(request),
        at=clock.now(),
        design_id=work.id,
        revision=int(typed) if typed.isdigit() and len(typed) < 10 else -1,
        change=edits.Add(("examples",), values),
    )
    return redirect(place_url(work.id, done.at[:1]))


def _files(procedure: Procedure, answers: Mapping[str, object], facts: Facts) -> list[Question]:
    """Return the questions in sight that must be answered by a file."""
    asked = (
        question
        for page in engine.visible_pages(procedure, answers, facts)
        for question in engine.visible_questions(procedure, page.id, answers, facts)
    )
    return [one for one in asked if one.type is QuestionType.FILE and one.required]


def _framed(response: HttpResponse) -> HttpResponse:
    """Let our own pages show the answer in a frame."""
    response.csp = {"frame-ancestors": "'self'"}  # type: ignore[attr-defined]
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _answers(request: HttpRequest, procedure: Procedure) -> dict[str, object]:
    """Return what was answered so far; at the beginning, what an example answers if one is asked for."""
    if kept := request.POST.get(KEPT):
        try:
            return dict(signing.loads(kept, salt=SALT, max_age=LONGEST_LIFE))
        except signing.BadSignature as stale:
            raise NotFound from stale
    wanted = request.GET.get(EXAMPLE, "0" if FRAMED in request.GET else "")
    index = int(wanted) if wanted.isdigit() and len(wanted) < 4 else -1
    return dict(procedure.examples[index].answers) if 0 <= index < len(procedure.examples) else {}


def _after(procedure: Procedure, page_id: str, answers: Mapping[str, object], facts: Facts) -> str:
    pages = [page.id for page in engine.visible_pages(procedure, answers, facts)]
    place = pages.index(page_id) + 1 if page_id in pages else 0
    return pages[place] if place < len(pages) else END


def _query(request: HttpRequest) -> str:
    return f"?{urlencode({FRAMED: '1'})}" if FRAMED in request.GET else ""
