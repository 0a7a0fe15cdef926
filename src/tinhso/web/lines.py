"""What all lines drawn on the server have in common, with numbers as SVG takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

Places = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a place of the picture."""

    x: str
    y: str
    text: str


def joined(places: Places) -> str:
    """Return the places as ``points`` of a line."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def small(points: Places, last: float, *, wide: int, high: int, beside: int, above: int) -> Places:
    """
    Return where values lie in a small picture without axes, the lowest at its foot.

    :param points: how far from the beginning, and the value
    :param last: how far the end is
    :param beside: room left and right; ``above``: over and under the line
    """
    values = [value for _far, value in points]
    low, span = min(values), (max(values) - min(values)) or 1
    return [
        (
            beside + (wide - 2 * beside) * far / (last or 1),
            high - above - (high - 2 * above) * (value - low) / span,
        )
        for far, value in points
    ]


def step_of(least: float) -> float:
    """Return a round step of at least so much: 1, 2, 5 or 10 times a power of ten."""
    power = 10.0 ** floor(log10(least))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= least * 0.999)
