"""Reports at the desk: what my agency owes, the rounds, and opening one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.reports import policies, queries
from tinhso.reports.actions.open_period import open_period
from tinhso.reports.periods import before
from tinhso.reports.reading import first_day, templates
from tinhso.reports.views import ReturnRow, RoundRow
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import Tone
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.reports import asking, words
from tinhso.web.reports.asking import PeriodBoxes

REPORT = "bao-cao"


@dataclass(frozen=True, slots=True)
class OwnLine:
    title: str
    period: str
    agency: str
    url: str
    state: str
    tone: Tone
    left: str
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    title: str
    period: str
    days: str
    url: str
    due_at: datetime
    asked: int
    signed: int
    received: int
    late: int


@dataclass(frozen=True, slots=True)
class OpenForm:
    """:param reports: id, title, whether it is chosen"""

    reports: tuple[tuple[str, str, bool], ...]
    period: PeriodBoxes
    is_open: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    own: tuple[OwnLine, ...]
    rounds: tuple[RoundLine, ...]
    form: OpenForm | None
    sees_counts: bool


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """List what is owed and every round; open a round."""
    actor, at = actor_of(request), clock.now()
    if request.method != "POST":
        return draw(request, "reports/home.html", page=_page(request, actor, at))
    try:
        span = asking.asked(request.POST, usual=asking.running(local(at).date()))
        round_id = open_period(actor=actor, at=at, report_id=request.POST.get(REPORT, ""), period=span.name)
    except Refusal as refusal:
        errors, status = errors_of(refusal, field_name=asking.PERIOD), status_of(refusal)
        page = _page(request, actor, at)
        return draw(request, "reports/home.html", status=status, page=page, errors=errors)
    messages.success(request, _("Đã mở kỳ báo cáo và nhắn các đơn vị. Theo dõi việc gửi ở trang này."))
    return redirect("reports:round", round_id)


def _page(request: HttpRequest, actor: Actor, at: datetime) -> HomePage:
    return HomePage(
        own=tuple(_own(row, one, at) for row, one in queries.own_returns(actor=actor, at=at)),
        rounds=tuple(round_line(row) for row in queries.list_rounds(actor=actor, at=at)),
        form=_form(request, at) if policies.may_province(actor=actor, deed="run") else None,
        sees_counts=policies.sees_all(actor) or bool(policies.own_agencies(actor)),
    )


def round_line(row: RoundRow) -> RoundLine:
    """Return a round as a line."""
    return RoundLine(
        title=say(row.template.title),
        period=asking.title(row.span),
        days=asking.days(row.span),
        url=reverse("reports:round", args=[row.id]),
        due_at=row.due_at,
        asked=row.asked,
        signed=row.signed,
        received=row.received,
        late=row.late,
    )


def _own(row: RoundRow, one: ReturnRow, at: datetime) -> OwnLine:
    return OwnLine(
        title=say(row.template.title),
        period=asking.title(row.span),
        agency=one.agency.name,
        url=reverse("reports:return", args=[one.id]),
        state=words.state(one.state),
        tone=words.tone(one.state),
        left=words.left(local(row.due_at), local(at), one),
        due_at=row.due_at,
        is_late=one.is_late,
    )


def _form(request: HttpRequest, at: datetime) -> OpenForm:
    data: Any = request.POST
    today = local(at).date()
    usual = before(asking.running(today), first_day=first_day())
    try:
        chosen = asking.asked(data, usual=usual)
    except Refusal:
        chosen = None
    reports = tuple((one.id, say(one.title), one.id == data.get(REPORT)) for one in templates().values())
    return OpenForm(reports, asking.boxes(data, chosen, today), is_open=request.method == "POST")
