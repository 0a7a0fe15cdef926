"""From degrees to the picture: paths, places, labels that do not lie on each other, a scale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tinhso.registers import distances
from tinhso.web.maps.boxes import HIGH, WIDE, Frame

# Widths of a letter and heights of a line, in the picture's units, on a screen and on a phone.
LETTER, LINE = 7.2, 17
PHONE = 2.3
Rectangle = tuple[float, float, float, float]
# Rings smaller than this in the picture are dots nobody sees.
SPECK = 0.8
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Label:
    """:param on_phone: there is room for it where letters are larger beside the land"""

    text: str
    x: float
    y: float
    on_phone: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """:param width: of the bar, in the picture's units"""

    text: str
    width: float


@dataclass(frozen=True)
class Paper:
    """The picture of a frame, ``WIDE`` by ``HIGH``, north up."""

    frame: Frame

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place lies in the picture."""
        west, _south, _east, north = self.frame.box
        x = (longitude - west) / self.frame.width * WIDE
        y = (north - latitude) / self.frame.height * HIGH
        return round(x, 1), round(y, 1)

    def path(self, geometry: Mapping[str, Any]) -> str:
        """Return the outline as an SVG path; empty for what is no area."""
        parts = geometry["coordinates"]
        polygons = [parts] if geometry["type"] == "Polygon" else parts
        if geometry["type"] not in {"Polygon", "MultiPolygon"}:
            return ""
        return "".join(self._ring(ring) for polygon in polygons for ring in polygon)

    def is_inside(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.frame.box
        return west <= longitude <= east and south <= latitude <= north

    def scale(self) -> Scale:
        """Return a bar of a round length, a fifth of the picture or less."""
        west, south, east, north = self.frame.box
        middle = (south + north) / 2
        wide = distances.kilometres((west, middle), (east, middle))
        length = max(one for one in _lengths() if one <= wide / 5)
        said = {"length": length if length >= 1 else round(length * 1000)}
        text = _("%(length)s km") % said if length >= 1 else _("%(length)s m") % said
        return Scale(text, round(length / wide * WIDE, 1))

    def _ring(self, ring: Sequence[Sequence[float]]) -> str:
        at = [self.place(one[0], one[1]) for one in ring]
        xs, ys = [x for x, _y in at], [y for _x, y in at]
        if max(xs) < -WIDE or min(xs) > 2 * WIDE or max(ys) < -HIGH or min(ys) > 2 * HIGH:
            return ""
        if max(xs) - min(xs) < SPECK and max(ys) - min(ys) < SPECK:
            return ""
        steps = list(_apart(at))
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in steps) + "Z"


def _apart(at: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Leave out steps nobody sees."""
    before: tuple[float, float] | None = None
    for x, y in at:
        if before is None or abs(x - before[0]) >= SPECK or abs(y - before[1]) >= SPECK:
            before = (x, y)
            yield before


def _lengths() -> Iterator[float]:
    for power in (0.01, 0.1, 1, 10):
        yield from (one * power if power < 1 else int(one * power) for one in _ROUND)


def labels(
    named: Iterable[tuple[str, tuple[float, float]]], marks: Iterable[tuple[float, float, float]] = ()
) -> tuple[Label, ...]:
    """
    Return the names that can stand without lying on each other or on a mark; those that come first are kept.

    :param named: names with their places in the picture; ``marks``: places of marks with their radius
    """
    taken = [(x - far, y - far, x + far, y + far) for x, y, far in marks]
    wide = list(_room(named, 1, list(taken)))
    kept = [(one.text, (one.x, one.y)) for one in wide]
    phone = {one.text for one in _room(kept, PHONE, list(taken))}
    return tuple(Label(one.text, one.x, one.y, one.text in phone) for one in wide)


def _room(
    named: Iterable[tuple[str, tuple[float, float]]], times: float, taken: list[Rectangle]
) -> Iterator[Label]:
    for text, (x, y) in named:
        half, line = len(text) * LETTER * times / 2, LINE * times / 2
        box = (x - half, y - line, x + half, y + line)
        if box[0] < 0 or box[1] < 0 or box[2] > WIDE or box[3] > HIGH:
            continue
        if not any(_meet(box, one) for one in taken):
            taken.append(box)
            yield Label(text, x, y, on_phone=True)


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
