"""One indicator: what it is, what it comes to, by unit and by month, and what was published of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.indicators import entered, policies, queries
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue, PublishedFigure
from tinhso.indicators.standing import Stood, stood
from tinhso.indicators.types import Figure
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.indicators import deeds, words
from tinhso.web.indicators.asking import Asked, asked, evidence_url
from tinhso.web.indicators.chart import Chart, chart
from tinhso.web.indicators.choosing import Choice, maps, period_choices, ways
from tinhso.web.indicators.comparing import Against, Elsewhere, against, elsewhere
from tinhso.web.indicators.deeds import Errors, Forms
from tinhso.web.indicators.defining import Definition, definition
from tinhso.web.indicators.home import Line, Values
from tinhso.web.indicators.league import League, league
from tinhso.web.live.polling import part_of, wants_part
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the numbers behind the value, with the dossiers that make it."""

    label: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    label: str
    value: str
    whole: int | None
    url: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    period: str
    value: str
    at: datetime
    url: str
    is_restated: bool


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """:param is_replaced: another was entered since; ``unit`` empty: of the province"""

    period: str
    unit: str
    value: str
    document: str
    document_on: date
    at: datetime
    by: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """
    :param until: the last day that is counted, of a period that is not over; None: it is over
    :param waiting: figures are being counted; the page looks again by itself
    """

    line: Line
    definition: Definition
    period: str
    period_name: str
    until: date | None
    computed_at: datetime | None
    position: int
    parts: tuple[PartLine, ...]
    choices: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    maps: tuple[Choice, ...]
    league: League | None
    chart: Chart | None
    months: tuple[MonthLine, ...]
    told: tuple[ToldLine, ...]
    values: tuple[EnteredLine, ...]
    forms: Forms
    against: Against | None
    elsewhere: tuple[Elsewhere, ...]
    csv_url: str
    waiting: bool
    wrong: str
    query: str


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Show one indicator, and do what a publisher chose. :raises IndicatorMissing: there is none"""
    at, one = clock.now(), indicator(indicator_id)
    if request.method == "POST":
        return _carry_out(request, one, at)
    if wants_part(request):
        return part_of(request, at=at, seconds=60, draw=lambda: _draw(request, one, at, part=True))
    return _draw(request, one, at)


def _carry_out(request: HttpRequest, one: Indicator, at: datetime) -> HttpResponse:
    try:
        said = deeds.carry_out(request.POST, one, actor=actor_of(request), at=at)
    except Refusal as refusal:
        errors = errors_of(refusal, field_name=deeds.BOXES.get(refusal.code, deeds.VALUE))
        return _draw(request, one, at, data=request.POST, errors=errors, status=status_of(refusal))
    messages.success(request, said)
    return redirect(request.get_full_path())


def _draw(
    request: HttpRequest,
    one: Indicator,
    at: datetime,
    *,
    data: QueryDict | None = None,
    errors: Errors = (),
    status: int = 200,
    part: bool = False,
) -> HttpResponse:
    today = local(at).date()
    usual = "unit" if "unit" in one.dimensions or one.manual else next(iter(one.dimensions), "")
    dimensions = ("unit",) if one.manual else one.dimensions
    question = asked(request.GET, today=today, dimensions=dimensions, usual=usual)
    page = indicator_page(one, question, actor_of(request), at=at, data=data or QueryDict(), errors=errors)
    template = "indicators/_figures.html" if part else "indicators/indicator.html"
    return draw(request, template, 422 if question.wrong else status, page=page, errors=errors)


def indicator_page(
    one: Indicator, question: Asked, actor: Actor, *, at: datetime, data: QueryDict, errors: Errors = ()
) -> IndicatorPage:
    """Return the page; what is not counted yet is asked for."""
    today = local(at).date()
    values = Values([one.id], question.period, today)
    cut = question.cut(one)
    table = stood([cut]).get(cut) if cut.by else None
    ask_cuts(at=at, cuts=[*values.missing, cut])
    now = values.of(one, question.period)
    return IndicatorPage(
        line=values.line(one, question),
        definition=definition(one),
        period=words.period(question.period),
        period_name=question.name,
        until=min(today, question.period.until) if today < question.period.until else None,
        computed_at=now.computed_at if now and not one.manual else None,
        position=now.series.checkpoint.position if now and now.series.checkpoint else 0,
        parts=_parts(one, question, now),
        choices=period_choices(today, question.period),
        ways=ways(one, question.by) if not one.manual else (),
        maps=maps(question, today) if question.by == "unit" and not one.manual else (),
        league=league(one, question, table, actor=actor, today=today) if table else None,
        chart=chart(one, _months(values, one), last_is_open=True),
        months=_month_lines(values, one),
        told=tuple(_told(one, row) for row in queries.publications(one.id)),
        values=_entered(one, today) if one.manual else (),
        forms=deeds.forms(one, question, data, errors, may=policies.may_publish(actor), today=today),
        against=against(one, question.period, now.figure.value if now and now.figure else None),
        elsewhere=elsewhere(one),
        csv_url=f"{reverse('indicators:csv', args=[one.id])}?{question.query()}",
        waiting=one.manual is None and (now is None or (bool(cut.by) and table is None)),
        wrong=question.wrong,
        query=question.query(),
    )


def _parts(one: Indicator, question: Asked, now: Stood | None) -> tuple[PartLine, ...]:
    """Return the numbers of the value: all facts, those that count, the rest."""
    figure = now.figure if now else None
    if figure is None or one.manual or one.whole not in figure.sums:
        return ()
    whole = int(figure.sums[one.whole])
    found = [PartLine(_("tất cả"), str(whole), evidence_url(one, question, {}))]
    for name, part in one.parts.items():
        counted = int(figure.sums.get(name, 0))
        found.append(PartLine(say(part.name), str(counted), evidence_url(one, question, {}, f"{name}:1")))
        found.append(
            PartLine(say(part.rest), str(whole - counted), evidence_url(one, question, {}, f"{name}:0"))
        )
    return tuple(found)


def _months(values: Values, one: Indicator) -> list[tuple[Period, Figure | None]]:
    return [(month, found.figure if (found := values.of(one, month)) else None) for month in values.months]


def _month_lines(values: Values, one: Indicator) -> tuple[MonthLine, ...]:
    lines = []
    for month in reversed(values.months):
        found = values.of(one, month)
        figure = found.figure if found else None
        whole = int(figure.sums[one.whole]) if figure and one.whole in figure.sums else None
        url = evidence_url(one, Asked(month), {}) if figure and not one.manual else ""
        value = words.value(one, figure.value if figure else None)
        if one.manual and not value:
            continue
        lines.append(MonthLine(words.period(month), value, whole, url))
    return tuple(lines)


def _told(one: Indicator, row: PublishedFigure) -> ToldLine:
    return ToldLine(
        period=words.period(_period(row)),
        value=words.value(one, row.value),
        at=row.computed_at,
        url=reverse("indicators:figure", args=[row.pk]),
        is_restated=row.restates_id is not None,
    )


def _period(row: PublishedFigure | EnteredValue) -> Period:
    return Period(row.since, row.until)


def _entered(one: Indicator, today: date) -> tuple[EnteredLine, ...]:
    rows = entered.history_of(one.id)
    units = words.names_of("unit", (row.unit for row in rows if row.unit), today=today)
    return tuple(
        EnteredLine(
            period=words.period(_period(row)),
            unit=units.get(row.unit, ""),
            value=words.value(one, row.value),
            document=row.document,
            document_on=row.document_on,
            at=row.entered_at,
            by=row.entered_by.full_name if row.entered_by else "",
            is_replaced=hasattr(row, "replaced_by"),
        )
        for row in rows
    )
