"""Enter a record, write down a change, put right what was wrong, say that it still holds."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.registers import policies, queries
from tinhso.registers.actions.confirm_record import confirm_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.refusals import (
    NothingChanged,
    NotYourRegister,
    RecordEmptied,
    StaleRecord,
    TruthIsOutside,
)
from tinhso.registers.types import HistoryEntry, Moment, RecordView, Written
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.refusing import status_of
from tinhso.web.registers import boxes, forms, words
from tinhso.web.registers.forms import BASE, NUMBER, REASON, SINCE, UNTIL, Errors, FormPage, Sheet
from tinhso.web.registers.history import changes_of

UNPROCESSABLE = 422
FORM = "registers/form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def enter(request: HttpRequest, register_id: str) -> HttpResponse:
    """Enter a record."""
    actor, at, data = actor_of(request), clock.now(), typed(request)
    definition = register(register_id)
    require_entering(actor, definition)
    sheet = forms.empty_sheet(definition, policies.fields_to_enter(actor=actor, definition=definition))
    if request.method != "POST":
        return draw(request, FORM, page=_enter_page(sheet, data, at), errors=())

    read = forms.read(actor=actor, at=at, fields=sheet.fields, data=data)
    (since, until), wrong = forms.days_of(data, SINCE, UNTIL)
    errors = (*read.errors, *wrong)
    status = UNPROCESSABLE
    if not errors:
        try:
            written = enter_record(
                actor=actor,
                at=at,
                register_id=register_id,
                values={name: value for name, value in read.values.items() if value not in ("", [])},
                since=since,
                until=until,
                reason=data.get(REASON, ""),
            )
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            errors, status = forms.errors_of(refusal, sheet), status_of(refusal)
        else:
            messages.success(request, _("Đã ghi bản ghi %(key)s vào sổ.") % {"key": written.key})
            return redirect("registers:record", written.record_id)
    return draw(request, FORM, status, page=_enter_page(sheet, data, at, read, errors), errors=errors)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def correct(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Write down that something changed, from a day on."""
    return _correction(request, record_id, is_past=False)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def past(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Put right what the register says wrongly."""
    return _correction(request, record_id, is_past=True)


@require_POST
@officers_only
def confirm(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Say that the record still holds."""
    confirm_record(
        actor=actor_of(request), at=clock.now(), record_id=record_id, number=forms.number_of(request.POST)
    )
    messages.success(request, _("Đã ghi nhận: bản ghi còn đúng đến hôm nay."))
    return redirect("registers:record", record_id)


def require_entering(actor: Actor, definition: RegisterDefinition) -> None:
    """:raises TruthIsOutside, NotYourRegister: there is nowhere the actor may enter a record"""
    if definition.truth == "outside":
        raise TruthIsOutside(register=definition.name.into(words.language()), system=definition.system)
    if not policies.may_enter(actor=actor, definition=definition):
        raise NotYourRegister(register=definition.name.into(words.language()))


def require_writing(
    actor: Actor, definition: RegisterDefinition, view: RecordView, deed: policies.Deed = "write"
) -> None:
    """
    :raises TruthIsOutside, NotYourRegister: the actor may not do it with this record
    :raises RecordEmptied: nothing is left of it
    """
    policies.require_writer(actor=actor, definition=definition, unit_keys=[view.unit_key], deed=deed)
    if view.is_emptied:
        raise RecordEmptied


def _enter_page(
    sheet: Sheet,
    data: QueryDict,
    at: datetime,
    read: forms.Typed = forms.Typed(),  # noqa: B008  (frozen)
    errors: Errors = (),
) -> FormPage:
    definition = sheet.definition
    drawing = boxes.Drawing(local(at).date(), errors, read.found)
    since = forms.since_field(
        data, errors, _("Đúng từ ngày"), _("Để trống: từ hôm nay. Có thể là một ngày đã qua.")
    )
    return FormPage(
        title=_("Ghi bản ghi mới"),
        lead=definition.name.into(words.language()),
        about=_("Khóa của bản ghi được lập từ những mục bạn ghi."),
        submit=_("Ghi vào sổ"),
        back_url=reverse("registers:list", args=[definition.id]),
        back=definition.name.into(words.language()),
        fields=sheet.draw(data, drawing),
        own=(since,),
        left_out=sheet.left_out,
    )


def _correction(request: HttpRequest, record_id: UUID, *, is_past: bool) -> HttpResponse:
    actor, at, data = actor_of(request), clock.now(), typed(request)
    moment = Moment(local(at).date())
    view = queries.access_record(actor=actor, record_id=record_id, moment=moment)
    definition = register(view.register)
    require_writing(actor, definition, view)
    history = queries.history_of(actor=actor, record_id=record_id)
    base = _base(history, data.get(BASE, ""), view)
    sheet = forms.sheet_of(actor=actor, definition=definition, view=base, moment=moment)
    if request.method != "POST":
        shown = _begun(request, actor, definition, sheet, history, moment)
        return draw(request, FORM, page=_page(sheet, view, shown, at, is_past=is_past), errors=())

    changed = sheet.changed(data)
    read = forms.read(actor=actor, at=at, fields=changed, data=data)
    days, wrong = forms.days_of(data, SINCE, *([UNTIL] if is_past else []))
    errors = (*read.errors, *wrong)
    if errors:
        page = _page(sheet, view, data, at, is_past=is_past, read=read, errors=errors)
        return draw(request, FORM, UNPROCESSABLE, page=page, errors=errors)
    try:
        _write(actor, at, record_id, read.values, data, days, is_past=is_past)
    except StaleRecord as refusal:
        return _stale(request, actor, at, view, data, [one.id for one in changed], refusal, is_past=is_past)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        errors = forms.errors_of(refusal, sheet)
        page = _page(sheet, view, data, at, is_past=is_past, read=read, errors=errors)
        return draw(request, FORM, status_of(refusal), page=page, errors=errors)
    told = (
        _("Đã đính chính. Điều ghi sai trước đây vẫn còn trong lịch sử.")
        if is_past
        else _("Đã ghi thay đổi.")
    )
    messages.success(request, told)
    return redirect("registers:record", record_id)


def _write(
    actor: Actor,
    at: datetime,
    record_id: UUID,
    changes: dict[str, object],
    data: QueryDict,
    days: list[date | None],
    *,
    is_past: bool,
) -> Written:
    if not changes:
        raise NothingChanged
    said: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "record_id": record_id,
        "changes": changes,
        "reason": data.get(REASON, ""),
        "number": forms.number_of(data),
        "since": days[0],
    }
    return correct_past(**said, until=days[1]) if is_past else correct_record(**said)


def _stale(
    request: HttpRequest,
    actor: Actor,
    at: datetime,
    view: RecordView,
    data: QueryDict,
    mine: list[str],
    refusal: StaleRecord,
    *,
    is_past: bool,
) -> HttpResponse:
    """Show what somebody else wrote meanwhile, with what this officer changed still in its boxes."""
    definition, moment = register(view.register), Moment(local(at).date())
    history = queries.history_of(actor=actor, record_id=view.id)
    sheet = forms.sheet_of(actor=actor, definition=definition, view=view, moment=moment)
    merged = sheet.begun.copy()
    kept = [f"{boxes.PREFIX}{name}" for name in mine]
    for name in data:
        own = not name.startswith(boxes.PREFIX)
        if own or any(name == box or name.startswith(f"{box}-") for box in kept):
            merged.setlist(name, data.getlist(name))
    seen = forms.number_of(data) or 0
    reader = words.Reader()
    news = tuple(
        f"{change.label}: {change.before or '—'} → {change.after or '—'}"
        for entry in history
        if entry.version.number > seen
        for change in changes_of(definition, reader, entry.changes)
    )
    errors = forms.errors_of(refusal)
    page = replace(_page(sheet, view, merged, at, is_past=is_past, errors=errors), news=news)
    return draw(request, FORM, status_of(refusal), page=page, errors=errors)


def _page(
    sheet: Sheet,
    view: RecordView,
    data: QueryDict,
    at: datetime,
    *,
    is_past: bool,
    read: forms.Typed = forms.Typed(),  # noqa: B008  (frozen)
    errors: Errors = (),
) -> FormPage:
    drawing = boxes.Drawing(local(at).date(), errors, read.found, sheet.units)
    title = words.Reader().title(sheet.definition, view)
    return FormPage(
        title=_("Đính chính điều ghi sai") if is_past else _("Ghi thay đổi"),
        lead=title,
        about=_("Sổ đã ghi sai: sửa cho những ngày đã qua. Điều ghi trước vẫn còn trong lịch sử.")
        if is_past
        else _("Thực tế đã đổi: giá trị cũ vẫn đúng cho những ngày trước ngày bạn ghi dưới đây."),
        submit=_("Đính chính") if is_past else _("Ghi thay đổi"),
        back_url=reverse("registers:record", args=[view.id]),
        back=title,
        fields=sheet.draw(data, drawing),
        own=tuple(_own(data, errors, is_past=is_past)),
        hidden=((NUMBER, str(view.number)), (BASE, data.get(BASE, "") or str(view.version_id))),
        left_out=sheet.left_out,
    )


def _own(data: QueryDict, errors: Errors, *, is_past: bool) -> list[Any]:
    reason = _("Căn cứ của việc sửa: văn bản, ngày, ai báo. Được giữ cùng lịch sử.")
    if not is_past:
        hint = _("Để trống: từ hôm nay.")
        return [
            forms.since_field(data, errors, _("Đúng từ ngày"), hint),
            forms.reason_field(data, errors, reason),
        ]
    return [
        forms.since_field(data, errors, _("Sai từ ngày"), _("Để trống: sai ngay từ đầu.")),
        forms.until_field(data, errors, _("Đúng lại từ ngày"), _("Để trống: sai đến bây giờ.")),
        forms.reason_field(data, errors, reason),
    ]


def _base(history: tuple[HistoryEntry, ...], version_id: str, view: RecordView) -> RecordView:
    """Return the version the form was drawn from: what differs from it was changed by who sends it."""
    return next((one.version for one in history if str(one.version.version_id) == version_id), view)


def _begun(
    request: HttpRequest,
    actor: Actor,
    definition: RegisterDefinition,
    sheet: Sheet,
    history: tuple[HistoryEntry, ...],
    moment: Moment,
) -> QueryDict:
    """Return what the boxes begin with: what was kept, an earlier version that is taken back, or what is."""
    if kept := typed(request):
        return kept
    wanted = request.GET.get("tu", "")
    version = next((one.version for one in history if str(one.version.version_id) == wanted), None)
    if version is None:
        return sheet.begun
    return forms.sheet_of(actor=actor, definition=definition, view=version, moment=moment).begun
