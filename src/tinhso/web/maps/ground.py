"""The ground a map stands on: boundaries of communes where they were loaded, else tiles in their place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from shapely import Geometry, MultiPolygon, clip_by_rect, get_parts, transform
from shapely.geometry import mapping

from tinhso.registers.columns import Box
from tinhso.registers.geometry import extent
from tinhso.territory import boundaries
from tinhso.territory import queries as territory
from tinhso.territory.boundaries import Ground
from tinhso.territory.tiles import tile_map
from tinhso.web.maps.boxes import Frame
from tinhso.web.province import current

Place = tuple[float, float]
# Degrees that are left free around the outermost communes.
MARGIN = 0.03
# Degrees of latitude; closer looks show outlines as they were drawn.
CLOSE = 0.25
# Of a tile that is drawn; the rest keeps it apart from the next.
FILLED = 0.94


@dataclass(frozen=True, slots=True)
class Area:
    """
    One commune of the map.

    :param name: without its kind, for the map; ``full_name`` with it
    :param shape: GeoJSON; None where only its place is known
    """

    code: str
    name: str
    full_name: str
    label: Place
    shape: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Base:
    """:param places: code → about where each commune lies; ``limits``: around them all"""

    on: date
    ground: Ground
    places: Mapping[str, Place]
    limits: Box


@dataclass(frozen=True, slots=True)
class Land:
    """
    :param has_boundaries: otherwise far looks show tiles, which say nothing of borders
    :param source: where the boundaries come from
    """

    areas: tuple[Area, ...]
    has_boundaries: bool
    is_tiled: bool
    source: str

    @property
    def labels(self) -> Mapping[str, Place]:
        return {one.code: one.label for one in self.areas}


def base(on: date) -> Base:
    """Return what is known of the ground on the day."""
    ground = boundaries.ground(on)
    places = boundaries.labels(ground)
    return Base(on, ground, places, _limits(ground, places))


def _limits(ground: Ground, places: Mapping[str, Place]) -> Box:
    """Return the box of the province: around its communes, else what its packs say."""
    bounds = [one.bounds for one in ground.shapes] or [(*at, *at) for at in places.values()]
    known = extent()
    if not bounds:
        assert known, "a province without centres, boundaries and extent has no map"
        return known.west, known.south, known.east, known.north
    room = MARGIN if ground.shapes else MARGIN * 3
    return (
        min(one[0] for one in bounds) - room,
        min(one[1] for one in bounds) - room,
        max(one[2] for one in bounds) + room,
        max(one[3] for one in bounds) + room,
    )


def land(base: Base, frame: Frame) -> Land:
    """Return what to draw under the records: far looks in coarse outlines, close ones only what they meet."""
    ground, places = base.ground, base.places
    if ground.outlines:
        areas = tuple(_outlined(ground, base.on, frame))
        return Land(areas, has_boundaries=True, is_tiled=False, source=ground.source)
    if frame.is_far:
        return Land(tuple(_tiles(places, base.on)), has_boundaries=False, is_tiled=True, source="")
    areas = tuple(
        _area(code, base.on, label, None)
        for code, label in sorted(places.items())
        if _inside(label, frame.box)
    )
    return Land(areas, has_boundaries=False, is_tiled=False, source="")


@lru_cache(maxsize=4)
def communes(on: date) -> tuple[tuple[str, str], ...]:
    """Return code and full name of the province's communes, by name."""
    found = ((one.code, one.name) for one in territory.communes(current().code, on))
    return tuple(sorted(found, key=lambda one: one[1].split(" ", 1)[-1]))


def _outlined(ground: Ground, on: date, frame: Frame) -> Iterator[Area]:
    met = set(ground.units_in(frame.box))
    for place, one in enumerate(ground.outlines):
        if one.code not in met:
            continue
        if frame.height < CLOSE:
            yield _area(one.code, on, one.label, _cut(ground.shapes[place], frame))
        else:
            yield _area(one.code, on, one.label, one.coarse if frame.is_far else one.fine)


def _cut(whole: Geometry, frame: Frame) -> Mapping[str, Any] | None:
    """Return what of the whole outline lies in the frame and a frame's size around it."""
    west, south, east, north = frame.box
    near = clip_by_rect(
        whole, west - frame.width, south - frame.height, east + frame.width, north + frame.height
    )
    parts = [one for one in get_parts(near) if one.geom_type == "Polygon"]
    return dict(mapping(transform(MultiPolygon(parts), lambda at: at.round(5)))) if parts else None


def _tiles(places: Mapping[str, Place], on: date) -> Iterator[Area]:
    for code, (at, side) in _cells(tuple(sorted(places.items()))).items():
        x, y = side[0] * FILLED / 2, side[1] * FILLED / 2
        ring = [(at[0] + dx, at[1] + dy) for dx, dy in ((-x, -y), (x, -y), (x, y), (-x, y), (-x, -y))]
        yield _area(code, on, at, {"type": "MultiPolygon", "coordinates": [[ring]]})


@lru_cache(maxsize=4)
def _cells(places: tuple[tuple[str, Place], ...]) -> dict[str, tuple[Place, Place]]:
    """Return the midst of each unit's tile and the size of tiles, in degrees."""
    found = tile_map(dict(places))
    west, east = min(x for _c, (x, _y) in places), max(x for _c, (x, _y) in places)
    south, north = min(y for _c, (_x, y) in places), max(y for _c, (_x, y) in places)
    wide, high = (east - west) / max(found.columns - 1, 1), (north - south) / max(found.rows - 1, 1)
    return {
        code: ((west + column * wide, north - row * high), (wide, high))
        for code, (column, row) in found.cells.items()
    }


@lru_cache(maxsize=4)
def _names(on: date) -> Mapping[str, str]:
    return dict(communes(on))


def _area(code: str, on: date, label: Place, shape: Mapping[str, Any] | None) -> Area:
    full_name = _names(on).get(code, code)
    return Area(code, full_name.split(" ", 1)[-1].removeprefix("khu "), full_name, label, shape)


def _inside(place: Place, box: Box) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]
