"""A screenful as GeoJSON for the script: as fine as the screen shows, in no more bytes than a phone bears."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from tinhso.web.maps.boxes import HIGH
from tinhso.web.maps.ground import Land
from tinhso.web.maps.items import Item
from tinhso.web.maps.page import MapPage

# Of the records' outlines; what does not fit is a mark without an outline.
MOST_BYTES = 300_000
# Outlines smaller than so many points of the screen are marks only.
LEAST = 3
Feature = Mapping[str, Any]


def features(page: MapPage) -> list[Feature]:
    """Return the records on the screen as features, outlines first come first served."""
    dot = page.frame.height / HIGH
    left = MOST_BYTES
    found: list[Feature] = []
    for item in page.items:
        geometry = _outline(item, dot)
        size = len(json.dumps(geometry))
        if size > left:
            geometry, size = _point(item), 0
        left -= size
        found.append(_feature(item, geometry))
    return found


def bubbles(page: MapPage) -> list[Mapping[str, Any]]:
    """Return the numbers of communes, each at its place, with the box of a closer look."""
    labels = page.land.labels
    names = {one.full_name: one.code for one in page.land.areas}
    return [
        {"look": group.look, "at": labels[names[name]], "name": name, "count": count, "url": url}
        for group in page.groups
        for name, count, url in group.counts
        if name in names
    ]


def areas(land: Land) -> Iterator[Feature]:
    """Yield the communes of the ground as features."""
    for one in land.areas:
        yield {
            "type": "Feature",
            "id": one.code,
            "geometry": one.shape or {"type": "Point", "coordinates": one.label},
            "properties": {"name": one.name, "full_name": one.full_name, "label": one.label},
        }


def _feature(item: Item, geometry: Feature) -> Feature:
    properties = {"look": item.look, "title": item.title, "at": item.at, "url": item.url}
    return {"type": "Feature", "id": item.id, "geometry": geometry, "properties": properties}


def _outline(item: Item, dot: float) -> Feature:
    if item.shape["type"] not in {"Polygon", "MultiPolygon"}:
        return _point(item)
    found = shape(item.shape)
    west, south, east, north = found.bounds
    if max(east - west, north - south) < LEAST * dot:
        return _point(item)
    simple = found.simplify(dot / 2, preserve_topology=True)
    return dict(mapping(shapely.transform(simple, lambda at: at.round(6))))


def _point(item: Item) -> Feature:
    return {"type": "Point", "coordinates": [round(one, 6) for one in item.at]}
