"""The last page before filing: everything that was said, what it costs, until when, and what lacks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.types import OutsideCalendar
from tinhso.definitions import conditions
from tinhso.definitions.problems import ExpressionProblem
from tinhso.definitions.types import Procedure, QuestionType, TimeLimit
from tinhso.dossiers import deadline
from tinhso.dossiers.actions.file_dossier import Filed, file_dossier
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.time_limits import in_words, limit_for
from tinhso.forms import engine
from tinhso.forms.types import FeeLine, Row
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.once_only import source_lines, sourced
from tinhso.web.parts import FileView, LinkedError, SummaryRow
from tinhso.web.portal import keeping
from tinhso.web.portal.dossier import JUST_FILED
from tinhso.web.portal.filling import (
    CHECK,
    PAPERS,
    RETURN,
    Filling,
    Frame,
    first_open,
    lacking,
    open_filling,
)
from tinhso.web.portal.gate import actor_of, writers_only
from tinhso.web.portal.language import language, say
from tinhso.web.portal.replaced import ReplacedPart, replaced_parts
from tinhso.web.portal.wording import pay_words
from tinhso.web.portal.words import agency_name


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the form as it was answered."""

    title: str
    change_url: str
    rows: tuple[Row | SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A paper with its files; without one it is said whether it is missing."""

    name: str
    files: tuple[FileView, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid at one moment."""

    when: str
    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Gap:
    """A page of the form that lacks something; ``count`` says how many answers or papers."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class CheckPage:
    """
    :param payments: None while the amount needs an answer that is not given yet
    :param later: what the agency works out when it accepts, by name
    :param fee_note: what to know about money that is not billed here
    :param gaps: what stands in the way, before anybody pressed the button
    :param due_at: when the result is owed if it is filed and accepted now
    """

    frame: Frame
    agency: str
    parts: tuple[Part, ...]
    papers: tuple[PaperPart, ...]
    papers_url: str
    replaced: tuple[ReplacedPart, ...]
    payments: tuple[Payment, ...] | None
    later: tuple[str, ...]
    fee_note: str
    declarations: tuple[str, ...]
    due_at: datetime | None
    time: str
    result: str
    gaps: tuple[Gap, ...]
    discard_url: str

    @property
    def total(self) -> int:
        return sum(payment.total for payment in self.payments or ())

    @property
    def lacks(self) -> int:
        return sum(gap.count for gap in self.gaps)


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """:raises NotFound: no such draft of the citizen's"""
    at = clock.now()
    if request.method == "POST":
        return _file(request, draft_id, at=at)
    filling = open_filling(request, draft_id, at=at)
    if filling.dossier_id:
        return redirect(filling.url(CHECK) or first_open(filling))
    return _show(request, filling, at=at)


def _file(request: HttpRequest, draft_id: UUID, *, at: datetime) -> HttpResponse:
    """File, unless something lacks; a second press leads to the dossier of the first."""
    actor = actor_of(request)
    try:
        filling = open_filling(request, draft_id, at=at)
    except NotFound:
        # Filed by the first press, it is no draft any more: the action answers with the same dossier.
        return redirect(_after(file_dossier(actor=actor, at=at, draft_id=draft_id), actor))
    errors = lacking(filling)
    if errors:
        return _show(request, filling, at=at, errors=errors, status=422)
    try:
        filed = file_dossier(actor=actor, at=at, draft_id=draft_id)
    except FormIncomplete:
        filling = open_filling(request, draft_id, at=at)
        return _show(request, filling, at=at, errors=lacking(filling), status=422)
    messages.success(
        request,
        _("Hồ sơ %(code)s đã đến %(agency)s.")
        % {"code": filed.code, "agency": agency_name(filling.draft.agency, language())},
    )
    return redirect(_after(filed, actor))


def _after(filed: Filed, actor: Actor) -> str:
    """Return what comes next: to pay when there is a bill, else the dossier; for officers at the desk."""
    if actor.is_helper:
        return reverse("assist:home")
    if actor.is_officer:
        return reverse("desk:dossier", args=[filed.dossier_id])
    route = "portal:pay" if filed.bill_id else "portal:dossier"
    return f"{reverse(route, args=[filed.dossier_id])}?{JUST_FILED}"


def _show(
    request: HttpRequest,
    filling: Filling,
    *,
    at: datetime,
    errors: tuple[LinkedError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    page = check_page(request, filling, at=at)
    return render(request, "portal/check.html", {"page": page, "errors": errors}, status=status)


def check_page(request: HttpRequest, filling: Filling, *, at: datetime) -> CheckPage:
    """Return the page as the form stands at this moment."""
    procedure = filling.procedure
    boxes = {paper.id: paper.id for paper in filling.papers}
    files = keeping.files_of(filling.draft, actor_of(request), boxes)
    return CheckPage(
        frame=filling.frame(CHECK),
        agency=agency_name(filling.draft.agency, language()),
        parts=_parts(filling),
        papers=_papers(filling, files),
        papers_url=f"{filling.url(PAPERS)}?{RETURN}={CHECK}" if filling.papers else "",
        replaced=replaced_parts(filling, back=filling.url(CHECK)),
        payments=_payments(filling),
        later=_later(procedure),
        fee_note=say(procedure.fee_note),
        declarations=_declarations(filling),
        due_at=_due(filling, at),
        time=in_words(_limit(filling), language()),
        result=say(procedure.result.name),
        gaps=_gaps(filling),
        discard_url=reverse("portal:form-discard", args=[filling.draft.id]),
    )


def _parts(filling: Filling) -> tuple[Part, ...]:
    declared = {one.id for one in filling.procedure.questions() if one.type is QuestionType.DECLARATION}
    sections = engine.summary(
        filling.procedure, filling.draft.answers, filling.facts, language(), commune_lookup
    )
    lines = source_lines(
        procedure=filling.procedure,
        subject_id=filling.draft.id,
        answers=filling.draft.answers,
        language=language(),
        back=filling.url(CHECK),
    )
    return tuple(
        Part(section.title, f"{filling.url(section.page_id)}?{RETURN}={CHECK}", rows)
        for section in sections
        if (
            rows := tuple(
                sourced(row, lines.get(row.question_id))
                for row in section.rows
                if row.question_id not in declared
            )
        )
    )


def _gaps(filling: Filling) -> tuple[Gap, ...]:
    """Return the stops that lack something; what nobody has opened yet is not called an error there."""
    titles = {filling.url(page.id): say(page.title) for page in filling.pages}
    by_stop = Counter(error.url.partition("?")[0] for error in lacking(filling))
    return tuple(
        Gap(titles.get(url, _("Giấy tờ")), f"{url}?{RETURN}={CHECK}", count) for url, count in by_stop.items()
    )


def _declarations(filling: Filling) -> tuple[str, ...]:
    """Return what was declared, in full, to stand beside the button."""
    return tuple(
        say(question.label)
        for page in filling.pages
        for question in page.ask
        if question.type is QuestionType.DECLARATION and filling.draft.answers.get(question.id) is True
    )


def _papers(filling: Filling, files: Mapping[str, Sequence[FileView]]) -> tuple[PaperPart, ...]:
    return tuple(
        PaperPart(say(paper.name), tuple(files.get(paper.id, ())), not paper.optional)
        for paper in filling.papers
    )


def _payments(filling: Filling) -> tuple[Payment, ...] | None:
    try:
        lines = engine.fees(filling.procedure, filling.draft.answers, filling.facts, language())
    except ExpressionProblem:
        return None
    order = ("on_filing", "on_accept", "on_step", "on_return")
    ranked = sorted(lines, key=lambda line: (order.index(line.pay.partition(".")[0]), line.pay))
    return tuple(Payment(pay_words(pay), tuple(of)) for pay, of in groupby(ranked, key=lambda line: line.pay))


def _later(procedure: Procedure) -> tuple[str, ...]:
    found = {question.id for step in procedure.steps for question in step.ask}
    return tuple(say(fee.name) for fee in procedure.fees if conditions.references(fee.amount) & found)


def _limit(filling: Filling) -> TimeLimit:
    return limit_for(filling.procedure, filling.draft.answers, filling.facts)


def _due(filling: Filling, at: datetime) -> datetime | None:
    try:
        return deadline.explain(limit=_limit(filling), received=at).at
    except OutsideCalendar:
        return None
