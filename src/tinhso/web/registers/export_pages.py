"""What a list shows as a file: CSV and GeoJSON as they are read, a sheet from a nameless file on disk."""

from datetime import datetime

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.dossiers.actions.ask_export import ask_export
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.people.types import Actor
from tinhso.registers import policies
from tinhso.registers.actions.export_records import export_records
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.registers import asking, exporting, words
from tinhso.web.registers.asking import Asked
from tinhso.web.registers.relating import with_relations

FORMAT = "dang"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def export(request: HttpRequest, register_id: str) -> HttpResponseBase:
    """Ask in which form; with one, send the file. POST has it written by a job."""
    actor, at, definition = actor_of(request), clock.now(), register(register_id)
    policies.require_listed(actor=actor, definition=definition)
    seen = policies.fields_seen(actor=actor, definition=definition)
    asked = with_relations(actor, definition, asking.read(request.GET, definition, seen=seen, at=at))
    is_asked = request.method == "POST"
    format_ = (request.POST if is_asked else request.GET).get(FORMAT, "")
    page = exporting.export_page(actor=actor, definition=definition, asked=asked)
    if asked.errors or not (format_ or is_asked):
        status = 422 if asked.errors else 200
        return draw(request, "registers/export.html", status, page=page, errors=asked.errors)
    try:
        exporting.require_format(definition, format_)
        if is_asked:
            return _ask(actor, at, definition, asked, format_)
        exporting.require_short(page)
    except (Invalid, Conflict) as refusal:
        errors = errors_of(refusal)
        return draw(request, "registers/export.html", status_of(refusal), page=page, errors=errors)
    records = export_records(
        actor=actor,
        at=at,
        register_id=register_id,
        format_=format_,
        moment=asked.moment,
        text=asked.text,
        filters=asked.filters,
        unit_code=asked.unit,
        ranges=asked.spans,
    )
    name = f"{definition.id}-{local(at):%Y%m%d-%H%M}.{format_}"
    if format_ == exporting.XLSX:
        content = exporting.sheet(definition, seen, records)
        return FileResponse(content, as_attachment=True, filename=name, content_type=exporting.TYPES[format_])
    stream = exporting.STREAMS[format_](definition, seen, records)
    response = StreamingHttpResponse(stream, content_type=exporting.TYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ask(
    actor: Actor, at: datetime, definition: RegisterDefinition, asked: Asked, format_: str
) -> HttpResponse:
    selection = exporting.selection_of(definition, asked)
    export_id = ask_export(
        actor=actor, at=at, format_=format_, selection=selection, language=words.language()
    )
    return redirect("desk:export", export_id)
