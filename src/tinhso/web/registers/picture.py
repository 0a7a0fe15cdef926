"""A record's geometry as a small drawing: no map behind it, north above, true proportions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, radians
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import shape

from tinhso.definitions.packs import packs_folder, province
from tinhso.registers.geometry import extent
from tinhso.territory.centres import FILE, Centre, read_centres
from tinhso.web.registers.numbers import written

# Metres in a degree of latitude.
DEGREE = 111_320
WIDTH, HEIGHT, EDGE = 320.0, 220.0, 18.0
HECTARE = 10_000


@dataclass(frozen=True, slots=True)
class Picture:
    """
    :param path: the outline in the drawing's own units; empty for a point
    :param spot: where a point lies in the frame of the province
    :param around: about where the province's communes lie, for a point
    :param scale: how wide the bar of scale is, with the length it stands for
    :param words: the same for whoever does not see it
    """

    width: float
    height: float
    path: str
    spot: tuple[float, float] | None
    around: tuple[tuple[float, float], ...]
    scale: tuple[float, str]
    words: str
    place: str


def picture_of(geometry: Mapping[str, Any]) -> Picture:
    """Return the drawing of a point within the province, or of a polygon within its own bounds."""
    found = shape(geometry)
    middle = found.centroid
    squeeze = cos(radians(middle.y))
    is_point = found.geom_type == "Point"
    west, south, east, north = _frame(found.bounds, is_point=is_point)
    scale = min((WIDTH - 2 * EDGE) / ((east - west) * squeeze), (HEIGHT - 2 * EDGE) / (north - south))

    def placed(longitude: float, latitude: float) -> tuple[float, float]:
        x = EDGE + (longitude - west) * squeeze * scale
        return round(x, 1), round(EDGE + (north - latitude) * scale, 1)

    place = f"{middle.y:.5f}, {middle.x:.5f}"
    return Picture(
        width=round((east - west) * squeeze * scale + 2 * EDGE, 1),
        height=round((north - south) * scale + 2 * EDGE, 1),
        path="" if is_point else " ".join(_outline(geometry, placed)),
        spot=placed(middle.x, middle.y) if is_point else None,
        around=tuple(placed(*one) for one in _communes().values()) if is_point else (),
        scale=_bar(scale / DEGREE),
        words=_point_words(place) if is_point else _area_words(found.area * squeeze * DEGREE**2),
        place=place,
    )


def _communes() -> Mapping[str, Centre]:
    return read_centres(packs_folder() / province() / FILE)


def _frame(bounds: tuple[float, ...], *, is_point: bool) -> tuple[float, float, float, float]:
    """Return the degrees that are drawn; never nothing wide or high."""
    limits = extent() if is_point else None
    if limits is not None:
        return limits.west, limits.south, limits.east, limits.north
    west, south, east, north = bounds
    least = 1e-5
    return west - least, south - least, east + least, north + least


def _outline(geometry: Mapping[str, Any], placed: Any) -> Iterator[str]:
    given: Sequence[Any] = geometry["coordinates"]
    polygons = given if geometry["type"] == "MultiPolygon" else [given]
    for polygon in polygons:
        for ring in polygon:
            points = " ".join(f"{x},{y}" for x, y in (placed(one[0], one[1]) for one in ring))
            yield f"M{points}Z"


def _bar(pixels_per_metre: float) -> tuple[float, str]:
    """Return a bar of about a quarter of the width that stands for a round length."""
    wanted = WIDTH / 4 / pixels_per_metre
    power = 10 ** floor(log10(wanted))
    metres = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    text = f"{written(metres / 1000)} km" if metres >= 1000 else f"{written(round(metres, 2))} m"
    return round(metres * pixels_per_metre, 1), text


def _point_words(place: str) -> str:
    return _("Vị trí %(place)s (vĩ độ, kinh độ WGS 84)") % {"place": place}


def _area_words(square_metres: float) -> str:
    if square_metres >= HECTARE:
        return _("Ranh giới, khoảng %(area)s ha") % {"area": written(round(square_metres / HECTARE, 2))}
    return _("Ranh giới, khoảng %(area)s m²") % {"area": written(round(square_metres, 1))}
