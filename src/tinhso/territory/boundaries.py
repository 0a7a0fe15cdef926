"""
The door of boundaries: what lies where, and what to draw. Nothing here is personal data.

Each process keeps what was loaded last in memory; a question costs one small query to see whether it is still
so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from shapely import Geometry, Point, STRtree, box, dwithin, prepare
from shapely.geometry import shape

from tinhso.territory import centres
from tinhso.territory.models import Boundary

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outlined:
    """
    One unit's boundary.

    :param fine: coarse: GeoJSON for the scale of a commune and of the province
    :param label: longitude and latitude of its name
    """

    code: str
    fine: Mapping[str, Any]
    coarse: Mapping[str, Any]
    label: tuple[float, float]
    source: str


@dataclass(frozen=True)
class Ground:
    """The boundaries of one day."""

    outlines: tuple[Outlined, ...]
    shapes: tuple[Geometry, ...]

    @cached_property
    def tree(self) -> STRtree:
        for one in self.shapes:
            prepare(one)
        return STRtree(self.shapes)

    @cached_property
    def place(self) -> Mapping[str, int]:
        return {one.code: place for place, one in enumerate(self.outlines)}

    @property
    def source(self) -> str:
        return self.outlines[0].source if self.outlines else ""

    def unit_at(self, longitude: float, latitude: float) -> str:
        """Return the code of the unit that holds the point; empty at sea and outside."""
        found = self.tree.query(Point(longitude, latitude), predicate="intersects") if self.outlines else ()
        return min((self.outlines[place].code for place in found), default="")

    def units_in(self, wanted: Box) -> tuple[str, ...]:
        """Return the codes of the units that the box meets, by code."""
        found = self.tree.query(box(*wanted), predicate="intersects") if self.outlines else ()
        return tuple(sorted(self.outlines[place].code for place in found))

    def is_near(self, code: str, geometry: Geometry, degrees: float) -> bool | None:
        """Tell whether it lies in the unit or so near to it; None where the boundary is not known."""
        place = self.place.get(code)
        return None if place is None else bool(dwithin(self.shapes[place], geometry, degrees))


def ground(on: date) -> Ground:
    """Return the boundaries of units in force on the day; of none where none were loaded."""
    return _ground(on, tuple(Boundary.objects.order_by("key").values_list("key", "digest")))


@lru_cache(maxsize=4)
def _ground(on: date, held: tuple[tuple[str, str], ...]) -> Ground:
    if not held:
        return Ground((), ())
    rows = [one for one in Boundary.objects.order_by("code") if _holds(one, on)]
    return Ground(
        tuple(
            Outlined(one.code, one.fine, one.coarse, (one.longitude, one.latitude), one.source)
            for one in rows
        ),
        tuple(shape(one.geometry) for one in rows),
    )


def _holds(row: Boundary, on: date) -> bool:
    since = row.valid_from is None or row.valid_from <= on
    return since and (row.valid_until is None or on < row.valid_until)


def labels(found: Ground) -> Mapping[str, tuple[float, float]]:
    """Return about where each unit of the province lies: from its boundary, else from the packs."""
    known = centres.read_centres(settings.TINHSO.packs / settings.TINHSO.province / centres.FILE)
    return {**known, **{one.code: one.label for one in found.outlines}}
