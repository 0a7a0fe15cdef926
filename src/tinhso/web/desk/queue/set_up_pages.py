"""The hall's set-up: rules and hours, services, counters, days off, addresses of board and kiosk."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.appointments import queries
from tinhso.appointments.actions.offer import save_counter, save_service
from tinhso.appointments.actions.set_up import change_hall, close_day, open_hall, renew_keys, reopen_day
from tinhso.appointments.laying_out import LIMITS
from tinhso.appointments.models import Hall
from tinhso.appointments.names import name_of
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.queue import set_up_forms as forms
from tinhso.web.desk.queue.office import laying_out
from tinhso.web.halls.words import day_of, said
from tinhso.web.refusing import status_of

BOX_OF = {
    "service-letter-taken": forms.LETTER,
    "service-unnamed": forms.NAME,
    "counter-number-taken": forms.NUMBER,
    "counter-serves-nothing": forms.SERVICES,
    "closure-gone": "ngay-day",
}
Errors = tuple[FieldError, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def hall(request: HttpRequest) -> HttpResponse:
    """Show the whole set-up; POST changes rules and hours."""
    actor = actor_of(request)
    agency_id = laying_out(actor)
    if request.method != "POST":
        return _hall(request)
    data = request.POST
    try:
        displaced = change_hall(
            actor=actor,
            at=clock.now(),
            agency_id=agency_id,
            said=forms.read_hall(data),
            revision=forms.number_of(data, forms.REVISION),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _hall(request, data, _wrong(refusal, data), status=status_of(refusal))
    messages.success(request, _saved(displaced))
    return redirect("desk:hall")


@require_POST
@officers_only
def begin(request: HttpRequest) -> HttpResponse:
    """Give the agency a hall."""
    actor = actor_of(request)
    open_hall(actor=actor, at=clock.now(), agency_id=laying_out(actor))
    messages.success(request, _("Đã tạo với thiết lập ban đầu. Hãy thêm nhóm việc rồi thêm quầy."))
    return redirect("desk:hall")


@require_POST
@officers_only
def keys(request: HttpRequest) -> HttpResponse:
    """Make new addresses for board and kiosk."""
    actor = actor_of(request)
    renew_keys(actor=actor, at=clock.now(), agency_id=laying_out(actor))
    messages.success(request, _("Đã đổi đường dẫn. Hãy mở lại bảng gọi số và máy lấy số bằng đường dẫn mới."))
    return redirect("desk:hall")


@require_POST
@officers_only
def close(request: HttpRequest) -> HttpResponse:
    """Close the hall on a day."""
    actor, data = actor_of(request), request.POST
    agency_id, on = laying_out(actor), boxes.day_of(data, forms.DAY)
    if on is None:
        wrong = (FieldError(forms.DAY, f"{forms.DAY}-day", _("Hãy ghi ngày, tháng, năm của ngày nghỉ.")),)
        return _hall(request, None, wrong, closing=data, status=422)
    try:
        reason = data.get(forms.REASON, "")
        displaced = close_day(actor=actor, at=clock.now(), agency_id=agency_id, on=on, reason=reason)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _hall(request, None, _wrong(refusal, data), closing=data, status=status_of(refusal))
    messages.success(request, _saved(displaced))
    return redirect("desk:hall")


@require_POST
@officers_only
def reopen(request: HttpRequest) -> HttpResponse:
    """Receive on that day after all. :raises NotFound: it is no day"""
    actor, on = actor_of(request), day_of(request.POST.get(forms.DAY, ""))
    if on is None:
        raise NotFound
    reopen_day(actor=actor, at=clock.now(), agency_id=laying_out(actor), on=on)
    messages.success(request, _("Ngày này tiếp nhận trở lại."))
    return redirect("desk:hall")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def service(request: HttpRequest, service_id: UUID | None = None) -> HttpResponse:
    """Add a service or change one. :raises NotFound: it is of no hall of the officer's"""
    actor, data = actor_of(request), request.POST
    row = _row(actor, service_id, lambda hall: hall.services)

    def draw_form(errors: Errors = (), status: int = 200) -> HttpResponse:
        title = _("Sửa nhóm việc") if row else _("Thêm nhóm việc")
        return _form(request, title, forms.service_fields(row, data, errors), errors, status)

    def save(agency_id: UUID) -> None:
        typed = forms.read_service(data)
        save_service(actor=actor, at=clock.now(), agency_id=agency_id, said=typed, service_id=service_id)

    return _saving(request, draw_form, save)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def counter(request: HttpRequest, counter_id: UUID | None = None) -> HttpResponse:
    """Add a counter or change one. :raises NotFound: it is of no hall of the officer's"""
    actor, data = actor_of(request), request.POST
    row = _row(actor, counter_id, lambda hall: hall.counters)
    services = list(_own(actor).services.all())

    def draw_form(errors: Errors = (), status: int = 200) -> HttpResponse:
        title = _("Sửa quầy") if row else _("Thêm quầy")
        return _form(request, title, forms.counter_fields(row, services, data, errors), errors, status)

    def save(agency_id: UUID) -> None:
        save_counter(
            actor=actor,
            at=clock.now(),
            agency_id=agency_id,
            number=forms.number_of(data, forms.NUMBER),
            service_ids=forms.read_services(data),
            name=data.get(forms.NAME, ""),
            is_open=forms.OPEN in data,
            counter_id=counter_id,
        )

    return _saving(request, draw_form, save)


def _saving(
    request: HttpRequest, draw_form: Callable[..., HttpResponse], save: Callable[[UUID], None]
) -> HttpResponse:
    agency_id = laying_out(actor_of(request))
    if request.method != "POST":
        return draw_form()
    try:
        save(agency_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return draw_form(_wrong(refusal, request.POST), status_of(refusal))
    messages.success(request, _("Đã lưu thiết lập."))
    return redirect("desk:hall")


def _form(
    request: HttpRequest, title: str, fields: tuple[Field, ...], errors: Errors, status: int
) -> HttpResponse:
    return draw(request, "desk/queue/form.html", status, title=title, fields=fields, errors=errors)


def _hall(
    request: HttpRequest,
    data: QueryDict | None = None,
    errors: Errors = (),
    *,
    closing: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    agency_id = laying_out(actor_of(request))
    try:
        row = queries.hall_row(agency_id)
    except NotFound:
        return draw(request, "desk/queue/no_hall.html", status)
    base = settings.TINHSO.base_url.rstrip("/")
    return draw(
        request,
        "desk/queue/hall.html",
        status,
        hall_name=said(name_of(row.agency)),
        revision=row.revision,
        fields=forms.hall_fields(row, data or QueryDict(), errors),
        services=list(row.services.all()),
        counters=list(row.counters.prefetch_related("services")),
        closures=list(row.closures.filter(on__gte=clock.local(clock.now()).date())),
        closing=forms.closure_fields(closing or QueryDict(), errors),
        board_url=base + reverse("halls:board", args=[row.board_key]),
        kiosk_url=base + reverse("halls:kiosk", args=[row.kiosk_key]),
        errors=errors,
    )


def _own(actor: object) -> Hall:
    return queries.hall_row(laying_out(actor))  # type: ignore[arg-type]


def _row(actor: object, row_id: UUID | None, rows: Callable[[Hall], object]):  # type: ignore[no-untyped-def]
    """:raises NotFound: it is of no hall of the officer's"""
    found = rows(_own(actor)).filter(pk=row_id).first() if row_id else None  # type: ignore[attr-defined]
    if row_id and found is None:
        raise NotFound
    return found


def _wrong(refusal: Refusal, data: QueryDict) -> Errors:
    box = BOX_OF.get(refusal.code, "")
    if refusal.code == "hall-numbers-outside":
        box = _box_of_number(refusal)
    if refusal.code == "hall-hours-unreadable":
        typed = str(refusal.data["typed"])
        box = next((name for _day, name in forms.DAYS if data.get(name, "")[:60] == typed), "")
    return (FieldError(box, box, refusal.sentence()),)


def _box_of_number(refusal: Refusal) -> str:
    what = refusal.data["what"]
    return next(forms.NUMBERS[name] for name, said_ in LIMITS.items() if said_[0] == what)


def _saved(displaced: int) -> str:
    if not displaced:
        return _("Đã lưu thiết lập.")
    return ngettext(
        "Đã lưu. %(count)s lịch hẹn không giữ được; người đặt đã được báo để chọn giờ khác.",
        "Đã lưu. %(count)s lịch hẹn không giữ được; người đặt đã được báo để chọn giờ khác.",
        displaced,
    ) % {"count": displaced}
