"""
Whether a record's geometry lies in the unit the record belongs to, where its boundary was loaded.

It is measured and keeps nothing from being written: a boundary may be wrong too, and what stands on piers or
lies at sea may lie outside every unit's land.
"""

from collections.abc import Mapping
from datetime import date

from shapely import Point
from shapely.geometry import shape

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers import places
from tinhso.registers.distances import middle
from tinhso.territory import boundaries
from tinhso.territory.boundaries import Ground

# Degrees, about a kilometre: coasts are drawn coarsely, and piers stand before them.
TOLERANCE = 0.01


class Placing:
    """Looks at records of one register on one day; what is asked of the database is asked once."""

    def __init__(self, definition: RegisterDefinition, on: date) -> None:
        self._asks = bool(definition.geometry and definition.unit)
        self._on = on
        self._ground: Ground | None = None
        self._codes: dict[str, tuple[str, ...]] = {}

    def look_up(self) -> None:
        """Ask the database now, for who cannot be interrupted by a question later."""
        if self._asks and self._ground is None:
            self._ground = boundaries.ground(self._on)

    def is_elsewhere(self, geometry: Mapping[str, object] | None, unit_key: str) -> bool:
        """
        Tell whether the midst of the geometry lies outside the unit; False where that cannot be told.

        :param unit_key: as ``places.key_of`` names it; of a unit that is no more, what it has become counts
        """
        if not self._asks or geometry is None or not unit_key:
            return False
        self.look_up()
        if self._ground is None or not self._ground.outlines:
            return False
        if unit_key not in self._codes:
            self._codes[unit_key] = places.today_of(unit_key, self._on)
        at = Point(middle(shape(geometry)))
        near = [self._ground.is_near(code, at, TOLERANCE) for code in self._codes[unit_key]]
        return bool(near) and not any(one is None or one for one in near)
