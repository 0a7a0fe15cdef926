"""Files into a register: upload, say what columns hold, look at what is wrong, confirm, watch."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.definitions.registers.reading import register
from tinhso.dossiers.exporting.writers import CSV_TYPE
from tinhso.edge.uploads import DATA_FILE, MOST_BYTES
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.registers import imports, policies
from tinhso.registers.actions.import_file import cancel_import, check_import, confirm_import, start_import
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.refusing import status_of
from tinhso.web.registers import importing, words
from tinhso.web.registers.deed_pages import require_entering

MEGABYTE = 1024 * 1024
UNPROCESSABLE = 422
Errors = tuple[FieldError, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def files(request: HttpRequest, register_id: str) -> HttpResponse:
    """List the officer's imports into the register, and take a new file in."""
    actor, definition = actor_of(request), register(register_id)
    require_entering(actor, definition)
    if request.method != "POST":
        return _files(request, register_id)
    try:
        import_id = _received(request, register_id)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        error = FieldError(DATA_FILE, DATA_FILE, refusal.sentence())
        return _files(request, register_id, (error,), status_of(refusal))
    return redirect("registers:import-one", import_id)


@require_safe
@officers_only
def one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show where it is; htmx asks again for that part alone while a job works on it."""
    if getattr(request, "htmx", False):
        return draw(request, "registers/_import.html", page=_page(request, import_id))
    return _one(request, import_id)


@require_POST
@officers_only
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say what the columns hold, and have every row checked without writing any."""
    actor = actor_of(request)
    view = imports.access_import(actor=actor, import_id=import_id)
    try:
        check_import(
            actor=actor,
            at=clock.now(),
            import_id=import_id,
            mapping=importing.read_columns(request.POST, view),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = f"{importing.COLUMN}0"
        error = FieldError(box, box, refusal.sentence())
        return _one(request, import_id, request.POST, (error,), status_of(refusal))
    return redirect("registers:import-one", import_id)


@require_POST
@officers_only
def confirm(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Have the good rows written."""
    confirm_import(actor=actor_of(request), at=clock.now(), import_id=import_id)
    return redirect("registers:import-one", import_id)


@require_POST
@officers_only
def stop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Stop it; what was written stays."""
    cancel_import(actor=actor_of(request), at=clock.now(), import_id=import_id)
    messages.success(request, _("Đã dừng. Những dòng đã ghi vẫn còn trong sổ."))
    return redirect("registers:import-one", import_id)


@require_safe
@officers_only
def faults(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Send everything that is wrong as CSV, piece by piece."""
    lines = imports.problems_csv(actor=actor_of(request), import_id=import_id)
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="loi-{import_id}.csv"'
    return response


def _received(request: HttpRequest, register_id: str) -> UUID:
    """:raises FileMissing: nothing came"""
    file = request.FILES.get(DATA_FILE)
    if file is None:
        raise importing.FileMissing
    return start_import(
        actor=actor_of(request),
        at=clock.now(),
        register_id=register_id,
        file_name=file.name or "",
        content=cast(Any, file.file),
        language=(get_language() or "vi")[:2],
    )


def _files(request: HttpRequest, register_id: str, errors: Errors = (), status: int = 200) -> HttpResponse:
    definition = register(register_id)
    writable = policies.fields_to_enter(actor=actor_of(request), definition=definition)
    fields = [field for field in definition.fields if field.id in writable]
    found = imports.imports_of(actor=actor_of(request), register_id=register_id)
    return draw(
        request,
        "registers/imports.html",
        status,
        register_id=register_id,
        name=definition.name.into(words.language()),
        required=[field.label.into(words.language()) for field in fields if field.required],
        others=[field.label.into(words.language()) for field in fields if not field.required],
        most=MOST_BYTES // MEGABYTE,
        lines=[importing.line_of(view) for view in found],
        errors=errors,
    )


def _one(
    request: HttpRequest,
    import_id: UUID,
    data: QueryDict | None = None,
    errors: Errors = (),
    status: int = 200,
) -> HttpResponse:
    page = _page(request, import_id, data)
    return draw(request, "registers/import.html", status, page=page, errors=errors)


def _page(request: HttpRequest, import_id: UUID, data: QueryDict | None = None) -> importing.ImportPage:
    actor = actor_of(request)
    view = imports.access_import(actor=actor, import_id=import_id)
    is_open = view.confirmed_at is None and view.state not in importing.UNDER_WAY
    definition = register(view.register)
    return importing.import_page(
        definition,
        view,
        samples=imports.sample_of(actor=actor, import_id=import_id) if is_open else (),
        problems=imports.problems_of(actor=actor, import_id=import_id, limit=importing.SHOWN + 1),
        writable=policies.fields_to_enter(actor=actor, definition=definition),
        data=data,
    )
