"""
What a target will be on its day if it goes on as before: a line by least squares, and how sure it is.

The interval is the 90 % prediction interval of simple linear regression (Student's t, n − 2 degrees of
freedom). It assumes that values scatter about a line by chance alone; a turn of policy is no chance, and no
method sees it coming.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt

from tinhso.plans.status import Point, meets
from tinhso.plans.types import ForecastRules, Target

# Student's t, 0.95 quantile, by degrees of freedom from 1; beyond 30 that of 30, which is a little wider.
T95 = (
    *(6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812),
    *(1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725),
    *(1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697),
)


class Silence(StrEnum):
    """Why there is no forecast."""

    TOO_FEW = "too_few"
    TOO_FAR = "too_far"
    DAY_IS_OVER = "day_is_over"


class Chance(StrEnum):
    """What the interval says of the aim: all of it meets it, none of it does, or some."""

    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    :param on: the target's day
    :param low: of the 90 % interval, within what makes sense for the target
    :param drawn_from: how many values
    """

    on: date
    value: Decimal
    low: Decimal
    high: Decimal
    chance: Chance
    drawn_from: int


def forecast(
    target: Target, points: Sequence[Point], *, today: date, rules: ForecastRules
) -> Forecast | Silence:
    """
    Look ahead to the target's day, or say why not.

    :param points: in the order of their days, one for each day
    """
    if today > target.by or (points and points[-1].on >= target.by):
        return Silence.DAY_IS_OVER
    if len(points) < rules.least:
        return Silence.TOO_FEW
    span = (points[-1].on - points[0].on).days
    ahead = (target.by - points[-1].on).days
    if ahead > float(rules.reach) * span:
        return Silence.TOO_FAR
    middle, half = _line([((one.on - points[0].on).days, float(one.value)) for one in points], span + ahead)
    value, low, high = (_sensible(target, number) for number in (middle, middle - half, middle + half))
    return Forecast(target.by, value, low, high, _chance(target, low, high), len(points))


def _line(points: list[tuple[int, float]], at: int) -> tuple[float, float]:
    """Return the line's value at ``at`` and half the width of the interval there."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    start = mean_y - slope * mean_x
    rest = sum((y - start - slope * x) ** 2 for x, y in points)
    error = sqrt(rest / (count - 2))
    half = T95[min(count - 2, len(T95)) - 1] * error * sqrt(1 + 1 / count + (at - mean_x) ** 2 / spread)
    return start + slope * at, half


def _sensible(target: Target, number: float) -> Decimal:
    value = Decimal(repr(number)).quantize(Decimal(1).scaleb(-max(target.decimals, 1)))
    if target.lowest is not None:
        value = max(value, target.lowest)
    return min(value, target.highest) if target.highest is not None else value


def _chance(target: Target, low: Decimal, high: Decimal) -> Chance:
    ends = {meets(target, low), meets(target, high)}
    if ends == {True}:
        return Chance.LIKELY
    return Chance.UNLIKELY if ends == {False} else Chance.UNCERTAIN
