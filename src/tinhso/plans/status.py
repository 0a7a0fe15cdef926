"""How a target stands: computed from its values, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tinhso.plans.types import Base, Target


class Status(StrEnum):
    """
    ``open``: neither reached nor over, and too little to say whether it goes fast enough.
    """

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    OPEN = "open"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a target at the end of a day."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """
    :param latest: the last value there is
    :param expected: what a straight way from the start to the aim would have given on the latest value's day
    :param is_late: reached, but only after its day; or its day is over and it is not
    """

    status: Status
    latest: Point | None = None
    expected: Decimal | None = None
    is_late: bool = False


def meets(target: Target, value: Decimal) -> bool:
    """Tell whether the value is what the target aims at, or better."""
    if value == target.aim:
        return not target.exceed
    return value > target.aim if target.direction == "up" else value < target.aim


def stand(target: Target, points: Sequence[Point], *, today: date) -> Standing:
    """
    Say how the target stands.

    Before its day, the last value decides. From its day on, the last value of a time up to it does: what fell
    afterwards was reached, what came afterwards was reached late. Whether a value goes fast enough is judged
    against a straight line from the declared start, or else from the first value, to the aim; with less, it
    is ``open``.

    :param points: in the order of their days, none after ``today``
    """
    if not points:
        return Standing(Status.NO_DATA, is_late=today > target.by)
    latest = points[-1]
    if today <= target.by:
        if meets(target, latest.value):
            return Standing(Status.REACHED, latest)
        return _on_the_way(target, points)
    in_time = [one for one in points if one.on <= target.by]
    if in_time and meets(target, in_time[-1].value):
        return Standing(Status.REACHED, latest)
    if meets(target, latest.value):
        return Standing(Status.REACHED, latest, is_late=True)
    return Standing(Status.BEHIND, latest, is_late=True)


def _on_the_way(target: Target, points: Sequence[Point]) -> Standing:
    latest = points[-1]
    start = _start(target.base, points)
    if start is None or latest.on <= start.on or start.on >= target.by:
        return Standing(Status.OPEN, latest)
    share = Decimal((latest.on - start.on).days) / Decimal((target.by - start.on).days)
    expected = start.value + (target.aim - start.value) * min(share, Decimal(1))
    is_enough = latest.value >= expected if target.direction == "up" else latest.value <= expected
    return Standing(Status.ON_THE_WAY if is_enough else Status.BEHIND, latest, expected)


def _start(base: Base | None, points: Sequence[Point]) -> Point | None:
    if base is not None:
        return Point(base.on, base.value)
    return points[0] if len(points) > 1 else None
