"""A target's values as a picture: what was reached, the way there, the aim, where the trend leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from tinhso.plans.forecast import Forecast
from tinhso.plans.status import Point
from tinhso.plans.views import TargetView
from tinhso.web.lines import Mark, joined, small, step_of
from tinhso.web.plans.words import number

WIDE, HIGH = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 34
SPARK_WIDE, SPARK_HIGH = 96, 28
STEPS = 3


@dataclass(frozen=True, slots=True)
class Chart:
    """
    :param line: points of the values
    :param way: from the start to the aim; empty: no start is known
    :param ahead: from the last value to the forecast; ``fan`` its interval
    """

    aim_y: str
    line: str
    dots: tuple[Mark, ...]
    way: str
    ahead: str
    fan: str
    days: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    due_x: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return LEFT + (WIDE - LEFT - RIGHT) * (day - self.first).days / span

    def y(self, value: float) -> float:
        return HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * (value - self.low) / ((self.high - self.low) or 1)

    def at(self, day: date, value: Decimal | float) -> str:
        return f"{self.x(day):.1f},{self.y(float(value)):.1f}"


def chart(view: TargetView) -> Chart | None:
    """Return the picture; None where there is no value to draw."""
    if not view.points:
        return None
    target, ahead = view.target, view.forecast if isinstance(view.forecast, Forecast) else None
    start = Point(target.base.on, target.base.value) if target.base else view.points[0]
    scale = _scale(view, start, ahead)
    last = view.points[-1]
    return Chart(
        aim_y=f"{scale.y(float(target.aim)):.1f}",
        line=_line(scale, view.points) if len(view.points) > 1 else "",
        dots=tuple(_dot(scale, one, target.decimals) for one in view.points),
        way=_line(scale, (start, Point(target.by, target.aim))) if start.on < target.by else "",
        ahead=_line(scale, (last, Point(ahead.on, ahead.value))) if ahead else "",
        fan=" ".join(
            (scale.at(last.on, last.value), scale.at(ahead.on, ahead.high), scale.at(ahead.on, ahead.low))
        )
        if ahead
        else "",
        days=_days(scale, start.on, target.by),
        levels=_levels(scale, target.decimals),
        due_x=f"{scale.x(target.by):.1f}",
    )


def spark(points: Sequence[Point]) -> str:
    """Return a small line without axes; empty with fewer than two values."""
    if len(points) < 2:
        return ""
    far = [((one.on - points[0].on).days, float(one.value)) for one in points]
    return joined(small(far, far[-1][0], wide=SPARK_WIDE, high=SPARK_HIGH, beside=2, above=3))


def _scale(view: TargetView, start: Point, ahead: Forecast | None) -> _Scale:
    values = [float(one.value) for one in (*view.points, start)] + [float(view.target.aim)]
    if ahead:
        values += [float(ahead.low), float(ahead.high)]
    room = (max(values) - min(values)) * 0.08 or 1.0
    low, high = min(values) - room, max(values) + room
    if view.target.lowest is not None:
        low = max(low, float(view.target.lowest))
    if view.target.highest is not None:
        high = min(high, float(view.target.highest))
    days = [start.on, view.points[0].on, view.points[-1].on, view.target.by]
    return _Scale(min(days), max(days), low, high)


def _line(scale: _Scale, points: Sequence[Point]) -> str:
    return " ".join(scale.at(one.on, one.value) for one in points)


def _dot(scale: _Scale, point: Point, decimals: int) -> Mark:
    return Mark(
        f"{scale.x(point.on):.1f}", f"{scale.y(float(point.value)):.1f}", number(point.value, decimals)
    )


def _days(scale: _Scale, start: date, due: date) -> tuple[Mark, ...]:
    ends = dict.fromkeys(sorted((scale.first, scale.last, start, due)))
    shown: list[Mark] = []
    for one in ends:
        x = scale.x(one)
        if all(abs(float(mark.x) - x) > 90 for mark in shown):
            shown.append(Mark(f"{x:.1f}", str(HIGH - 10), one.strftime("%d/%m/%Y")))
    return tuple(shown)


def _levels(scale: _Scale, decimals: int) -> tuple[Mark, ...]:
    step = step_of((scale.high - scale.low) / STEPS)
    first, last = ceil(scale.low / step), floor(scale.high / step)
    found = [step * count for count in range(first, last + 1)]
    shown = max(decimals, 0 if step >= 1 else 1)
    return tuple(
        Mark(str(LEFT - 8), f"{scale.y(one):.1f}", number(Decimal(repr(round(one, 6))), shown))
        for one in found
    )
