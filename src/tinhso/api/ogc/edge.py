"""The edge of the endpoint: which parameters there are, what says no, and that every site may read it."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tinhso.api.v1 import problems
from tinhso.api.v1.refusals import MethodNotServed, RequestUnreadable
from tinhso.api.v1.versions import stamp
from tinhso.edge.refusals import EdgeRefusal
from tinhso.kernel.refusals import Refusal

JSON, GEOJSON = "application/json", "application/geo+json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SAFE = ("GET", "HEAD", "OPTIONS")
FRESH_SECONDS = 60
FORMAT, JSON_FORMAT = "f", "json"
View = Callable[..., HttpResponseBase]


class ParameterUnknown(EdgeRefusal):
    code = "parameter-unknown"
    status = HTTPStatus.BAD_REQUEST
    message = _("Địa chỉ này không có tham số «%(name)s». Hãy dùng một trong: %(known)s.")


class ParameterUnreadable(EdgeRefusal):
    code = "parameter-unreadable"
    status = HTTPStatus.BAD_REQUEST
    message = _("Không đọc được tham số «%(name)s». Hãy ghi theo mẫu %(example)s.")


def served(view: View) -> View:
    """Return the view as it is served: it only reads, refuses with problems, and any site may ask it."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, args, kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Link, ETag"
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return serve


def known_only(request: HttpRequest, names: Iterable[str] = ()) -> None:
    """
    Refuse what the description of the endpoint does not name, as Core asks.

    :raises ParameterUnknown: it names no such parameter
    :raises ParameterUnreadable: ``f`` asks for another format than JSON
    """
    known = (*names, FORMAT)
    for name in request.GET:
        if name not in known:
            raise ParameterUnknown(name=name[:60], known=", ".join(known))
    if request.GET.get(FORMAT, JSON_FORMAT) != JSON_FORMAT:
        raise ParameterUnreadable(name=FORMAT, example="f=json")


def told(request: HttpRequest, body: Any, media_type: str = JSON) -> HttpResponseBase:
    """Answer with a document of that kind."""
    response = JsonResponse(body, content_type=media_type, json_dumps_params=problems.READABLE)
    response["Content-Language"] = language()
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return stamp(request, response)


def link(request: HttpRequest, href: str, rel: str, title: str = "", kind: str = JSON) -> dict[str, str]:
    """Return a link with its whole address."""
    named = {"title": title} if title else {}
    return {"href": request.build_absolute_uri(href), "rel": rel, "type": kind, **named}


def page_link(request: HttpRequest, href: str) -> dict[str, str]:
    """Return the link to the same as a page, which the class HTML of the standard asks for."""
    joined = "&" if "?" in href else "?"
    return link(request, f"{href}{joined}{FORMAT}=html", "alternate", kind=HTML)


def place(name: str, **given: Any) -> str:
    """Return the path of an address of the endpoint."""
    return reverse(f"ogc:{name}", kwargs=given)


def language() -> str:
    """Return ``vi`` or ``en``."""
    return (get_language() or "vi")[:2]


def _answer(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    try:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(SAFE)})
        if request.method not in SAFE:
            raise MethodNotServed
        if "\0" in request.get_full_path() or any("\0" in one for one in request.GET.values()):
            raise RequestUnreadable
        return view(request, *args, **kwargs)
    except Refusal as refusal:
        answer = problems.answer(request, refusal)
        if isinstance(refusal, MethodNotServed):
            answer["Allow"] = ", ".join(SAFE)
        return answer
