"""The one-stop report: counted when it is opened, each number opens to its dossiers."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.dossiers import listing
from tinhso.dossiers.desk import COLUMNS
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.counting import Counts, Place
from tinhso.reports.files import FORMATS, one_stop_file
from tinhso.reports.one_stop import SHOWN, OneStop, Row, dossiers_behind, one_stop
from tinhso.reports.periods import Span
from tinhso.reports.reading import rules
from tinhso.reports.refusals import ReportMissing
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import rows_of
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.reports import asking, words
from tinhso.web.reports.asking import PeriodBoxes
from tinhso.web.reports.sending import sent

AGENCY, FIELD, CELL, AFTER = "co-quan", "linh-vuc", "o", "sau"
NO_FIELD = "-"


@dataclass(frozen=True, slots=True)
class Number:
    """:param url: the dossiers behind it; empty for none"""

    label: str
    value: int
    url: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Line:
    """:param url: the report of the agency alone; empty for none"""

    name: str
    url: str
    numbers: tuple[Number, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One of the three: what came, what was settled, what is open. :param before: a period ago"""

    label: str
    value: Number
    parts: tuple[Number, ...]
    before: int
    last_year: int


@dataclass(frozen=True, slots=True)
class OneStopPage:
    """:param agencies: code, name, whether it is chosen; ``report`` is None where the period is wrong"""

    period: PeriodBoxes
    agencies: tuple[tuple[str, str, bool], ...]
    title: str
    days: str
    agency: str
    counted_at: datetime
    groups: tuple[Group, ...] = ()
    fields: tuple[Line, ...] = ()
    by_agency: tuple[Line, ...] = ()
    for_others: int | None = None
    files: tuple[tuple[str, str], ...] = ()
    is_running: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DossiersPage:
    title: str
    about: str
    total: int
    hidden: int
    next_url: str


@require_safe
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """Count the period of an agency or the province. :raises NotYourReport: not the reader's"""
    actor, at = actor_of(request), clock.now()
    errors: tuple[object, ...] = ()
    status = 200
    code = _agency(request, actor)
    try:
        span = asking.asked(request.GET, usual=asking.running(local(at).date()))
    except Refusal as refusal:
        errors, status = errors_of(refusal, field_name=asking.PERIOD), status_of(refusal)
        page = _empty(request, actor, at, code)
    else:
        page = _page(request, actor, at, one_stop(actor=actor, at=at, span=span, agency_code=code))
    return draw(request, "reports/one_stop.html", status=status, page=page, errors=errors)


@require_safe
@officers_only
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the report as a file. :raises NotYourReport, ReportMissing, NoSuchPeriod: as they say"""
    actor, at = actor_of(request), clock.now()
    span = asking.asked(request.GET, usual=asking.running(local(at).date()))
    report = one_stop(actor=actor, at=at, span=span, agency_code=_agency(request, actor))
    return sent(one_stop_file(report, kind=kind))


@require_safe
@officers_only
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers behind a number. :raises NotYourReport, ReportMissing, NoSuchPeriod: as they say"""
    actor, at = actor_of(request), clock.now()
    span = asking.asked(request.GET, usual=asking.running(local(at).date()))
    cell = request.GET.get(CELL, "")
    told = request.GET.get(FIELD)
    place = Place(_agency(request, actor), None if told is None else told.removeprefix(NO_FIELD))
    found = dossiers_behind(
        actor=actor, at=at, span=span, cell=cell, place=place, after=_after(request.GET.get(AFTER, ""))
    )
    query = request.GET.copy()
    query[AFTER] = str(found.after)
    page = DossiersPage(
        title=str(words.CELLS[cell]),
        about=" · ".join(filter(None, (asking.title(span), place.field, _agency_name(place.agency)))),
        total=found.total,
        hidden=found.hidden,
        next_url=f"?{query.urlencode()}" if found.after else "",
    )
    rows = rows_of(listing.rows_shown(found.dossiers), actor=actor, at=at)
    back = f"{reverse('reports:one-stop')}?{urlencode(_query(span, place.agency))}"
    return draw(request, "reports/dossiers.html", page=page, rows=rows, columns=COLUMNS, back_url=back)


def _agency(request: HttpRequest, actor: Actor) -> str:
    """Return the code of the agency that was asked for; who sees but one sees that one."""
    asked = request.GET.get(AGENCY)
    if asked is not None and (asked or policies.sees_all(actor)):
        return asked
    if policies.sees_all(actor):
        return ""
    own = [one.code for one in people.agencies() if one.id in policies.own_agencies(actor)]
    return own[0] if own else ""


def _agency_name(code: str) -> str:
    return next((one.name for one in people.agencies() if one.code == code), code)


def _empty(request: HttpRequest, actor: Actor, at: datetime, code: str) -> OneStopPage:
    return OneStopPage(
        period=asking.boxes(request.GET, None, local(at).date()),
        agencies=_agencies(actor, code),
        title="",
        days="",
        agency="",
        counted_at=at,
    )


def _page(request: HttpRequest, actor: Actor, at: datetime, report: OneStop) -> OneStopPage:
    span, code = report.span, report.agency.code if report.agency else ""
    query = urlencode(_query(span, code))
    return OneStopPage(
        period=asking.boxes(request.GET, span, local(at).date()),
        agencies=_agencies(actor, code),
        title=asking.title(span),
        days=asking.days(span),
        agency=report.agency.name if report.agency else _("Toàn tỉnh"),
        counted_at=at,
        groups=_groups(report, code),
        fields=_lines(report.by_field, report, code),
        by_agency=_lines(report.by_agency, report, code),
        for_others=report.for_others,
        files=tuple(
            (kind.upper(), f"{reverse('reports:one-stop-file', args=[kind])}?{query}") for kind in FORMATS
        ),
        is_running=at < span.ends_at,
        rule=rules().periods.source,
    )


def _agencies(actor: Actor, code: str) -> tuple[tuple[str, str, bool], ...]:
    known = people.agencies()
    if policies.sees_all(actor):
        whole = ("", _("Toàn tỉnh"), not code)
        return (whole, *((one.code, one.name, one.code == code) for one in known))
    own = policies.own_agencies(actor)
    return tuple((one.code, one.name, one.code == code) for one in known if one.id in own)


def _groups(report: OneStop, code: str) -> tuple[Group, ...]:
    parts = {
        "received": ("online", "other", "carried"),
        "settled": ("early", "on_time", "late"),
        "open": ("open_in_time", "open_late"),
    }
    return tuple(
        Group(
            label=str(words.CELLS[name]),
            value=_number(name, report.total, report.span, Place(code)),
            parts=tuple(_number(part, report.total, report.span, Place(code)) for part in of),
            before=report.before.cell(name),
            last_year=report.last_year.cell(name),
        )
        for name, of in parts.items()
    )


def _lines(rows: tuple[Row, ...], report: OneStop, code: str) -> tuple[Line, ...]:
    drawn = tuple(
        Line(
            row.name or _("Chưa rõ lĩnh vực"),
            _of_agency(report.span, row) if row.field is None else "",
            _numbers(row.counts, report.span, Place(row.agency or code, row.field)),
        )
        for row in rows
    )
    whole = Line(_("Tổng số"), "", _numbers(report.total, report.span, Place(code)), is_total=True)
    return (*drawn, whole) if drawn else ()


def _numbers(counts: Counts, span: Span, place: Place) -> tuple[Number, ...]:
    return tuple(_number(name, counts, span, place) for name in SHOWN)


def _number(name: str, counts: Counts, span: Span, place: Place) -> Number:
    value = counts.cell(name)
    query = _query(span, place.agency) | {CELL: name}
    if place.field is not None:
        query[FIELD] = place.field or NO_FIELD
    url = f"{reverse('reports:one-stop-dossiers')}?{urlencode(query)}" if value else ""
    return Number(str(words.CELLS[name]), value, url, is_bad=bool(value) and name in ("late", "open_late"))


def _of_agency(span: Span, row: Row) -> str:
    return f"{reverse('reports:one-stop')}?{urlencode(_query(span, row.agency))}"


def _query(span: Span, agency: str) -> dict[str, str]:
    return {asking.PERIOD: span.name, AGENCY: agency}


def _after(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ReportMissing
    return int(text)
