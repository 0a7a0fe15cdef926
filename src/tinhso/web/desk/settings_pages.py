"""How an officer arranges the desk: filters by name, and the columns of the lists."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.dossiers.actions.desk_settings import (
    COLUMNS,
    LONGEST_NAME,
    MOST_COLUMNS,
    choose_columns,
    forget_filter,
    save_filter,
)
from tinhso.dossiers.desk import desk_of
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import Filters, as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.desk.neighbours import BACK, filters_of

NAME, FORGET, COLUMN = "ten", "bo", "cot"
UNPROCESSABLE = 422
Errors = tuple[FieldError, ...]

COLUMN_NAMES = {
    "nguoi-nop": gettext_lazy("Người nộp"),
    "buoc": gettext_lazy("Bước"),
    "nguoi-giu": gettext_lazy("Đang giữ"),
    "co-quan": gettext_lazy("Cơ quan giải quyết"),
    "cach-nop": gettext_lazy("Cách nộp"),
    "ngay-nop": gettext_lazy("Ngày nộp"),
    "trang-thai": gettext_lazy("Trạng thái"),
}


@dataclass(frozen=True, slots=True)
class KeptFilter:
    id: str
    name: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def filters(request: HttpRequest) -> HttpResponse:
    """Keep the list the officer came from under a name, or keep one no longer."""
    data = typed(request)
    wanted = filters_of(actor_of(request), data.get(BACK) or request.GET.get(BACK, ""))
    if request.method != "POST":
        return _show_filters(request, wanted)
    actor, at = actor_of(request), clock.now()
    if (gone := as_uuid(data.get(FORGET, ""))) is not None:
        forget_filter(actor=actor, at=at, filter_id=gone)
        messages.success(request, _("Đã bỏ bộ lọc."))
        return redirect(wanted.url())
    query = wanted.list_query if wanted.is_narrowed else ""
    try:
        save_filter(actor=actor, at=at, name=data.get(NAME, ""), query=query)
    except Invalid as refusal:
        box = NAME if refusal.code == "filter-name-missing" else ""
        return _show_filters(request, wanted, (FieldError(box, box, refusal.sentence()),), UNPROCESSABLE)
    messages.success(request, _("Đã lưu bộ lọc; bấm tên để mở lại."))
    return redirect(wanted.url())


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def columns(request: HttpRequest) -> HttpResponse:
    """Choose which columns the lists show."""
    data = typed(request)
    wanted = filters_of(actor_of(request), data.get(BACK) or request.GET.get(BACK, ""))
    chosen = tuple(data.getlist(COLUMN))
    if request.method != "POST":
        return _show_columns(request, wanted, chosen or desk_of(actor_of(request)).columns)
    try:
        choose_columns(actor=actor_of(request), at=clock.now(), columns=chosen)
    except Invalid as refusal:
        errors = (FieldError(COLUMN, COLUMN, refusal.sentence()),)
        return _show_columns(request, wanted, chosen, errors, UNPROCESSABLE)
    messages.success(request, _("Đã đổi cột của danh sách."))
    return redirect(wanted.url())


def _show_filters(
    request: HttpRequest, wanted: Filters, errors: Errors = (), status: int = 200
) -> HttpResponse:
    field = boxes.field(
        NAME,
        "text",
        _("Tên bộ lọc"),
        typed(request),
        errors=errors,
        hint=_("Ví dụ: Khai sinh quá hạn. Trùng tên thì bộ lọc cũ được thay."),
        max_length=LONGEST_NAME,
    )
    kept = tuple(
        KeptFilter(str(one.id), one.name, filters_of(actor_of(request), one.query).url())
        for one in desk_of(actor_of(request)).filters
    )
    return _draw(
        request,
        "filters",
        wanted,
        errors=errors,
        status=status,
        field=field,
        kept=kept,
        can_save=wanted.is_narrowed,
    )


def _show_columns(
    request: HttpRequest, wanted: Filters, chosen: tuple[str, ...], errors: Errors = (), status: int = 200
) -> HttpResponse:
    options = tuple((name, str(COLUMN_NAMES[name]), name in chosen) for name in COLUMNS)
    return _draw(request, "columns", wanted, errors=errors, status=status, options=options, most=MOST_COLUMNS)


def _draw(
    request: HttpRequest, name: str, wanted: Filters, *, errors: Errors, status: int, **context: object
) -> HttpResponse:
    is_part = bool(getattr(request, "htmx", False)) and request.method == "GET"
    return draw(
        request,
        f"desk/_{name}.html" if is_part else f"desk/{name}.html",
        status=status,
        back=wanted.list_query,
        back_url=wanted.url(),
        errors=errors,
        is_part=is_part,
        **context,
    )
