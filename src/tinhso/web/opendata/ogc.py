"""
OGC API Features for people: each address of the API as a page where a browser, or ``?f=html``, asks for one.

A page says what the API's own answer says: it is asked first, and what it refuses is refused here too.
Include this under ``ogc/`` in the place of the API's addresses.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, include, path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import register
from tinhso.edge.open_data.features import schemas
from tinhso.web.portal.language import language

FORMAT, HTML = "f", "html"
FOR_PROGRAMS = ["application/json", "application/geo+json"]
MOST_TEXT = 600
Body = Mapping[str, Any]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Line:
    """:param url: where it leads; empty for plain words"""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OgcPage:
    """
    One answer of the API in words.

    :param trail: the pages above it
    :param rows: of features, or of collections
    :param json_url: the same for programs
    """

    title: str
    lead: str
    trail: tuple[Line, ...]
    facts: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    is_list: bool = False
    next_url: str = ""
    first_url: str = ""
    json_url: str = ""


def for_people(view: View, name: str) -> View:
    """Return the view as a browser meets it: a page where one is asked for, the API's answer otherwise."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        as_page = wants_page(request)
        response = _page(request, view, name, kwargs) if as_page else view(request, **kwargs)
        patch_vary_headers(response, ["Accept"])
        return response

    return answer


def wants_page(request: HttpRequest) -> bool:
    """Tell whether ``f`` asks for a page or, where it is silent, whether the reader likes HTML best."""
    if FORMAT in request.GET:
        return request.GET[FORMAT] == HTML
    return request.get_preferred_type([*FOR_PROGRAMS, "text/html"]) == "text/html"


def _page(request: HttpRequest, view: View, name: str, kwargs: Mapping[str, Any]) -> HttpResponseBase:
    asked = request.GET.copy()
    asked.pop(FORMAT, None)
    request.GET = asked  # type: ignore[assignment]
    told = view(request, **kwargs)
    if request.method not in ("GET", "HEAD") or not isinstance(told, HttpResponse) or told.status_code != 200:
        return told
    query = urlencode([*((key, one) for key, several in asked.lists() for one in several), (FORMAT, "json")])
    page = PAGES[name](json.loads(told.content), f"{request.path}?{query}")
    response = render(request, "opendata/ogc.html", {"page": page})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _landing(body: Body, json_url: str) -> OgcPage:
    return OgcPage(
        body["title"],
        body["description"],
        (),
        facts=tuple(_links(body, "data", "conformance", "service-desc", "service-doc")),
        json_url=json_url,
    )


def _conformance(body: Body, json_url: str) -> OgcPage:
    facts = tuple(Line(one.rpartition("/")[2], one, one) for one in body["conformsTo"])
    return OgcPage(_("Những phần chuẩn được đáp ứng"), "", _trail(), facts=facts, json_url=json_url)


def _api(body: Body, json_url: str) -> OgcPage:
    facts = tuple(Line(route, told["get"]["summary"]) for route, told in body["paths"].items())
    return OgcPage(_("Các địa chỉ của API"), body["info"]["title"], _trail(), facts=facts, json_url=json_url)


def _collections(body: Body, json_url: str) -> OgcPage:
    rows = tuple(
        Row(reverse("ogc:collection", args=[one["id"]]), one["title"], (one["description"], one["id"]))
        for one in body["collections"]
    )
    return OgcPage(
        _("Các bộ dữ liệu có vị trí"),
        "",
        _trail(),
        columns=(_("Bộ dữ liệu"), _("Nội dung"), _("Mã")),
        rows=rows,
        is_list=True,
        json_url=json_url,
    )


def _collection(body: Body, json_url: str) -> OgcPage:
    spatial = body["extent"]["spatial"]
    facts = (
        Line(_("Mã"), body["id"]),
        Line(_("Phạm vi (tây, nam, đông, bắc)"), "; ".join(_numbers(one) for one in spatial["bbox"])),
        Line(_("Hệ tọa độ"), ", ".join(body["crs"])),
        *_links(body, "items", "alternate", "license"),
    )
    trail = (*_trail(), Line("", _("Các bộ dữ liệu có vị trí"), reverse("ogc:collections")))
    return OgcPage(body["title"], body["description"], trail, facts=facts, json_url=json_url)


def _items(body: Body, json_url: str) -> OgcPage:
    features, here = body["features"], _collection_of(body)
    labels = _labels(here)
    names = [name for name in labels if any(one["properties"].get(name) is not None for one in features)]
    rows = tuple(
        Row(
            reverse("ogc:item", args=[here, one["id"]]),
            str(one["properties"].get("record.key") or one["id"]),
            (*(_said(one["properties"].get(name)) for name in names), _place(one["geometry"])),
        )
        for one in features
    )
    matched = body.get("numberMatched")
    known = [Line(_("Khớp với câu hỏi"), str(matched))] if matched is not None else []
    return OgcPage(
        register(here).name.into(language()),
        "",
        _trail_to(here),
        facts=(*known, Line(_("Trên trang này"), str(body["numberReturned"]))),
        columns=(_("Bản ghi"), *(labels[name] for name in names), _("Vị trí")),
        rows=rows,
        is_list=True,
        next_url=next((_as_page(one["href"]) for one in body["links"] if one["rel"] == "next"), ""),
        json_url=json_url,
    )


def _item(body: Body, json_url: str) -> OgcPage:
    here = _collection_of(body)
    labels, held = _labels(here), body["properties"]
    facts = tuple(
        Line(labels.get(name, name), _said(value)) for name, value in held.items() if value is not None
    )
    return OgcPage(
        str(held.get("record.key") or body["id"]),
        register(here).name.into(language()),
        (*_trail_to(here), Line("", _("Các bản ghi"), reverse("ogc:items", args=[here]))),
        facts=(*facts, Line(_("Vị trí"), _place(body["geometry"]))),
        json_url=json_url,
    )


PAGES: dict[str, Callable[[Body, str], OgcPage]] = {
    "landing": _landing,
    "conformance": _conformance,
    "api": _api,
    "collections": _collections,
    "collection": _collection,
    "items": _items,
    "item": _item,
}


def _trail() -> tuple[Line, ...]:
    return (Line("", _("Dữ liệu mở có vị trí"), reverse("ogc:landing")),)


def _trail_to(collection_id: str) -> tuple[Line, ...]:
    name = register(collection_id).name.into(language())
    return (*_trail(), Line("", name, reverse("ogc:collection", args=[collection_id])))


def _links(body: Body, *rels: str) -> Iterator[Line]:
    kinds = {"data": _("Các bộ dữ liệu"), "items": _("Các bản ghi"), "license": _("Giấy phép")}
    kinds |= {"alternate": _("Trang của bộ dữ liệu"), "service-desc": _("Các địa chỉ của API")}
    for rel in rels:
        for one in body["links"]:
            if one["rel"] == rel and not one["href"].endswith(f"?{FORMAT}={HTML}"):
                yield Line(kinds.get(rel) or one.get("title", rel), one["href"], one["href"])


def _collection_of(body: Body) -> str:
    """Return the collection the answer's own link names."""
    href: str = next(one["href"] for one in body["links"] if one["rel"] == "collection")
    return href.rpartition("/")[2]


def _labels(collection_id: str) -> dict[str, str]:
    found = schemas(register(collection_id), language())
    return {name: str(one.get("title", name)) for name, one in found.items() if name != "record.key"}


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value)
    return str(value)


def _place(geometry: Mapping[str, Any] | None) -> str:
    """Return the coordinates of a point, or the outline as the standard writes it, cut where it is long."""
    if geometry is None:
        return ""
    if geometry["type"] == "Point":
        return _numbers(geometry["coordinates"])
    written = json.dumps(geometry["coordinates"])
    return f"{geometry['type']} {written[:MOST_TEXT]}{'…' if len(written) > MOST_TEXT else ''}"


def _numbers(several: list[float]) -> str:
    return ", ".join(f"{one:.6f}".rstrip("0").rstrip(".") for one in several)


def _as_page(href: str) -> str:
    return f"{href}&{FORMAT}={HTML}"


# Mounted by its name, as every address of the API is.
_mounted: Any = include("tinhso.api.ogc.urls")
app_name: str = _mounted[1]
urlpatterns: list[URLPattern] = [
    path(str(one.pattern), for_people(one.callback, str(one.name)), name=one.name)
    for one in _mounted[0].urlpatterns
]
