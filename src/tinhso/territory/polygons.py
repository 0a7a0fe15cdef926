"""Polygons of units: looked at, mended where that changes next to nothing, made simple for small scales."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely import Geometry, MultiPolygon, Polygon
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry import mapping, shape
from shapely.validation import explain_validity

# Of the area that mending may take or add before it is a guess.
MOST_MENDED = 0.01
# Degrees; about a hundred metres, six hundred.
FINE, COARSE = 0.001, 0.006
# Smaller islets, in square degrees (a seventh of a km²), are left out of the coarse outline.
ISLET = 1.2e-5


class WrongPolygon(ValueError):  # noqa: N818  (an answer about a polygon)
    """:ivar sentence: what is wrong and what to do"""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Drawn:
    """One polygon at three scales, as GeoJSON, and where its name stands."""

    whole: Mapping[str, Any]
    fine: Mapping[str, Any]
    coarse: Mapping[str, Any]
    label: tuple[float, float]


def read_polygon(geometry: Mapping[str, Any] | None) -> tuple[MultiPolygon, bool]:
    """Return the polygon, and whether it had to be mended. :raises WrongPolygon: it cannot be used"""
    if geometry is None or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise WrongPolygon(_("Đối tượng không có hình vùng (Polygon hoặc MultiPolygon)."))
    try:
        found = shape(geometry)
    except (ShapelyError, GEOSException, ValueError, TypeError, IndexError) as problem:
        raise WrongPolygon(_("Không đọc được tọa độ của hình. Hãy xuất lại đối tượng này.")) from problem
    if found.is_empty or not found.area:
        raise WrongPolygon(_("Hình này trống. Hãy xuất lại đối tượng này."))
    if found.is_valid:
        return _several(found), False
    return _mended(found), True


def _mended(found: Geometry) -> MultiPolygon:
    why = explain_validity(found)
    mended = _several(shapely.make_valid(found))
    # A figure of eight has the area of neither loop: judge by what the outline would fill.
    filled = shapely.union_all([Polygon(part.exterior).buffer(0) for part in _several(found).geoms])
    change = abs(mended.area - filled.area) / max(mended.area, filled.area, 1e-12)
    if mended.is_empty or change > MOST_MENDED:
        said = {"why": why}
        raise WrongPolygon(
            _("Đường ranh tự cắt (%(why)s) và không sửa tự động được. Hãy vẽ lại ranh.") % said
        )
    return mended


def _several(found: Geometry) -> MultiPolygon:
    parts = [one for one in shapely.get_parts(found) if one.geom_type == "Polygon"]
    inside = [one for one in shapely.get_parts(found) if one.geom_type == "MultiPolygon"]
    return MultiPolygon([*parts, *(part for one in inside for part in one.geoms)])


def drawn(polygons: Sequence[MultiPolygon]) -> list[Drawn]:
    """Return each polygon at three scales; neighbours of one file keep their common line at each."""
    fine = _simplified(polygons, FINE)
    coarse = _simplified([_without_islets(one) for one in polygons], COARSE)
    return [
        Drawn(_plain(one), _plain(near), _plain(far), _label(one))
        for one, near, far in zip(polygons, fine, coarse, strict=True)
    ]


def _simplified(polygons: Sequence[MultiPolygon], tolerance: float) -> list[Geometry]:
    simple = list(shapely.coverage_simplify(list(polygons), tolerance))
    return [one if not one.is_empty else polygons[place] for place, one in enumerate(simple)]


def _without_islets(one: MultiPolygon) -> MultiPolygon:
    largest = max(part.area for part in one.geoms)
    return MultiPolygon([part for part in one.geoms if part.area >= ISLET or part.area == largest])


def _plain(one: Geometry) -> Mapping[str, Any]:
    return dict(mapping(shapely.transform(one, lambda at: at.round(5))))


def _label(one: MultiPolygon) -> tuple[float, float]:
    largest = max(one.geoms, key=lambda part: part.area)
    middle = largest.centroid
    at = middle if largest.contains(middle) else largest.representative_point()
    return round(at.x, 5), round(at.y, 5)
