"""Months of an indicator as lines drawn on the server: a small one in lists, a large one with axes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.types import Figure
from tinhso.web.lines import Mark, joined, small, step_of
from tinhso.web.plans.chart import SPARK_HIGH, SPARK_WIDE
from tinhso.web.plans.words import number

WIDE, HIGH = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 16, 30
STEPS = 3
LABELS = 7
Months = Sequence[tuple[Period, Figure | None]]


@dataclass(frozen=True, slots=True)
class Chart:
    """
    :param lines: pieces of the line; where a month has no value there is a gap, never a nought
    :param aim_y: height of the target; empty: none
    """

    lines: tuple[str, ...]
    dots: tuple[Mark, ...]
    months: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    aim_y: str
    last_is_open: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    months: int
    low: float
    high: float

    def x(self, place: int) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * place / max(self.months - 1, 1)

    def y(self, value: float) -> float:
        return HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * (value - self.low) / (self.high - self.low)


def spark(months: Months) -> str:
    """Return a small line without axes; empty with fewer than two values."""
    points = _points(months)
    if len(points) < 2:
        return ""
    return joined(small(points, len(months) - 1, wide=SPARK_WIDE, high=SPARK_HIGH, beside=2, above=3))


def chart(one: Indicator, months: Months, *, last_is_open: bool) -> Chart | None:
    """Return the picture; None where fewer than two months have a value."""
    points = _points(months)
    if len(points) < 2:
        return None
    aims = [float(one.target)] if one.target is not None else []
    low, high = _room([*(value for _place, value in points), *aims], is_share=one.unit.vi == "%")
    scale = _Scale(len(months), low, high)
    every = ceil(len(months) / LABELS)
    return Chart(
        lines=tuple(_pieces(points, scale)),
        dots=tuple(
            Mark(
                f"{scale.x(place):.1f}",
                f"{scale.y(value):.1f}",
                number(Decimal(str(value)), one.decimals),
            )
            for place, value in points
        ),
        months=tuple(
            Mark(
                f"{scale.x(place) + (RIGHT if place == len(months) - 1 else 0):.1f}",
                str(HIGH - 8),
                f"{month.since.month}/{month.since:%y}",
            )
            for place, (month, _found) in enumerate(months)
            if (len(months) - 1 - place) % every == 0
        ),
        levels=tuple(Mark(str(LEFT - 8), f"{scale.y(at):.1f}", said) for at, said in _levels(low, high)),
        aim_y=f"{scale.y(aims[0]):.1f}" if aims else "",
        last_is_open=last_is_open,
    )


def _points(months: Months) -> list[tuple[int, float]]:
    return [
        (place, float(found.value))
        for place, (_month, found) in enumerate(months)
        if found is not None and found.value is not None
    ]


def _pieces(points: Sequence[tuple[int, float]], scale: _Scale) -> Iterator[str]:
    """Yield the line; it is broken where a month has no value."""
    piece: list[tuple[int, float]] = []
    for point in points:
        if piece and point[0] != piece[-1][0] + 1:
            yield _drawn(piece, scale)
            piece = []
        piece.append(point)
    yield _drawn(piece, scale)


def _drawn(piece: Sequence[tuple[int, float]], scale: _Scale) -> str:
    return joined([(scale.x(place), scale.y(value)) for place, value in piece])


def _room(values: Sequence[float], *, is_share: bool) -> tuple[float, float]:
    room = (max(values) - min(values)) * 0.1 or max(abs(values[0]) * 0.05, 1.0)
    low, high = min(values) - room, max(values) + room
    if is_share:
        low, high = max(low, 0.0), min(high, 100.0)
    elif min(values) >= 0:
        low = max(low, 0.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _levels(low: float, high: float) -> list[tuple[float, str]]:
    step = step_of((high - low) / STEPS)
    found = [step * count for count in range(ceil(low / step), floor(high / step) + 1)]
    return [(one, number(Decimal(repr(round(one, 6))), 0 if step >= 1 else 1)) for one in found]
