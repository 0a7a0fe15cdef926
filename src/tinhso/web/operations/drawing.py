"""Pictures of the room, drawn here: small lines of tiles, the line of the months, the map of communes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tinhso.indicators.formulas import Period
from tinhso.operations.league import League, Place
from tinhso.web.lines import Mark, joined, small
from tinhso.web.maps import ground
from tinhso.web.maps.boxes import HIGH, WIDE, frame
from tinhso.web.maps.drawing import Paper
from tinhso.web.maps.ground import Area
from tinhso.web.operations import words

Months = Sequence[tuple[Period, Decimal | None]]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Around the map, in the picture's units; from the midst of a tile down to where its letters stand.
ROOM, LETTERS = 4, 3.5
SPARK_WIDE, SPARK_HIGH = 62, 24
LINE_WIDE, LINE_HIGH = 590, 136
LEFT, RIGHT, TOP, BOTTOM = 34, 66, 10, 22
LEVELS = 3
# Of a span shorter than this, levels are told with a decimal.
FINE = 8


@dataclass(frozen=True, slots=True)
class Spark:
    """:param last: the place of the last point, as SVG takes it"""

    points: str
    last_x: str
    last_y: str


@dataclass(frozen=True, slots=True)
class Line:
    """The values of thirteen months. :param target_y: empty without a target"""

    points: str
    area: str
    target_y: str
    target: str
    levels: tuple[Mark, ...]
    months: tuple[Mark, ...]
    last: Mark


@dataclass(frozen=True, slots=True)
class Shape:
    """:param class_: as ``op-c…`` of the stylesheet; ``letters``: of its name, on a tile"""

    path: str
    title: str
    class_: int
    url: str
    x: str
    y: str
    letters: str


@dataclass(frozen=True, slots=True)
class Map:
    """
    :param box: what of the picture holds the communes, as ``viewBox`` takes it
    :param source: where the boundaries come from; empty for tiles
    """

    box: str
    is_tiled: bool
    shapes: tuple[Shape, ...]
    source: str


def spark(months: Months) -> Spark | None:
    """Return a small line without axes; None with fewer than two values."""
    return spark_of([None if value is None else float(value) for _month, value in months])


def spark_of(values: Sequence[float | None]) -> Spark | None:
    """Return a small line of values at even distances; None with fewer than two of them."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    first = known[0][0]
    far = [(place - first, value) for place, value in known]
    at = small(far, far[-1][0], wide=SPARK_WIDE, high=SPARK_HIGH, beside=3, above=4)
    return Spark(joined(at), f"{at[-1][0]:.1f}", f"{at[-1][1]:.1f}")


def line(months: Months, target: Decimal | None, *, decimals: int, is_percent: bool) -> Line | None:
    """Return the picture of the months; None with fewer than two values."""
    known = [(place, float(value)) for place, (_month, value) in enumerate(months) if value is not None]
    if len(known) < 2:
        return None
    low, high = _span([value for _n, value in known], target, is_percent=is_percent)
    step = (LINE_WIDE - LEFT - RIGHT) / max(len(months) - 1, 1)

    def y(value: float) -> float:
        return LINE_HIGH - BOTTOM - (LINE_HIGH - TOP - BOTTOM) * (value - low) / (high - low)

    at = [(LEFT + step * place, y(value)) for place, value in known]
    base = LINE_HIGH - BOTTOM
    levels = [low + (high - low) * n / LEVELS for n in range(LEVELS + 1)]
    return Line(
        points=joined(at),
        area=f"{at[0][0]:.1f},{base} {joined(at)} {at[-1][0]:.1f},{base}",
        target_y=f"{y(float(target)):.1f}" if target is not None else "",
        target=words.value(target, decimals) if target is not None else "",
        levels=tuple(
            Mark(
                str(LEFT - 8),
                f"{y(one):.1f}",
                _level(one, is_fine=high - low < FINE),
            )
            for one in levels
        ),
        months=tuple(_month_labels(months, step)),
        last=Mark(f"{at[-1][0] + 8:.1f}", f"{at[-1][1]:.1f}", words.value(_last(months), decimals)),
    )


def commune_map(league: League, urls: Mapping[str, str], titles: Mapping[str, str], on: date) -> Map:
    """
    Return the communes in the classes of the league.

    :param urls: code → where it opens; ``titles``: code → the same in words
    """
    base = ground.base(on)
    whole = frame("", base.limits)
    land, paper = ground.land(base, whole), Paper(whole)
    places = {one.code: one for one in league.places}
    shapes = tuple(
        _shape(paper, area, places.get(area.code), urls, titles, tiled=land.is_tiled)
        for area in land.areas
        if area.shape
    )
    return Map(_box([one.path for one in shapes]), land.is_tiled, shapes, land.source)


def _shape(
    paper: Paper,
    area: Area,
    place: Place | None,
    urls: Mapping[str, str],
    titles: Mapping[str, str],
    *,
    tiled: bool,
) -> Shape:
    assert area.shape
    x, y = paper.place(*area.label)
    return Shape(
        path=paper.path(area.shape),
        title=titles.get(area.code, area.full_name),
        class_=place.class_ if place else -1,
        url=urls.get(area.code, ""),
        x=f"{x:.1f}",
        y=f"{y + LETTERS:.1f}",
        letters=_initials(area.name) if tiled else "",
    )


def _initials(name: str) -> str:
    """Return what of a name fits on a tile: «Móng Cái 3» is «MC3»."""
    return "".join(word[0] for word in name.split())


def _box(paths: Sequence[str]) -> str:
    """Return the box around all paths with a little room."""
    numbers = [float(one) for path in paths for one in _NUMBER.findall(path)]
    if not numbers:
        return f"0 0 {WIDE} {HIGH}"
    xs, ys = numbers[::2], numbers[1::2]
    left, top = min(xs) - ROOM, min(ys) - ROOM
    return f"{left:.1f} {top:.1f} {max(xs) + ROOM - left:.1f} {max(ys) + ROOM - top:.1f}"


def _span(values: Sequence[float], target: Decimal | None, *, is_percent: bool) -> tuple[float, float]:
    told = [*values, *([float(target)] if target is not None else [])]
    room = (max(told) - min(told)) * 0.12 or 1.0
    low, high = min(told) - room, max(told) + room
    low = max(low, 0.0) if min(told) >= 0 else low
    return low, min(high, 100.0) if is_percent and max(told) <= 100 else high


def _level(value: float, *, is_fine: bool) -> str:
    return words.value(Decimal(str(round(value, 1))), 1 if is_fine else 0)


def _last(months: Months) -> Decimal | None:
    return [value for _month, value in months if value is not None][-1]


def _month_labels(months: Months, step: float) -> list[Mark]:
    last = len(months) - 1
    return [
        Mark(
            f"{LEFT + step * place:.1f}",
            str(LINE_HIGH - 6),
            words.short_month(month.since, with_year=place in (0, last)),
        )
        for place, (month, _value) in enumerate(months)
    ]
