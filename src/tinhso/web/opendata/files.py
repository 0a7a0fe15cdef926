"""Files: a register as CSV, JSON or GeoJSON, what its columns mean, and the catalogue in DCAT."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_noop
from django.views.decorators.http import condition, require_safe

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.types import Text
from tinhso.edge.limits import DOWNLOAD, within
from tinhso.edge.open_data import graph, tables
from tinhso.edge.open_data.catalogue import Named, catalogue
from tinhso.edge.open_data.dictionary import dictionary
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.registers import public
from tinhso.registers.public import Holdings
from tinhso.registers.types import Moment
from tinhso.web.errors import too_many
from tinhso.web.opendata.addresses import addresses, file_of, page_of, whole
from tinhso.web.province import current

FRESH_SECONDS = 300
TITLE = Text(vi=gettext_noop("Dữ liệu mở của tỉnh"), en="Open data of the province")
DESCRIPTION = Text(
    vi=gettext_noop("Các sổ đăng ký của tỉnh được công bố là dữ liệu mở."),
    en="Registers of the province that are published as open data.",
)


def _held(definition: RegisterDefinition, at: datetime) -> tuple[Moment, Holdings]:
    moment = Moment(local(at).date())
    return moment, public.holdings(moment, definition.id).get(definition.id, Holdings())


@require_safe
def download(request: HttpRequest, register_id: str, suffix: str) -> HttpResponseBase:
    """
    Send the whole register, piece by piece; who holds it already is told so.

    :raises RegisterMissing: absent, or not published
    """
    definition = public.published_register(register_id)
    form = next((one for one in tables.formats(definition) if one.suffix == suffix), None)
    if form is None:
        raise Http404
    moment, held = _held(definition, clock.now())
    etag = f'"{definition.fingerprint[:12]}-{held.mark}-{suffix}"'

    def send(request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD" and not within(request, DOWNLOAD):
            refused = too_many(request)
            refused["Retry-After"] = str(DOWNLOAD.seconds)
            return refused
        response = StreamingHttpResponse(
            form.write(definition, moment) if request.method != "HEAD" else (),
            content_type=f"{form.iana}; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="{definition.id}.{suffix}"'
        return response

    return _open(_conditional(send, etag, held.changed_at)(request))


@require_safe
def dictionary_of(_request: HttpRequest, register_id: str) -> HttpResponseBase:
    """Tell what the columns of the CSV mean. :raises RegisterMissing: absent, or not published"""
    definition = public.published_register(register_id)
    told = dictionary(
        definition,
        csv_url=whole(file_of(definition, "csv")),
        page_url=whole(page_of(definition)),
        publisher=current().committee.vi,
    )
    return _open(_json(told, "application/csvm+json"))


@require_safe
def catalogue_as(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """Tell of all data sets in DCAT, as JSON-LD or Turtle."""
    held = public.holdings(Moment(local(clock.now()).date()))
    named = Named(current().committee, TITLE, DESCRIPTION)
    nodes = catalogue(named, addresses(), held)
    del request
    if suffix == "ttl":
        return _open(HttpResponse(graph.turtle(nodes), content_type="text/turtle; charset=utf-8"))
    return _open(_json(graph.json_ld(nodes), "application/ld+json"))


def _conditional(
    send: Callable[[HttpRequest], HttpResponseBase], etag: str, changed_at: datetime | None
) -> Callable[[HttpRequest], Any]:
    return condition(etag_func=lambda _request: etag, last_modified_func=lambda _request: changed_at)(send)


def _json(told: dict[str, Any], media_type: str) -> JsonResponse:
    return JsonResponse(told, content_type=media_type, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Let every site read it, and everybody on the way keep it for some minutes: it is the same for all."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code < 400:
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Accept-Encoding"])
    if settings.SESSION_COOKIE_NAME in response.cookies:
        del response.cookies[settings.SESSION_COOKIE_NAME]
    return response
