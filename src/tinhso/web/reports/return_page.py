"""One agency's return: filled in, handed up, signed, received, sent back, corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.reports import files, queries
from tinhso.reports.actions.correct_return import correct_return
from tinhso.reports.actions.fill_again import fill_again
from tinhso.reports.actions.receive_return import receive_return
from tinhso.reports.actions.save_return import LinesWrong, save_return
from tinhso.reports.actions.send_back import send_back
from tinhso.reports.actions.sign_return import sign_return
from tinhso.reports.actions.submit_return import submit_return
from tinhso.reports.models import State
from tinhso.reports.refusals import ReturnChanged
from tinhso.reports.types import Line
from tinhso.reports.values import Fault, Value, Values
from tinhso.reports.views import ReturnView, VersionView
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import LinkedError, Tone
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.reports import asking, words
from tinhso.web.reports.lines import Filling, Known, SectionView, box_of, sections
from tinhso.web.reports.sending import sent

DO, REVISION, REASON = "viec", "revision", "ly-do"
Errors = tuple[FieldError | LinkedError, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """:param changes: text of the line, what it was, what it is"""

    number: int
    url: str
    by: str
    at: datetime
    reason: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    what: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    id: UUID
    title: str
    period: str
    days: str
    agency: str
    source: str
    round_url: str
    state: str
    tone: Tone
    left: str
    is_late: bool
    due_at: datetime
    revision: int
    note: str
    may: frozenset[str]
    is_running: bool
    last_day: str
    sections: tuple[SectionView, ...]
    filled_at: datetime | None
    versions: tuple[VersionLine, ...]
    acts: tuple[ActLine, ...]
    files: tuple[tuple[str, str], ...]
    reason: str


Run = Callable[[HttpRequest, UUID, datetime], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """:param said: what is told once it is done; ``box``: where an error of no line is shown"""

    run: Run
    said: object
    box: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Show the return, and do what a button sent. :raises ReportMissing: absent, or another agency's"""
    at = clock.now()
    deed = DEEDS.get(request.POST.get(DO, "")) if request.method == "POST" else None
    if deed is None:
        return _drawn(request, return_id, at)
    queries.access_return(actor=actor_of(request), at=at, return_id=return_id)
    try:
        deed.run(request, return_id, at)
    except LinesWrong as wrong:
        return _drawn(request, return_id, at, faults=wrong.faults, status=status_of(wrong))
    except Refusal as refusal:
        named = errors_of(refusal, field_name=deed.box)
        return _drawn(request, return_id, at, errors=named, status=status_of(refusal))
    messages.success(request, str(deed.said))
    return redirect("reports:return", return_id)


@require_safe
@officers_only
def download(request: HttpRequest, return_id: UUID, kind: str) -> HttpResponse:
    """Send the return as a file. :raises ReportMissing: absent, another agency's, or no such kind"""
    actor, at = actor_of(request), clock.now()
    return sent(files.return_file(actor=actor, at=at, return_id=return_id, kind=kind))


@require_safe
@officers_only
def signed(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """Send a signed version. :raises ReportMissing: absent, or another agency's"""
    actor, at = actor_of(request), clock.now()
    return sent(files.version_file(actor=actor, at=at, return_id=return_id, number=number))


def _drawn(
    request: HttpRequest,
    return_id: UUID,
    at: datetime,
    *,
    errors: Errors = (),
    faults: tuple[Fault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    view = queries.access_return(actor=actor_of(request), at=at, return_id=return_id)
    page = _page(view, request, faults, at)
    named = (*errors, *(_error(view, one) for one in faults))
    return draw(request, "reports/return.html", status=status, page=page, errors=named)


def _error(view: ReturnView, fault: Fault) -> FieldError:
    """Return what is wrong with a line, for the summary, which names the line."""
    line = view.round.template.line(fault.line)
    name = say(line.text) if line else fault.line
    return FieldError(fault.line, box_of(fault.line), f"{name}: {fault.sentence}")


def _page(view: ReturnView, request: HttpRequest, faults: tuple[Fault, ...], at: datetime) -> ReturnPage:
    row, template, span = view.row, view.round.template, view.round.span
    named = {one.line: one.sentence for one in faults}
    filling = Filling(request.POST, named) if "fill" in view.may else None
    known = Known(span, view.values, view.before, view.last_year, row.agency.code, {})
    kinds = [(kind, reverse("reports:return-file", args=[row.id, kind])) for kind in files.FORMATS]
    return ReturnPage(
        id=row.id,
        title=say(template.title),
        period=asking.title(span),
        days=asking.days(span),
        agency=row.agency.name,
        source=template.source,
        round_url=reverse("reports:round", args=[view.round.id]),
        state=words.state(row.state),
        tone=words.tone(row.state),
        left=words.left(local(view.round.due_at), local(at), row),
        is_late=row.is_late,
        due_at=view.round.due_at,
        revision=view.revision,
        note=view.note if row.state == State.OPEN else "",
        may=view.may,
        is_running=at < span.ends_at,
        last_day=span.last.strftime("%d/%m/%Y"),
        sections=sections(template, known, filling),
        filled_at=view.filled_at,
        versions=_versions(view),
        acts=tuple(ActLine(str(words.ACTS[one.what]), one.by, one.at, one.reason) for one in view.acts),
        files=tuple((kind.upper(), url) for kind, url in kinds),
        reason=request.POST.get(REASON, ""),
    )


def _versions(view: ReturnView) -> tuple[VersionLine, ...]:
    found = []
    for place, one in enumerate(view.versions):
        older = view.versions[place + 1].values if place + 1 < len(view.versions) else {}
        found.append(
            VersionLine(
                number=one.number,
                url=reverse("reports:version-file", args=[view.row.id, one.number]),
                by=one.signed_by,
                at=one.signed_at,
                reason=one.reason,
                changes=_changes(view, one, older),
            )
        )
    return tuple(found)


def _changes(view: ReturnView, one: VersionView, older: Values) -> tuple[tuple[str, str, str], ...]:
    lines = ((name, view.round.template.line(name)) for name in one.changed)
    return tuple(
        (say(line.text), _told(line, older.get(name)), _told(line, one.values.get(name)))
        for name, line in lines
        if line is not None
    )


def _told(line: Line, value: Value | None) -> str:
    if value is None or not value.is_there:
        return _("chưa có số liệu")
    return value.text if line.origin == "text" else words.number(value.number)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get(REVISION, "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ReturnChanged
    return int(text)


def _entered(request: HttpRequest) -> dict[str, str]:
    return {name[2:]: str(text) for name, text in request.POST.items() if name.startswith(box_of(""))}


def _save(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    _saved(request, return_id, at)


def _saved(request: HttpRequest, return_id: UUID, at: datetime) -> int:
    return save_return(
        actor=actor_of(request),
        at=at,
        return_id=return_id,
        revision=_revision(request),
        entered=_entered(request),
    )


def _fill(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    """What was typed is kept first, so that nothing is lost."""
    fill_again(actor=actor_of(request), at=at, return_id=return_id, revision=_saved(request, return_id, at))


def _submit(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    submit_return(
        actor=actor_of(request), at=at, return_id=return_id, revision=_saved(request, return_id, at)
    )


def _sign(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    sign_return(actor=actor_of(request), at=at, return_id=return_id, revision=_revision(request))


def _receive(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    receive_return(actor=actor_of(request), at=at, return_id=return_id, revision=_revision(request))


def _send_back(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    send_back(
        actor=actor_of(request),
        at=at,
        return_id=return_id,
        revision=_revision(request),
        reason=request.POST.get(REASON, ""),
    )


def _correct(request: HttpRequest, return_id: UUID, at: datetime) -> None:
    correct_return(
        actor=actor_of(request),
        at=at,
        return_id=return_id,
        revision=_revision(request),
        reason=request.POST.get(REASON, ""),
    )


DEEDS: dict[str, Deed] = {
    "save": Deed(_save, gettext_lazy("Đã lưu. Chưa ai nhận được; khi đủ số liệu hãy trình lãnh đạo ký.")),
    "fill": Deed(_fill, gettext_lazy("Đã lưu và lấy lại số liệu của hệ thống.")),
    "submit": Deed(_submit, gettext_lazy("Đã trình. Lãnh đạo cơ quan mở trang này để ký và gửi tỉnh.")),
    "sign": Deed(_sign, gettext_lazy("Đã ký và gửi tỉnh. Tỉnh nhận thì số liệu mới được tổng hợp.")),
    "receive": Deed(_receive, gettext_lazy("Đã nhận. Số liệu được tính vào báo cáo tổng hợp.")),
    "send-back": Deed(_send_back, gettext_lazy("Đã trả lại. Người lập được nhắn kèm lý do."), REASON),
    "correct": Deed(
        _correct,
        gettext_lazy("Đã mở lại để đính chính. Số đã nhận vẫn được tính cho tới khi tỉnh nhận bản mới."),
        REASON,
    ),
}
