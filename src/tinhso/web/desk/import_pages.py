"""A sheet of filings at the counter: upload, say what columns hold, look at what is wrong, confirm."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.dossiers.actions.import_sheet import (
    SheetPaper,
    cancel_import,
    check_sheet,
    confirm_import,
    receive_sheet,
)
from tinhso.dossiers.exporting.columns import as_text
from tinhso.dossiers.exporting.writers import BYTE_ORDER_MARK, CSV_TYPE
from tinhso.dossiers.importing.finding import access_import, faults_of, first_rows, imports_of
from tinhso.dossiers.importing.limits import SheetUnreadable
from tinhso.dossiers.models import ImportFault
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, Refusal
from tinhso.web.desk import importing
from tinhso.web.desk import intake as counter
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.refusing import status_of

UNPROCESSABLE = 422
BOX_OF = {
    "procedure-missing": importing.PROCEDURE,
    "not-importable": importing.PROCEDURE,
    "agency-missing": importing.UNIT,
    "import-declaration-missing": importing.DECLARED,
    "import-archive-missing": importing.ARCHIVE,
    "import-archive-unreadable": importing.ARCHIVE,
    "import-archive-too-large": importing.ARCHIVE,
}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def imports(request: HttpRequest) -> HttpResponse:
    """List the counter's sheets and take a new one in."""
    actor = actor_of(request)
    post = counter.counter_of(actor)
    if request.method != "POST":
        return _imports(request, request.GET)
    try:
        sheet = request.FILES.get(importing.SHEET)
        if sheet is None:
            raise SheetUnreadable
        import_id = receive_sheet(
            actor=actor,
            at=clock.now(),
            agency_id=post.agency_id,
            procedure_code=request.POST.get(importing.PROCEDURE, ""),
            unit_code=request.POST.get(importing.UNIT, ""),
            file_name=sheet.name or "",
            content=cast(Any, sheet.file),
            language=(get_language() or "vi")[:2],
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, importing.SHEET)
        return _imports(request, request.POST, (FieldError(box, box, refusal.sentence()),))
    return redirect("desk:import", import_id)


@require_safe
@officers_only
def sheet(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show where it is; htmx asks again for that part alone while a job works on it."""
    if getattr(request, "htmx", False):
        page = _page(request, import_id)
        return draw(request, "desk/_import.html", page=page)
    return _sheet(request, import_id)


@require_POST
@officers_only
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say what the columns hold, and have the rows checked."""
    try:
        check_sheet(
            actor=actor_of(request),
            at=clock.now(),
            import_id=import_id,
            columns=importing.read_columns(request.POST),
            declared=bool(request.POST.get(importing.DECLARED)),
            papers=_papers(request),
            archive=_archive(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        box = BOX_OF.get(refusal.code, f"{importing.COLUMN}0")
        error = FieldError(box, box, refusal.sentence())
        return _sheet(request, import_id, request.POST, (error,), status=status_of(refusal))
    return redirect("desk:import", import_id)


@require_POST
@officers_only
def confirm(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Have the sound rows filed."""
    confirm_import(actor=actor_of(request), at=clock.now(), import_id=import_id)
    return redirect("desk:import", import_id)


@require_POST
@officers_only
def stop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Stop it."""
    cancel_import(actor=actor_of(request), at=clock.now(), import_id=import_id)
    messages.success(request, _("Đã dừng việc nhập. Hồ sơ đã nạp vẫn còn; bạn có thể nạp tiếp phần còn lại."))
    return redirect("desk:import", import_id)


@require_safe
@officers_only
def faults(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Send everything that is wrong as CSV, line by line."""
    found = faults_of(actor=actor_of(request), import_id=import_id)
    head = [_("Dòng"), _("Cột"), _("Lỗi")]
    response = StreamingHttpResponse(_csv(head, found), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="loi-{import_id}.csv"'
    return response


def _papers(request: HttpRequest) -> dict[str, SheetPaper]:
    """Return the files sent for all rows, by the paper of the procedure they are."""
    sent = ((name, request.FILES.get(name)) for name in request.FILES if name.startswith(importing.PAPER))
    return {
        name.removeprefix(importing.PAPER): SheetPaper(one.name or "", cast(Any, one.file))
        for name, one in sent
        if one is not None
    }


def _archive(request: HttpRequest) -> SheetPaper | None:
    sent = request.FILES.get(importing.ARCHIVE)
    return SheetPaper(sent.name or "", cast(Any, sent.file)) if sent is not None else None


def _csv(head: list[str], found: Iterator[ImportFault]) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield _line(head)
    for fault in found:
        yield _line(as_text([str(fault.line), fault.heading, fault.sentence]))


def _line(cells: list[str]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow(cells)
    return target.getvalue()


def _imports(request: HttpRequest, data: QueryDict, errors: tuple[FieldError, ...] = ()) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    own = counter.counter_of(actor).unit_code
    units = counter.units(at=at, chosen=own)
    return draw(
        request,
        "desk/imports.html",
        status=UNPROCESSABLE if errors else 200,
        fields=(
            importing.procedure_field(data, errors),
            importing.unit_field(data, errors, units=units, own=own),
        ),
        sheet={"name": importing.SHEET, "limits": importing.limits_in_words()},
        lines=importing.sheet_lines(imports_of(actor)),
        errors=errors,
    )


def _sheet(
    request: HttpRequest,
    import_id: UUID,
    data: QueryDict | None = None,
    errors: tuple[FieldError, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    page = _page(request, import_id, data)
    return draw(request, "desk/import.html", status=status, page=page, errors=errors)


def _page(request: HttpRequest, import_id: UUID, data: QueryDict | None = None) -> importing.ImportPage:
    actor = actor_of(request)
    counter.counter_of(actor)
    view = access_import(actor=actor, import_id=import_id)
    asks = view.has_file and not view.is_under_way and not view.is_confirmed
    samples = first_rows(actor=actor, import_id=import_id) if asks else ()
    wrong = tuple(islice(faults_of(actor=actor, import_id=import_id), importing.FIRST_FAULTS))
    return importing.import_page(view, samples=samples, faults=wrong, data=data)
