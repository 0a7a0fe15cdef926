"""One round: who has reported, what it comes to, the province's signed reports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.reports import files, queries
from tinhso.reports.actions.sign_report import sign_report
from tinhso.reports.models import State
from tinhso.reports.views import ReturnRow, RoundView
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import Tab, Tone
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.reports import asking, words
from tinhso.web.reports.lines import Known, SectionView, sections
from tinhso.web.reports.sending import sent

STATE, COUNTED = "trang-thai", "da-nhan"
LATE = "qua-han"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    agency: str
    url: str
    state: str
    tone: Tone
    left: str
    is_late: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedLine:
    number: int
    url: str
    by: str
    at: datetime
    counted: int
    missing: int
    changed: int


@dataclass(frozen=True, slots=True)
class RoundPage:
    id: UUID
    title: str
    period: str
    days: str
    source: str
    due_at: datetime
    asked: int
    signed: int
    received: int
    late: int
    sees_all: bool
    may_sign: bool
    counted: int
    tabs: tuple[Tab, ...]
    returns: tuple[ReturnLine, ...]
    missing: tuple[str, ...]
    sections: tuple[SectionView, ...]
    reports: tuple[SignedLine, ...]
    files: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show the round; sign the province's report. :raises ReportMissing: absent, or not the reader's"""
    actor, at = actor_of(request), clock.now()
    if request.method != "POST":
        view = queries.access_round(actor=actor, at=at, round_id=round_id)
        return draw(request, "reports/round.html", page=_page(view, request, at))
    queries.access_round(actor=actor, at=at, round_id=round_id)
    seen = request.POST.get(COUNTED, "")
    try:
        counted = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
        sign_report(actor=actor, at=at, round_id=round_id, counted=counted)
    except Refusal as refusal:
        errors, status = errors_of(refusal), status_of(refusal)
        view = queries.access_round(actor=actor, at=at, round_id=round_id)
        page = _page(view, request, at)
        return draw(request, "reports/round.html", status=status, page=page, errors=errors)
    messages.success(
        request, _("Đã ký báo cáo của tỉnh. Bản ký nằm ở cuối trang, ai có mã đều kiểm tra được.")
    )
    return redirect("reports:round", round_id)


@require_safe
@officers_only
def download(request: HttpRequest, round_id: UUID, kind: str) -> HttpResponse:
    """Send what the round comes to as a file. :raises ReportMissing: absent, or not the reader's"""
    actor, at = actor_of(request), clock.now()
    return sent(files.round_file(actor=actor, at=at, round_id=round_id, kind=kind))


@require_safe
@officers_only
def signed(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Send a signed report of the province. :raises ReportMissing: absent, or not the reader's"""
    actor, at = actor_of(request), clock.now()
    return sent(files.report_file(actor=actor, at=at, round_id=round_id, number=number))


def _page(view: RoundView, request: HttpRequest, at: datetime) -> RoundPage:
    row = view.row
    names = {one.agency.code: one.agency.name for one in view.returns}
    known = Known(row.span, view.values, view.before, view.last_year, "", names)
    chosen = request.GET.get(STATE, "")
    kinds = files.FORMATS if view.sees_all else ()
    return RoundPage(
        id=row.id,
        title=say(row.template.title),
        period=asking.title(row.span),
        days=asking.days(row.span),
        source=row.template.source,
        due_at=row.due_at,
        asked=row.asked,
        signed=row.signed,
        received=row.received,
        late=row.late,
        sees_all=view.sees_all,
        may_sign=view.may_sign,
        counted=view.counted,
        tabs=_tabs(view, chosen) if view.sees_all else (),
        returns=tuple(_line(one, view, at) for one in view.returns if _is_in(one, chosen)),
        missing=tuple(one.name for one in view.missing),
        sections=sections(row.template, known, None) if view.sees_all else (),
        reports=tuple(
            SignedLine(
                one.number,
                reverse("reports:report-file", args=[row.id, one.number]),
                one.signed_by,
                one.signed_at,
                one.counted,
                one.missing,
                len(one.changed),
            )
            for one in view.reports
        ),
        files=tuple((kind.upper(), reverse("reports:round-file", args=[row.id, kind])) for kind in kinds),
    )


def _line(one: ReturnRow, view: RoundView, at: datetime) -> ReturnLine:
    return ReturnLine(
        agency=one.agency.name,
        url=reverse("reports:return", args=[one.id]),
        state=words.state(one.state),
        tone=words.tone(one.state),
        left=words.left(local(view.row.due_at), local(at), one),
        is_late=one.is_late,
        signed_at=one.signed_at,
    )


def _is_in(one: ReturnRow, chosen: str) -> bool:
    if chosen == LATE:
        return one.is_late and one.signed_at is None
    return not chosen or one.state == chosen


def _tabs(view: RoundView, chosen: str) -> tuple[Tab, ...]:
    found = [Tab(_("Tất cả"), "?", len(view.returns), not chosen)]
    for state in State:
        count = sum(one.state == state for one in view.returns)
        found.append(Tab(words.state(state), f"?{STATE}={state.value}", count, chosen == state.value))
    late = sum(_is_in(one, LATE) for one in view.returns)
    found.append(Tab(_("Quá hạn"), f"?{STATE}={LATE}", late, chosen == LATE, alarm=bool(late)))
    return tuple(found)
