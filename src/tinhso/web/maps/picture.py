"""The map as a picture of the page itself, drawn here: for readers without scripts, and for paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from tinhso.web.maps.asked import Asked
from tinhso.web.maps.boxes import HIGH, WIDE, Frame, around
from tinhso.web.maps.drawing import Label, Paper, Scale, labels
from tinhso.web.maps.finding import LayerFound
from tinhso.web.maps.ground import Area, Land
from tinhso.web.maps.items import Item

# Height of a look at one commune, in degrees.
UNIT_HIGH = 0.16
# A tile's letters in the picture's units.
TILE_LETTERS = 9
# Radius of a number on a tile: all alike, the tiles are.
TILE_DOT = 10
# From the midst of a tile up to the last line of its name.
TILE_NAME = 7
BELOW = 26
# Half a mark's width.
MARK = 7


@dataclass(frozen=True, slots=True)
class Shape:
    """One commune. :param lines: its name on a tile, in short lines"""

    path: str
    name: str
    x: float
    y: float
    lines: tuple[str, ...] = ()
    top: float = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One record. :param path: its outline, where it has one that can be seen"""

    look: int
    x: float
    y: float
    title: str
    url: str
    path: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """How many records lie in a commune. :param title: the same in words"""

    look: int
    x: float
    y: float
    radius: float
    count: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    is_tiled: bool
    shapes: tuple[Shape, ...]
    names: tuple[Label, ...]
    marks: tuple[Mark, ...]
    bubbles: tuple[Bubble, ...]
    scale: Scale


def picture(
    frame: Frame, land: Land, found: Sequence[LayerFound], items: Sequence[Item], asked: Asked
) -> Picture:
    """Return the picture of what was found."""
    paper = Paper(frame)
    bubbles = tuple(_bubbles(paper, land, found, asked))
    marks = tuple(_mark(paper, one) for one in reversed(items) if paper.is_inside(*one.at))
    # A name stands under its commune's number.
    below = {area.code for area in land.areas for one in found if one.counts and one.counts.get(area.code)}
    named = [] if land.is_tiled else list(_named(paper, land.areas, below))
    return Picture(
        width=WIDE,
        height=HIGH,
        is_tiled=land.is_tiled,
        shapes=tuple(_shape(paper, one, tiled=land.is_tiled) for one in land.areas if one.shape),
        names=labels(named, _taken(marks, bubbles)),
        marks=marks,
        bubbles=bubbles,
        scale=paper.scale(),
    )


def _shape(paper: Paper, area: Area, *, tiled: bool) -> Shape:
    assert area.shape
    x, y = paper.place(*area.label)
    lines = tile_lines(area.name) if tiled else ()
    return Shape(
        paper.path(area.shape), area.full_name, x, y, lines, round(y - TILE_NAME - 10 * (len(lines) - 1), 1)
    )


def tile_lines(name: str) -> tuple[str, ...]:
    """Break a name so that it fits on a tile."""
    found: list[str] = []
    for word in name.split():
        if found and len(found[-1]) + 1 + len(word) <= TILE_LETTERS:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return tuple(found)


def _taken(marks: Sequence[Mark], bubbles: Sequence[Bubble]) -> Iterator[tuple[float, float, float]]:
    """Yield where no name may stand."""
    yield from ((one.x, one.y, MARK) for one in marks)
    yield from ((one.x, one.y, one.radius * 0.8) for one in bubbles)


def _named(paper: Paper, areas: Sequence[Area], below: set[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    for one in _largest_first(areas):
        x, y = paper.place(*one.label)
        yield one.name, (x, y + BELOW if one.code in below else y)


def _largest_first(areas: Sequence[Area]) -> list[Area]:
    return sorted(areas, key=lambda one: (-_spread(one), one.code))


def _spread(area: Area) -> float:
    if not area.shape:
        return 0.0
    rings = [polygon[0] for polygon in area.shape["coordinates"]]
    wide = [(max(x for x, *_r in ring) - min(x for x, *_r in ring)) for ring in rings]
    return float(max(wide))


def _mark(paper: Paper, item: Item) -> Mark:
    x, y = paper.place(*item.at)
    return Mark(item.look, x, y, item.title, item.url, paper.path(item.shape))


def _bubbles(paper: Paper, land: Land, found: Sequence[LayerFound], asked: Asked) -> Iterator[Bubble]:
    """Yield the numbers of each commune, those of several layers side by side."""
    counted = [one for one in found if one.counts]
    most = max((count for one in counted if one.counts for count in one.counts.values()), default=1)
    for area in land.areas:
        here = [one for one in counted if one.counts and one.counts.get(area.code)]
        for place, one in enumerate(here):
            assert one.counts
            count = one.counts[area.code]
            radius = TILE_DOT if land.is_tiled else round(9 + 9 * sqrt(count / most), 1)
            apart = min(26, TILE_DOT * 6 / len(here)) if land.is_tiled else 26
            x, y = paper.place(*area.label)
            yield Bubble(
                look=one.asked.layer.look,
                x=round(x + (place - (len(here) - 1) / 2) * apart, 1),
                y=round(y + (TILE_DOT if land.is_tiled else 0), 1),
                radius=radius,
                count=count,
                title=f"{area.full_name}: {count}",
                url=asked.query(around(area.label, UNIT_HIGH, paper.frame.limits), unit=area.code),
            )
