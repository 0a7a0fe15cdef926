"""The way in: landing page, conformance, and the collections, one for each register with a public place."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.api.ogc.edge import (
    GEOJSON,
    HTML,
    OPENAPI,
    known_only,
    language,
    link,
    page_link,
    place,
    served,
    told,
)
from tinhso.definitions.registers.reading import RegisterMissing
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.open_data.features import CRS84, has_public_geometry, with_geometry
from tinhso.registers import public
from tinhso.registers.geometry import extent

SPECIFICATION = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
# Only what the tests hold us to; pages are ``web.opendata.ogc``, which mounts these addresses.
CONFORMS_TO = tuple(f"{SPECIFICATION}/{one}" for one in ("core", "html", "geojson", "oas30"))
WHOLE_EARTH = [-180.0, -90.0, 180.0, 90.0]


@served
def landing(request: HttpRequest) -> HttpResponseBase:
    """Answer with what there is."""
    known_only(request)
    body = {
        "title": _("Dữ liệu mở của tỉnh, có vị trí"),
        "description": _("Các sổ đăng ký đã công bố và có vị trí trên bản đồ. Chỉ đọc, không cần tài khoản."),
        "links": [
            link(request, place("landing"), "self"),
            page_link(request, place("landing")),
            link(request, place("api"), "service-desc", _("Mô tả OpenAPI"), OPENAPI),
            link(request, reverse("opendata:home"), "service-doc", _("Trang dữ liệu mở"), HTML),
            link(request, place("conformance"), "conformance", _("Những phần chuẩn được đáp ứng")),
            link(request, place("collections"), "data", _("Các bộ dữ liệu")),
        ],
    }
    return told(request, body)


@served
def conformance(request: HttpRequest) -> HttpResponseBase:
    """Answer with the classes of the standard that hold here."""
    known_only(request)
    return told(request, {"conformsTo": list(CONFORMS_TO)})


@served
def collections(request: HttpRequest) -> HttpResponseBase:
    """Answer with all collections, by name."""
    known_only(request)
    here = [link(request, place("collections"), "self"), page_link(request, place("collections"))]
    found = with_geometry(public.published())
    return told(request, {"links": here, "collections": [_told(request, one) for one in found]})


@served
def collection(request: HttpRequest, collection_id: str) -> HttpResponseBase:
    """Answer with one collection. :raises RegisterMissing: there is none of that id"""
    known_only(request)
    return told(request, _told(request, collection_of(collection_id)))


def collection_of(collection_id: str) -> RegisterDefinition:
    """Return the register behind it. :raises RegisterMissing: absent, not published, or without a place"""
    definition = public.published_register(collection_id)
    if not has_public_geometry(definition):
        raise RegisterMissing(register=collection_id)
    return definition


def _told(request: HttpRequest, one: RegisterDefinition) -> dict[str, Any]:
    said = {"collection_id": one.id}
    name = one.name.into(language())
    page = reverse("opendata:register", args=[one.id])
    limits = extent()
    box = [limits.west, limits.south, limits.east, limits.north] if limits else WHOLE_EARTH
    return {
        "id": one.id,
        "title": name,
        "description": one.summary.into(language()),
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {"bbox": [box], "crs": CRS84},
            "temporal": {"interval": [[None, None]]},
        },
        "links": [
            link(request, place("collection", **said), "self"),
            page_link(request, place("collection", **said)),
            link(request, place("items", **said), "items", name, GEOJSON),
            link(request, page, "alternate", name, HTML),
            link(request, reverse("opendata:licence"), "license", kind=HTML),
        ],
    }
