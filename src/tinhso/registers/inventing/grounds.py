"""Where made-up things lie: inside a commune, as far as anybody told us where that is."""

import math
from collections.abc import Mapping
from datetime import date
from random import Random

from shapely import Geometry, Point, prepare
from shapely.geometry import box

from tinhso.registers.geometry import extent
from tinhso.territory import boundaries
from tinhso.territory import queries as territory

_METRES_OF_A_DEGREE = 111_320.0
_TRIES = 40
# A circle of this share of the way to the nearest other centre meets no other circle.
_SHARE = 0.45
_SMALLEST = 0.004


class Grounds:
    """
    The communes of the province on a day, and places in them.

    With boundaries loaded, a place is inside its commune's; without, near its centre and nearer to it than to
    any other.
    """

    def __init__(self, dice: Random, *, on: date) -> None:
        self._dice = dice
        ground = boundaries.ground(on)
        self._centres = boundaries.labels(ground)
        self.communes = tuple(code for code in sorted(self._centres) if territory.unit(code, on))
        self._shapes: Mapping[str, Geometry] = {
            one.code: shape for one, shape in zip(ground.outlines, ground.shapes, strict=True)
        }
        for shape in self._shapes.values():
            prepare(shape)
        self._reach = {code: self._room(code) for code in self._centres}

    def commune(self) -> str:
        return self._dice.choice(self.communes)

    def point(self, code: str) -> tuple[float, float] | None:
        """Return longitude and latitude of a place in the commune; None where nobody told where it is."""
        shape, dice = self._shapes.get(code), self._dice
        if shape is not None:
            west, south, east, north = shape.bounds
            for _try in range(_TRIES):
                place = dice.uniform(west, east), dice.uniform(south, north)
                if shape.contains(Point(*place)) and _inside(box(*place, *place)):
                    return place
        if code not in self._centres:
            return None
        west, south = self._centres[code]
        angle, far = dice.random() * 2 * math.pi, math.sqrt(dice.random()) * self._reach[code]
        return west + far * math.cos(angle), south + far * math.sin(angle)

    def outline(self, code: str, square_metres: float) -> dict[str, object] | None:
        """Return a lot of about that size in the commune, as GeoJSON."""
        place = self.point(code)
        if place is None:
            return None
        west, south = place
        dice, side = self._dice, math.sqrt(max(square_metres, 4.0)) / _METRES_OF_A_DEGREE
        wide, high = side * dice.uniform(0.7, 1.4), side
        high = side * side / wide
        wide /= math.cos(math.radians(south))
        lean = wide * dice.uniform(-0.2, 0.2)
        ring = [(0.0, 0.0), (wide, 0.0), (wide + lean, high), (lean, high), (0.0, 0.0)]
        points = [[round(west + x, 7), round(south + y, 7)] for x, y in ring]
        return {"type": "Polygon", "coordinates": [points]}

    def _room(self, code: str) -> float:
        here = self._centres[code]
        others = [math.dist(here, place) for other, place in self._centres.items() if other != code]
        return max(_SMALLEST, _SHARE * min(others, default=0.02))


def _inside(shape: Geometry) -> bool:
    limits = extent()
    return limits is None or limits.holds(shape.bounds)
