"""The endpoint's description in OpenAPI 3.0, made of the registers as they are now."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tinhso.api.ogc.asking import BBOX, CURSOR, DATETIME, LIMIT, MOST, USUAL
from tinhso.api.ogc.edge import GEOJSON, HTML, JSON, OPENAPI, known_only, language, place, served, told
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.open_data.features import askable, schema_of, schemas, with_geometry
from tinhso.registers import public

PROBLEM = {
    "description": "What is wrong and what to do, as in RFC 9457.",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_FORMAT = {
    "name": "f",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": ["json", "html"], "default": "json"},
}
_LIMIT = {
    "name": LIMIT,
    "in": "query",
    "required": False,
    "description": "How many features on a page; more than the most is given in pages.",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    "style": "form",
    "explode": False,
}
_NUMBERS = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
_BBOX = {
    "name": BBOX,
    "in": "query",
    "required": False,
    "description": "West, south, east, north in degrees, CRS84; heights are left out.",
    "schema": {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]}
    | {"items": _NUMBERS["items"]},
    "style": "form",
    "explode": False,
}
_DATETIME = {
    "name": DATETIME,
    "in": "query",
    "required": False,
    "description": "A day or moment of RFC 3339: what was in force then. `a/b`, `a/..`, `../b`: what was in "
    "force on some day of it, each record as it was last. Today by default.",
    "schema": {"type": "string"},
    "style": "form",
    "explode": False,
}
_CURSOR = {
    "name": CURSOR,
    "in": "query",
    "required": False,
    "description": "Behind which feature the page begins; take it from the link `next`.",
    "schema": {"type": "string", "format": "uuid"},
}
_FEATURE_ID = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}


@served
def api(request: HttpRequest) -> HttpResponseBase:
    """Answer with the description."""
    known_only(request)
    return told(request, described(request.build_absolute_uri(place("landing")).rstrip("/")), OPENAPI)


def described(server: str) -> dict[str, Any]:
    """Return the description. :param server: the endpoint's own address"""
    found = with_geometry(public.published())
    paths: dict[str, Any] = {
        "/": _operation("landing", "What there is"),
        "/conformance": _operation("conformance", "Classes of the standard that hold here"),
        "/api": _operation("api", "This description", media=OPENAPI),
        "/collections": _operation("collections", "All collections"),
    }
    for one in found:
        paths |= _paths_of(one)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Tỉnh Số – OGC API Features", "version": "1.0.0"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": {one.id: _schema(one) for one in found}},
    }


def _paths_of(one: RegisterDefinition) -> dict[str, Any]:
    filters = [_filter(field) for field in _fields(one)]
    here = f"/collections/{one.id}"
    named = one.id.replace(".", "_").replace("-", "_")
    name = one.name.into(language())
    return {
        here: _operation(f"{named}_collection", name),
        f"{here}/items": _operation(
            f"{named}_items", name, _LIMIT, _BBOX, _DATETIME, _CURSOR, *filters, media=GEOJSON
        ),
        f"{here}/items/{{featureId}}": _operation(f"{named}_item", name, _FEATURE_ID, media=GEOJSON),
    }


def _fields(one: RegisterDefinition) -> list[tuple[str, dict[str, Any]]]:
    return [(field.id, schema_of(field, language())) for field in askable(one)]


def _filter(field: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    name, schema = field
    title = schema.pop("title")
    one = schema.get("items", schema)
    return {"name": name, "in": "query", "required": False, "description": title, "schema": one}


def _operation(name: str, summary: str, *parameters: dict[str, Any], media: str = JSON) -> dict[str, Any]:
    content = {media: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    answers = {
        "200": {"description": summary, "content": content},
        "400": PROBLEM,
        "404": PROBLEM,
    }
    told_of = [*parameters, _FORMAT]
    return {"get": {"operationId": name, "summary": summary, "parameters": told_of, "responses": answers}}


def _schema(one: RegisterDefinition) -> dict[str, Any]:
    properties = {"type": "object", "properties": schemas(one, language())}
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string", "format": "uuid"},
            "geometry": {"type": "object", "nullable": True},
            "properties": properties,
        },
    }
