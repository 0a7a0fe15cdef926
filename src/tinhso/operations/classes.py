"""Five classes around a target, the same in map and table; in between they are the verdicts of tiles."""

from dataclasses import dataclass
from decimal import Decimal

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.judging import NEAR_BY

# From the class of the worst (0) to that of the best (4): missed by far, missed, near, reached, well over.
CLASSES = 5
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Scale:
    """
    :param bounds: the four values at which classes change, from the worst on; empty without a target
    :param is_up: more is better
    """

    bounds: tuple[Decimal, ...]
    is_up: bool

    def class_of(self, value: Decimal | None) -> int:
        """Return 0 (worst) to 4 (best), or :data:`UNKNOWN`."""
        if value is None or not self.bounds:
            return UNKNOWN
        return sum(value >= one if self.is_up else value <= one for one in self.bounds)


def scale(one: Indicator, *, far: Decimal, well: Decimal) -> Scale:
    """
    Return the classes of an indicator.

    :param far: percent of the target from which a missed one is missed by far; ``well``: over it
    """
    is_up = one.direction == "up"
    if one.target is None:
        return Scale((), is_up)
    share, sign = abs(one.target) / 100, 1 if is_up else -1
    apart = (-far * share, -abs(one.target) * NEAR_BY, Decimal(0), well * share)
    return Scale(tuple(one.target + sign * part for part in apart), is_up)
