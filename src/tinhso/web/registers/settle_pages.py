"""Take a record out of force, bring it back, merge what is there twice, split what is several."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.registers import queries
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.actions.restore_record import restore_record
from tinhso.registers.actions.seek_twins import decide_twins
from tinhso.registers.actions.split_record import split_record
from tinhso.registers.types import Moment, RecordView, Written
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.refusing import status_of
from tinhso.web.registers import comparing, forms, splitting, words
from tinhso.web.registers.deed_pages import FORM, UNPROCESSABLE, require_writing
from tinhso.web.registers.forms import NUMBER, REASON, SINCE, Errors, FormPage

OTHER, TWIN = "voi", "cap"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def cancel(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Take the record out of force."""
    return _state(request, record_id, is_restoring=False)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def restore(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Bring it back."""
    return _state(request, record_id, is_restoring=True)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def merge(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Find the record that says the same, choose what stays, and merge it into this one."""
    actor, at, data = actor_of(request), clock.now(), typed(request) or request.GET
    view, definition = _settled(actor, at, record_id)
    moment = Moment(local(at).date())
    wanted = data.get(OTHER, "").strip()
    found = comparing.others(actor=actor, definition=definition, view=view, text=wanted, moment=moment)
    if found.other is None:
        status = UNPROCESSABLE if found.errors else 200
        page = comparing.search_page(definition, view, wanted, found)
        return draw(request, "registers/merge_with.html", status, page=page, errors=found.errors)
    errors: Errors = ()
    status = 200
    if request.method == "POST":
        try:
            written = _merge(actor, at, definition, view, found.other, data)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            errors, status = forms.errors_of(refusal), status_of(refusal)
        else:
            messages.success(request, _("Đã gộp. Ai trỏ đến bản ghi kia nay được dẫn đến bản ghi này."))
            return _after_merge(definition, data, written)
    page_ = comparing.merge_page(
        actor=actor,
        definition=definition,
        view=view,
        other=found.other,
        data=data,
        errors=errors,
        moment=moment,
    )
    return draw(request, "registers/merge.html", status, page=page_, errors=errors)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def split(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Make several records of one."""
    actor, at = actor_of(request), clock.now()
    data = typed(request)
    view, definition = _settled(actor, at, record_id)
    count = splitting.count_of(data if request.method == "POST" else request.GET)
    sheet = forms.sheet_of(actor=actor, definition=definition, view=view, moment=Moment(local(at).date()))
    errors: Errors = ()
    status = 200
    if request.method == "POST":
        parts, errors = splitting.read(actor=actor, at=at, sheet=sheet, data=data, count=count)
        (since,), wrong = forms.days_of(data, SINCE)
        errors, status = (*errors, *wrong), UNPROCESSABLE
        if not errors:
            try:
                made = split_record(
                    actor=actor,
                    at=at,
                    record_id=record_id,
                    parts=parts,
                    reason=data.get(REASON, ""),
                    since=since,
                    number=forms.number_of(data),
                )
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                errors, status = splitting.errors_of(refusal, sheet), status_of(refusal)
            else:
                told = _("Đã tách thành %(count)s bản ghi; các phần nói chúng từ đâu mà ra.")
                messages.success(request, told % {"count": len(made)})
                return redirect("registers:record", record_id)
    page = splitting.split_page(sheet=sheet, view=view, data=data, at=at, count=count, errors=errors)
    return draw(request, "registers/split.html", status, page=page, errors=errors)


def _settled(actor: Actor, at: datetime, record_id: UUID) -> tuple[RecordView, RegisterDefinition]:
    """Return the record for who may settle it. :raises NotFound, NotAllowed: they may not"""
    view = queries.access_record(actor=actor, record_id=record_id, moment=Moment(local(at).date()))
    definition = register(view.register)
    require_writing(actor, definition, view, "settle")
    return view, definition


def _state(request: HttpRequest, record_id: UUID, *, is_restoring: bool) -> HttpResponse:
    actor, at, data = actor_of(request), clock.now(), typed(request)
    view, definition = _settled(actor, at, record_id)
    errors: Errors = ()
    status = 200
    if request.method == "POST":
        (since,), errors = forms.days_of(data, SINCE)
        status = UNPROCESSABLE
        if not errors:
            do = restore_record if is_restoring else cancel_record
            try:
                do(
                    actor=actor,
                    at=at,
                    record_id=record_id,
                    reason=data.get(REASON, ""),
                    since=since,
                    number=forms.number_of(data),
                )
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                errors, status = forms.errors_of(refusal), status_of(refusal)
            else:
                messages.success(request, _told(is_restoring=is_restoring))
                return redirect("registers:record", record_id)
    page = _state_page(definition, view, data, errors, is_restoring=is_restoring)
    return draw(request, FORM, status, page=page, errors=errors)


def _told(*, is_restoring: bool) -> str:
    if is_restoring:
        return _("Bản ghi có hiệu lực trở lại.")
    return _("Đã hủy bản ghi. Hủy nhầm thì khôi phục được.")


def _state_page(
    definition: RegisterDefinition, view: RecordView, data: QueryDict, errors: Errors, *, is_restoring: bool
) -> FormPage:
    title = words.Reader().title(definition, view)
    if is_restoring:
        since = (
            _("Có hiệu lực lại từ ngày"),
            _("Để trống: việc hủy là nhầm, bản ghi có hiệu lực như chưa hủy."),
        )
        about = _("Khóa và giá trị của bản ghi được giữ lại cho nó, nếu chưa bản ghi nào khác lấy.")
    else:
        since = (_("Thôi hiệu lực từ ngày"), _("Để trống: ghi nhầm, lẽ ra không bao giờ có bản ghi này."))
        about = _("Bản ghi vẫn ở trong sổ cùng lịch sử. Khóa của nó được nhường cho bản ghi khác.")
    return FormPage(
        title=_("Khôi phục bản ghi") if is_restoring else _("Hủy bản ghi"),
        lead=title,
        about=about,
        submit=_("Khôi phục bản ghi") if is_restoring else _("Hủy bản ghi"),
        back_url=reverse("registers:record", args=[view.id]),
        back=title,
        own=(
            forms.since_field(data, errors, *since),
            forms.reason_field(data, errors, _("Căn cứ: văn bản, ngày, ai báo. Được giữ cùng lịch sử.")),
        ),
        hidden=((NUMBER, data.get(NUMBER, "") or str(view.number)),),
        is_grave=not is_restoring,
    )


@transaction.atomic
def _merge(
    actor: Actor,
    at: datetime,
    definition: RegisterDefinition,
    view: RecordView,
    other: RecordView,
    data: QueryDict,
) -> Written:
    """Decide the likely pair and merge it, both or neither."""
    if (twin_id := words.uuid_of(data.get(TWIN, ""))) != UUID(int=0):
        decide_twins(actor=actor, at=at, twin_id=twin_id, are_one=True)
    return merge_records(
        actor=actor,
        at=at,
        winner_id=view.id,
        loser_id=other.id,
        reason=data.get(REASON, ""),
        changes=comparing.taken_over(definition, view, other, data),
        number=forms.number_of(data),
    )


def _after_merge(definition: RegisterDefinition, data: QueryDict, written: Written) -> HttpResponse:
    if data.get(TWIN, ""):
        return redirect("registers:twins", definition.id)
    return redirect("registers:record", written.record_id)
