"""How a value stands to its target: the same marks wherever figures are shown."""

from decimal import Decimal
from enum import StrEnum

from tinhso.indicators.definitions import Indicator

# Part of the target within which a missed one is near. A setting of the house, the same on every page.
NEAR_BY = Decimal("0.05")


class Verdict(StrEnum):
    REACHED = "reached"
    NEAR = "near"
    MISSED = "missed"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"


def judge(one: Indicator, value: Decimal | None) -> Verdict:
    """Return how the value stands; nothing known is never a nought."""
    if value is None:
        return Verdict.NO_DATA
    if one.target is None:
        return Verdict.NO_TARGET
    lacking = one.target - value if one.direction == "up" else value - one.target
    if lacking <= 0:
        return Verdict.REACHED
    return Verdict.NEAR if lacking <= abs(one.target) * NEAR_BY else Verdict.MISSED


def is_better(one: Indicator, change: Decimal) -> bool:
    """Tell whether a change is for the better."""
    return change > 0 if one.direction == "up" else change < 0
