"""What do you think of this counter? Asked without sign-in, by the QR code of its poster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.edge.limits import SURVEY, within
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import AgencyView
from tinhso.surveys import queries
from tinhso.surveys.actions.answer import AnsweredAlready, VisitOver, answer_survey, new_visit
from tinhso.surveys.queries import Figures
from tinhso.surveys.rules import SurveyRules, rules
from tinhso.web.errors import too_many
from tinhso.web.portal.gate import actor_of
from tinhso.web.portal.language import language, say
from tinhso.web.portal.words import agency_name
from tinhso.web.refusing import errors_of, status_of

COUNTER, KIOSK, VISIT, COMMENT, PREFIX = "quay", "ki-ot", "lan", "y-kien", "cau-"
LONGEST_COUNTER = 20


@dataclass(frozen=True, slots=True)
class Choice:
    value: int
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the marks it takes."""

    id: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """
    :param counter: which counter's poster led here; may be empty
    :param is_kiosk: many people answer on this one device, one after the other
    :param visit: names this opening of the page
    """

    agency: str
    code: str
    counter: str
    is_kiosk: bool
    visit: str
    asked: tuple[Asked, ...]
    comment: str
    longest: int
    again_url: str
    results_url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How often one mark was given, with its share in per cent."""

    words: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """:param mean: None: too few answered this one"""

    text: str
    mean: str | None
    answered: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """:param least: with fewer answers nothing is shown"""

    agency: str
    code: str
    since: datetime
    days: int
    answered: int
    is_enough: bool
    least: int
    lines: tuple[ScoreLine, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SurveyPoster:
    """:param url: the whole address of the questions, for the QR code"""

    agency: str
    counter: str
    url: str
    code: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, take the answer, thank. :raises NotFound: no such agency"""
    agency = people.agency_by_code(code)
    if request.method != "POST":
        return _show(request, agency, {})
    if not within(request, SURVEY):
        return too_many(request)
    try:
        answer_survey(
            actor=actor_of(request),
            at=clock.now(),
            agency_code=code,
            visit=request.POST.get(VISIT, ""),
            answers=_marks(request.POST),
            comment=request.POST.get(COMMENT, ""),
            counter=_counter(request),
        )
    except AnsweredAlready:
        return redirect(_address("portal:survey-thanks", request, code))
    except Refusal as refusal:
        # A page that was open too long keeps what was chosen, under a new opening.
        box = f"{PREFIX}{rules().questions[0].id}-5"
        context = {"errors": errors_of(refusal, field_name="" if isinstance(refusal, VisitOver) else box)}
        return _show(request, agency, request.POST, context, status=status_of(refusal))
    return redirect(_address("portal:survey-thanks", request, code))


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank; at a kiosk, wait for the next person."""
    agency = people.agency_by_code(code)
    return render(request, "portal/survey_thanks.html", {"page": _page(request, agency, {})})


@require_safe
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was said, to everybody. :raises NotFound: no such agency"""
    page = results_page(queries.figures_of(agency_code=code, at=clock.now()))
    return render(request, "portal/survey_results.html", {"page": page})


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Show the poster ready for print; ``?quay=`` names the counter it hangs at."""
    agency = people.agency_by_code(code)
    counter = _counter(request)
    address = request.build_absolute_uri(reverse("portal:survey", args=[code]))
    url = f"{address}?{urlencode({COUNTER: counter})}" if counter else address
    page = SurveyPoster(agency_name(agency, language()), counter, url, code)
    return render(request, "portal/survey_poster.html", {"page": page})


def results_page(figures: Figures) -> ResultsPage:
    """Return the public figures in words."""
    rule = rules()
    texts = {question.id: say(question.text) for question in rule.questions}
    return ResultsPage(
        agency=agency_name(figures.agency, language()),
        code=figures.agency.code,
        since=figures.since,
        days=rule.days,
        answered=figures.answered,
        is_enough=figures.is_enough,
        least=rule.least,
        lines=tuple(
            ScoreLine(
                texts[score.question_id],
                None if score.mean is None else number_format(round(score.mean, 1), decimal_pos=1),
                score.answered,
                _bars(rule, score.counts, score.answered),
            )
            for score in figures.scores
        ),
        source=rule.source,
    )


def _bars(rule: SurveyRules, counts: Mapping[int, int], answered: int) -> tuple[Bar, ...]:
    if not answered:
        return ()
    return tuple(
        Bar(say(mark.text), counts.get(mark.value, 0), round(100 * counts.get(mark.value, 0) / answered))
        for mark in rule.marks
    )


def _show(
    request: HttpRequest,
    agency: AgencyView,
    typed: Mapping[str, str],
    context: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {"page": _page(request, agency, typed), **(context or {})}
    return render(request, "portal/survey.html", shown, status=status)


def _page(request: HttpRequest, agency: AgencyView, typed: Mapping[str, str]) -> SurveyPage:
    rule, marks = rules(), _marks(typed)
    return SurveyPage(
        agency=agency_name(agency, language()),
        code=agency.code,
        counter=_counter(request),
        is_kiosk=_is_kiosk(request),
        visit=new_visit(at=clock.now()),
        asked=tuple(
            Asked(
                question.id,
                say(question.text),
                tuple(
                    Choice(mark.value, say(mark.text), marks.get(question.id) == mark.value)
                    for mark in rule.marks
                ),
            )
            for question in rule.questions
        ),
        comment=typed.get(COMMENT, ""),
        longest=rule.longest,
        again_url=_address("portal:survey", request, agency.code),
        results_url=reverse("portal:survey-results", args=[agency.code]),
    )


def _marks(typed: Mapping[str, str]) -> dict[str, int]:
    """Return the marks that were chosen; what is no mark is left out."""
    asked = {f"{PREFIX}{question.id}": question.id for question in rules().questions}
    return {
        asked[name]: int(value)
        for name, value in typed.items()
        if name in asked and value.isascii() and value.isdigit() and len(value) == 1
    }


def _counter(request: HttpRequest) -> str:
    return (request.POST.get(COUNTER) or request.GET.get(COUNTER, "")).strip()[:LONGEST_COUNTER]


def _is_kiosk(request: HttpRequest) -> bool:
    return bool(request.POST.get(KIOSK) or request.GET.get(KIOSK))


def _address(route: str, request: HttpRequest, code: str) -> str:
    said = {COUNTER: _counter(request), KIOSK: "1" if _is_kiosk(request) else ""}
    asked = urlencode({name: value for name, value in said.items() if value})
    return reverse(route, args=[code]) + (f"?{asked}" if asked else "")
