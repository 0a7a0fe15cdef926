"""Kilometres between places on the earth, given in degrees of WGS 84."""

from math import asin, cos, radians, sin, sqrt

from shapely import Geometry, Point, transform
from shapely.ops import nearest_points

# Mean radius of the earth (IUGG), in kilometres; over a province the sphere is within half a per cent.
RADIUS = 6371.0088
KM_OF_DEGREE = RADIUS * radians(1)
Place = tuple[float, float]


def kilometres(one: Place, other: Place) -> float:
    """Return the way along the surface between two places, each longitude and latitude (haversine)."""
    (x, y), (u, v) = one, other
    half = sin(radians(v - y) / 2) ** 2
    half += cos(radians(y)) * cos(radians(v)) * sin(radians(u - x) / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def apart(one: Geometry, other: Geometry) -> float:
    """Return the shortest way between two geometries; 0 where they meet."""
    squeeze = cos(radians((one.centroid.y + other.centroid.y) / 2))
    ends = nearest_points(squeezed(one, squeeze), squeezed(other, squeeze))
    (x, y), (u, v) = ((end.x / squeeze, end.y) for end in ends)
    return kilometres((x, y), (u, v))


def squeezed(one: Geometry, squeeze: float) -> Geometry:
    """Return the geometry with degrees of longitude as long as those of latitude."""
    return transform(one, lambda at: at * (squeeze, 1.0))


def around(place: Place, km: float) -> tuple[float, float, float, float]:
    """Return the box that holds everything within so many kilometres of the place."""
    high = km / KM_OF_DEGREE
    wide = high / max(cos(radians(abs(place[1]) + high)), 0.01)
    return place[0] - wide, place[1] - high, place[0] + wide, place[1] + high


def middle(one: Geometry) -> Place:
    """Return where a mark of the geometry stands: in its midst, and on it."""
    at = one if isinstance(one, Point) else one.centroid
    if not one.intersects(at):
        at = one.representative_point()
    return at.x, at.y
