"""Features: pages of a collection by cursor, and one by its id."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from shapely.geometry import box as rectangle
from shapely.geometry import shape

from tinhso.api.ogc.asking import BBOX, CURSOR, Asked, read
from tinhso.api.ogc.collections import collection_of
from tinhso.api.ogc.edge import FORMAT, GEOJSON, known_only, link, page_link, place, served, told
from tinhso.definitions.registers.types import FieldType, RegisterDefinition
from tinhso.edge.open_data.features import feature
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people.types import ANONYMOUS
from tinhso.registers import public, queries
from tinhso.registers.columns import Box
from tinhso.registers.public import Holdings
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import Moment, RecordView


@served
def items(request: HttpRequest, collection_id: str) -> HttpResponseBase:
    """Answer with a page; ``next`` goes on behind its last record, whatever came in meanwhile."""
    definition = collection_of(collection_id)
    asked = read(request, definition)
    page = queries.find_records(**asked.question(definition), after=asked.after, limit=asked.limit)
    exactly = _needs_exactness(definition, asked)
    found = [one for one in page.records if not exactly or _meets(one, asked.box)]
    here = link(request, request.get_full_path(), "self", kind=GEOJSON)
    links = [
        here,
        page_link(request, _without_format(request)),
        link(request, place("collection", collection_id=definition.id), "collection"),
    ]
    if page.next is not None:
        links.append(link(request, _next(request, page.next), "next", kind=GEOJSON))
    body: dict[str, Any] = {"type": "FeatureCollection", "links": links, "numberReturned": len(found)}
    # With a box and polygons only a page that is the whole answer tells how many there are: the standard lets
    # a server that does not know leave the number out.
    if asked.after is None and (not exactly or page.next is None):
        body["numberMatched"] = len(found) if exactly else _matched(definition, asked)
    body["features"] = [feature(definition, one) for one in found]
    response = told(request, body, GEOJSON)
    if page.next is not None and isinstance(response, HttpResponse):
        response["Link"] = f'<{links[-1]["href"]}>; rel="next"; type="{GEOJSON}"'
    return response


@served
def item(request: HttpRequest, collection_id: str, feature_id: UUID) -> HttpResponseBase:
    """Answer with one feature. :raises RecordMissing: it is not in the collection today"""
    definition = collection_of(collection_id)
    known_only(request)
    view = _in_collection(definition, feature_id)
    address = place("item", collection_id=definition.id, feature_id=feature_id)
    links = [
        link(request, address, "self", kind=GEOJSON),
        page_link(request, address),
        link(request, place("collection", collection_id=definition.id), "collection"),
    ]
    return told(request, {**feature(definition, view), "links": links}, GEOJSON)


def _in_collection(definition: RegisterDefinition, record_id: UUID) -> RecordView:
    today = local(clock.now()).date()
    found = queries.records_of(
        actor=ANONYMOUS, record_ids=[record_id], register_ids=[definition.id], moment=Moment(today)
    )
    if record_id not in found:
        raise RecordMissing
    return found[record_id]


def _matched(definition: RegisterDefinition, asked: Asked) -> int:
    """Return how many there are on all pages; the first page tells, the others need not count again."""
    if asked.is_of_everything:
        return public.holdings(asked.moment, definition.id).get(definition.id, Holdings()).records
    return queries.count_records(**asked.question(definition))


def _needs_exactness(definition: RegisterDefinition, asked: Asked) -> bool:
    """The database compares boxes: of a point that is exact, of a polygon it is a first guess."""
    geometry = definition.by_id[definition.geometry] if definition.geometry else None
    return asked.box is not None and geometry is not None and geometry.type is FieldType.POLYGON


def _meets(view: RecordView, box: Box | None) -> bool:
    if view.geometry is None or box is None:
        return False
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    held = shape(view.geometry)
    return any(held.intersects(rectangle(left, south, right, north)) for left, right in parts)


def _without_format(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop(FORMAT, None)
    return f"{request.path}?{asked.urlencode(safe=',:/')}" if asked else request.path


def _next(request: HttpRequest, after: UUID) -> str:
    asked = request.GET.copy()
    asked[CURSOR] = str(after)
    return f"{request.path}?{asked.urlencode(safe=',:/' if BBOX in asked else '')}"
