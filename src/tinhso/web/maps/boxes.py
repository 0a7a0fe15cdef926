"""The part of the earth a map shows: inside the province, in the picture's proportions."""

import math
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from tinhso.registers.columns import Box

# Width to height of the picture.
WIDE, HIGH = 880, 620
# Degrees of latitude of the closest look, some three hundred metres.
CLOSEST = 0.003
STEP = 0.4


@dataclass(frozen=True)
class Frame:
    """
    What the picture shows, in degrees.

    :param limits: the whole province; nothing outside it is ever shown, so no map here is one of the country
    """

    box: Box
    limits: Box

    @cached_property
    def squeeze(self) -> float:
        """How long a degree of longitude is beside one of latitude."""
        return cos(radians((self.limits[1] + self.limits[3]) / 2))

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def is_whole(self) -> bool:
        return self.height >= (self.limits[3] - self.limits[1]) * 0.999

    @property
    def is_far(self) -> bool:
        """Tell whether the look is at the scale of the province, not of a commune."""
        return self.height > (self.limits[3] - self.limits[1]) * 0.45

    def zoomed(self, times: float) -> "Frame":
        """Return the frame around the same middle, ``times`` as close."""
        x, y = (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2
        high = self.height / times / 2
        return fitted((x - high, y - high, x + high, y + high), self.limits, around=(x, y), high=high * 2)

    def moved(self, east: float, north: float) -> "Frame":
        """Return the frame moved by shares of its size."""
        x = (self.box[0] + self.box[2]) / 2 + east * STEP * self.width
        y = (self.box[1] + self.box[3]) / 2 + north * STEP * self.height
        return fitted(self.box, self.limits, around=(x, y), high=self.height)

    def written(self) -> str:
        """Return the box as addresses carry it, to a metre."""
        return ",".join(f"{one:.5f}".rstrip("0").rstrip(".") for one in self.box)


def frame(written: str, limits: Box) -> Frame:
    """Return the frame of an address; of one that is empty or no box, the whole province."""
    whole = fitted(limits, limits)
    limits = whole.box
    try:
        west, south, east, north = (float(one) for one in written.split(","))
    except ValueError:
        return Frame(limits, limits)
    if not all(map(math.isfinite, (west, south, east, north))) or west >= east or south >= north:
        return Frame(limits, limits)
    return fitted((west, south, east, north), limits)


def around(place: tuple[float, float], high: float, limits: Box) -> Frame:
    """Return the frame with the place in its midst."""
    return fitted((*place, *place), limits, around=place, high=high)


def fitted(
    box: Box, limits: Box, *, around: tuple[float, float] | None = None, high: float | None = None
) -> Frame:
    """Return the smallest frame of the picture's proportions that holds the box, kept inside the limits."""
    squeeze = cos(radians((limits[1] + limits[3]) / 2))
    ratio = WIDE / HIGH / squeeze
    west, south, east, north = box
    x, y = around or ((west + east) / 2, (south + north) / 2)
    if high is None:
        high = max(north - south, (east - west) / ratio)
    most = max(limits[3] - limits[1], (limits[2] - limits[0]) / ratio)
    high = min(max(high, CLOSEST), most)
    wide = high * ratio
    x = _kept(x, wide, limits[0], limits[2])
    y = _kept(y, high, limits[1], limits[3])
    return Frame((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), limits)


def _kept(at: float, size: float, low: float, high: float) -> float:
    if size >= high - low:
        return (low + high) / 2
    return min(max(at, low + size / 2), high - size / 2)
