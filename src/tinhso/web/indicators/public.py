"""Figures for everybody: what was published, without small numbers, each with what proves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators import editions, periods
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.editions import Edition, PublicFigure
from tinhso.indicators.formulas import Period
from tinhso.indicators.judging import judge
from tinhso.indicators.suppression import small_numbers
from tinhso.indicators.types import Figure
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import PERIOD, Asked, asked
from tinhso.web.indicators.chart import Chart, chart
from tinhso.web.indicators.choosing import Choice
from tinhso.web.indicators.defining import Definition, definition
from tinhso.web.parts import Tone
from tinhso.web.plans.files import as_csv
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class PublicLine:
    name: str
    url: str
    value: str
    unit: str
    period: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    name: str
    whole: str
    value: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class PublicPage:
    """
    :param checkpoint: the signed checkpoint the figure was computed at; empty: none
    :param hidden: how many units are left out because of their small numbers
    """

    id: str
    name: str
    unit: str
    period: str
    choices: tuple[Choice, ...]
    value: str
    whole: str
    target: str
    tone: Tone
    icon: str
    status: str
    told_at: datetime | None
    figure_id: str
    position: int
    checkpoint: str
    document: str
    document_on: date | None
    is_hidden: bool
    units: tuple[UnitLine, ...]
    units_at: datetime | None
    hidden: int
    least: int
    chart: Chart | None
    definition: Definition
    csv_url: str
    json_stat_url: str
    csvw_url: str
    wrong: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List what is public, to whoever reads."""
    ids = editions.public_ids()
    told = editions.history(ids)
    known = indicators()
    lines = tuple(_line(known[name], told[name][0]) for name in ids if told[name])
    rule = small_numbers()
    return render(request, "indicators/public_home.html", {"lines": lines, "rule": rule})


@require_safe
def show(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Show what is public of one indicator. :raises IndicatorMissing: nothing of it ever is"""
    one = editions.public_indicator(indicator_id)
    told = editions.history([one.id])[one.id]
    question = _asked(request, told)
    page = public_page(one, question, told, editions.edition(one.id, question.period))
    return render(
        request, "indicators/public_indicator.html", {"page": page}, status=422 if question.wrong else 200
    )


@require_safe
def figures_csv(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Send the public table of a period. :raises IndicatorMissing: nothing of it is ever public"""
    one = editions.public_indicator(indicator_id)
    question = _asked(request, editions.history([one.id])[one.id])
    found = editions.edition(one.id, question.period)
    return as_csv(f"{one.id}-{question.name}.csv", _rows(found))


def public_page(one: Indicator, question: Asked, told: Sequence[PublicFigure], found: Edition) -> PublicPage:
    """Return the page of a period; the same to everybody."""
    whole, machines = found.whole, reverse("api-v1:read_indicator_figures", args=[one.id])
    tone, icon, status = words.VERDICTS[judge(one, whole.value if whole else None)]
    return PublicPage(
        id=one.id,
        name=say(one.name),
        unit=say(one.unit),
        period=words.period(question.period),
        choices=_choices(told, question.period),
        value=words.value(one, whole.value if whole else None),
        whole=_count(whole),
        target=words.target(one),
        tone=tone,
        icon=icon,
        status=str(status),
        told_at=whole.told_at if whole else None,
        figure_id=str(whole.id) if whole and whole.id else "",
        position=whole.position if whole else 0,
        checkpoint=whole.checkpoint if whole else "",
        document=whole.document if whole else "",
        document_on=whole.document_on if whole else None,
        is_hidden=bool(whole and whole.hidden),
        units=_units(found),
        units_at=found.units[0].told_at if found.units else None,
        hidden=sum(1 for row in found.units if row.hidden),
        least=found.least,
        chart=chart(one, _months(told), last_is_open=False),
        definition=definition(one),
        csv_url=f"{reverse('figures-public:csv', args=[one.id])}?{question.query()}",
        json_stat_url=f"{machines}?period={question.name}&by=unit&format=json-stat",
        csvw_url=f"{machines}.csv-metadata.json?period={question.name}&by=unit",
        wrong=question.wrong,
    )


def _asked(request: HttpRequest, told: Sequence[PublicFigure]) -> Asked:
    today = local(clock.now()).date()
    found = asked(request.GET, today=today)
    if told and PERIOD not in request.GET:
        return Asked(told[0].period)
    return Asked(found.period, wrong=found.wrong)


def _choices(told: Sequence[PublicFigure], chosen: Period) -> tuple[Choice, ...]:
    listed = dict.fromkeys((*(one.period for one in told), chosen))
    return tuple(Choice(periods.name_of(one), words.period(one), one == chosen) for one in listed)


def _months(told: Sequence[PublicFigure]) -> list[tuple[Period, Figure | None]]:
    """Return the published months without gaps in between; what is hidden or was not told is a gap."""
    known = {one.period: one for one in told if periods.kind_of(one.period) == "month"}
    if not known:
        return []
    months, first = [max(known, key=lambda one: one.since)], min(one.since for one in known)
    while months[-1].since > first:
        months.append(periods.before(months[-1]))
    return [(one, Figure((), {}, known[one].value) if one in known else None) for one in reversed(months)]


def _line(one: Indicator, told: PublicFigure) -> PublicLine:
    return PublicLine(
        name=say(one.name),
        url=reverse("figures-public:indicator", args=[one.id]),
        value=words.value(one, told.value),
        unit=say(one.unit),
        period=words.period(told.period),
        is_hidden=told.hidden,
    )


def _units(found: Edition) -> tuple[UnitLine, ...]:
    names = words.names_of("unit", (row.group for row in found.units), today=found.period.since)
    lines = (
        UnitLine(names[row.group], _count(row), words.value(found.one, row.value), row.hidden)
        for row in found.units
    )
    return tuple(sorted(lines, key=lambda line: line.name))


def _count(told: PublicFigure | None) -> str:
    return "" if told is None or told.whole is None else f"{told.whole}"


def _rows(found: Edition) -> Iterable[Iterable[object]]:
    names = words.names_of("unit", (row.group for row in found.units), today=found.period.since)
    yield (_("Mã đơn vị"), _("Đơn vị"), _("Kỳ"), _("Số lượng"), _("Giá trị"), _("Đơn vị tính"), _("Ghi chú"))
    for row in ([found.whole] if found.whole else []) + list(found.units):
        yield (
            row.group,
            names.get(row.group, _("Toàn tỉnh")),
            periods.name_of(row.period),
            "" if row.whole is None else row.whole,
            "" if row.value is None else row.value,
            found.one.unit.vi,
            _("không công bố vì số nhỏ") if row.hidden else "",
        )
