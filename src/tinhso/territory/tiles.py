"""
A map of tiles: each unit a square of one size, about where it lies. For maps without boundaries.

A tile says nothing of area or border; all units are equally easy to see and to touch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, cos, radians, sqrt

Cell = tuple[int, int]
# Cells for each unit: with too few, tiles drift far from where their units lie.
ROOM = 1.8


@dataclass(frozen=True, slots=True)
class TileMap:
    """:param cells: code → column from the west, row from the north"""

    cells: Mapping[str, Cell]
    columns: int
    rows: int


def tile_map(centres: Mapping[str, tuple[float, float]]) -> TileMap:
    """
    Return a cell for each unit, no two in one, each as near to its centre as the others let it.

    :param centres: code → longitude and latitude
    """
    if not centres:
        return TileMap({}, 0, 0)
    columns, rows, wished = _grid(centres)
    free = {(column, row) for column in range(columns) for row in range(rows)}
    cells: dict[str, Cell] = {}
    # The crowded ones choose first: whoever stands alone finds a place anyway.
    for code in sorted(wished, key=lambda one: (_crowd(one, wished), one)):
        x, y = wished[code]
        cell = min(free, key=lambda one: ((one[0] - x) ** 2 + (one[1] - y) ** 2, one))
        free.remove(cell)
        cells[code] = cell
    return _trimmed(_settled(cells, wished))


def _grid(
    centres: Mapping[str, tuple[float, float]],
) -> tuple[int, int, dict[str, tuple[float, float]]]:
    longitudes = [x for x, _y in centres.values()]
    latitudes = [y for _x, y in centres.values()]
    west, north = min(longitudes), max(latitudes)
    wide = max((max(longitudes) - west) * cos(radians(north)), 1e-6)
    high = max(north - min(latitudes), 1e-6)
    side = max(sqrt(wide * high / (len(centres) * ROOM)), wide / 200, high / 200)
    wished = {
        code: ((x - west) * cos(radians(north)) / side, (north - y) / side)
        for code, (x, y) in centres.items()
    }
    spare = ceil(sqrt(len(centres)))
    columns = max(ceil(wide / side) + 1, spare)
    return columns, max(ceil(high / side) + 1, spare), wished


def _crowd(code: str, wished: Mapping[str, tuple[float, float]]) -> float:
    """Return how far off the neighbours are: small where many stand together."""
    x, y = wished[code]
    near = sorted((x - other[0]) ** 2 + (y - other[1]) ** 2 for other in wished.values())
    return sum(near[1:6])


def _settled(cells: dict[str, Cell], wished: Mapping[str, tuple[float, float]]) -> dict[str, Cell]:
    """Swap pairs as long as that brings both together nearer to their places."""

    def off(code: str, cell: Cell) -> float:
        return float((cell[0] - wished[code][0]) ** 2 + (cell[1] - wished[code][1]) ** 2)

    codes = sorted(cells)
    is_better = True
    while is_better:
        is_better = False
        for place, one in enumerate(codes):
            for other in codes[place + 1 :]:
                now = off(one, cells[one]) + off(other, cells[other])
                if off(one, cells[other]) + off(other, cells[one]) < now - 1e-9:
                    cells[one], cells[other] = cells[other], cells[one]
                    is_better = True
    return cells


def _trimmed(cells: dict[str, Cell]) -> TileMap:
    left = min(column for column, _row in cells.values())
    top = min(row for _column, row in cells.values())
    moved = {code: (column - left, row - top) for code, (column, row) in cells.items()}
    return TileMap(
        moved,
        max(column for column, _row in moved.values()) + 1,
        max(row for _column, row in moved.values()) + 1,
    )
