"""Lists and papers as files: ask, watch, stop, take away."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.dossiers.actions.ask_export import ask_export, cancel_export, fetch_export
from tinhso.dossiers.exporting import limits
from tinhso.dossiers.exporting.finding import access_export, exports_of
from tinhso.dossiers.exporting.making import TYPES
from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.models import Export
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid, Refusal
from tinhso.web.desk import exporting
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import home_tab
from tinhso.web.refusing import status_of

BOX_OF = {"period-unclear": f"{exporting.FIRST}-day"}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def exports(request: HttpRequest) -> HttpResponse:
    """Ask what to write out, and list what was; POST has it written."""
    actor = actor_of(request)
    limits.require_exporter(actor)
    if request.method != "POST":
        return _exports(request, request.GET)
    try:
        format_ = _format(request.POST)
        selection = exporting.read_selection(request.POST, home=home_tab(actor))
        language = (get_language() or "vi")[:2]
        export_id = ask_export(
            actor=actor, at=clock.now(), format_=format_, selection=selection, language=language
        )
    except (Invalid, Conflict) as refusal:
        return _exports(request, request.POST, refusal=refusal)
    return redirect("desk:export", export_id)


@require_safe
@officers_only
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Show how far it is; htmx asks again for that part alone."""
    view = access_export(actor=actor_of(request), at=clock.now(), export_id=export_id)
    template = "desk/_export.html" if getattr(request, "htmx", False) else "desk/export.html"
    return draw(request, template, line=exporting.line_of(view))


@require_POST
@officers_only
def stop(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Stop it."""
    cancel_export(actor=actor_of(request), at=clock.now(), export_id=export_id)
    messages.success(request, _("Đã dừng lần xuất. Không có tệp nào được giữ lại."))
    return redirect("desk:export", export_id)


@require_safe
@officers_only
def file(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """Send the file."""
    actor, at = actor_of(request), clock.now()
    view = access_export(actor=actor, at=at, export_id=export_id)
    content = fetch_export(actor=actor, at=at, export_id=export_id)
    what = view.selection.register if isinstance(view.selection, RecordSelection) else "ho-so"
    name = f"{what}-{local(view.asked_at):%Y%m%d-%H%M}.{view.format}"
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=TYPES[Export.Format(view.format)]
    )


def _exports(request: HttpRequest, data: QueryDict, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    errors: tuple[FieldError, ...] = ()
    if refusal is not None:
        box = BOX_OF.get(refusal.code, exporting.FORMAT)
        errors = (FieldError(box, box, refusal.sentence()),)
    page = exporting.exports_page(
        data, at=at, home=home_tab(actor), found=exports_of(actor=actor, at=at), errors=errors
    )
    status = status_of(refusal) if refusal else 200
    return draw(request, "desk/exports.html", status=status, page=page, errors=errors)


def _format(data: QueryDict) -> str:
    """:raises FormatMissing: none of the known formats was chosen"""
    chosen = data.get(exporting.FORMAT, "")
    if chosen not in exporting.OF_DOSSIERS:
        raise exporting.FormatMissing
    return chosen
