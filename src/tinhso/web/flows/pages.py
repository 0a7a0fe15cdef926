"""How dossiers really went: the procedures, the map of one, what lies behind a figure, the log of acts."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tinhso.dossiers import listing
from tinhso.dossiers.desk import COLUMNS
from tinhso.flows import activities, queries, xes
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk import periods
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import rows_of
from tinhso.web.desk.periods import Period
from tinhso.web.flows import page as shown
from tinhso.web.flows.behind import behind

USUAL_DAYS = timedelta(days=90)


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    """List the procedures of which the officer may see dossiers."""
    period = _period(request)
    lines = () if period.wrong else shown.home_lines(actor_of(request), period)
    return draw(request, "flows/home.html", _status(period), lines=lines, period=period)


@require_safe
@officers_only
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Draw how the dossiers of a procedure went."""
    period = _period(request)
    page = shown.map_page(actor_of(request), code, period, rare=bool(request.GET.get(shown.RARE)))
    return draw(request, "flows/map.html", _status(period), page=page)


@require_safe
@officers_only
def dossiers(request: HttpRequest, code: str) -> HttpResponse:
    """List the dossiers on one path, or the slowest on one passage. :raises NotFound: neither is named"""
    actor, period = actor_of(request), _period(request)
    found = behind(actor, code, period, request.GET.dict())
    rows = rows_of(listing.rows_shown(found.ids), actor=actor, at=clock.now())
    back = shown.address("map", code, period)
    return draw(request, "flows/dossiers.html", page=found, rows=rows, columns=COLUMNS, back_url=back)


@require_safe
@officers_only
def log(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send the acts of the dossiers in XES."""
    period, procedure = _period(request), activities.procedure_of(code)
    entries = queries.acts(actor=actor_of(request), question=shown.question(code, period))
    pieces = xes.lines(
        entries, log=shown.name_of(code, procedure), name=lambda key: shown.say(key, procedure)
    )
    response = StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{code}.xes")
    return response


def _period(request: HttpRequest) -> Period:
    return periods.read(request.GET, since=local(clock.now() - USUAL_DAYS).date())


def _status(period: Period) -> int:
    return 422 if period.wrong else 200
