"""What is too few to be told to everybody: one rule for every public edition of figures."""

from collections.abc import Mapping


def hidden(counts: Mapping[str, int], *, least: int) -> frozenset[str]:
    """
    Return the parts of a whole whose figures are not told: of which there are some, but few.

    The whole is told too. If only one part were hidden, it could be worked out from the others; then the next
    smallest goes with it.

    >>> sorted(hidden({"a": 3, "b": 9, "c": 40, "d": 0}, least=5))
    ['a', 'b']
    """
    few = {name for name, count in counts.items() if 0 < count < least}
    if len(few) == 1:
        rest = sorted((count, name) for name, count in counts.items() if count >= least)
        few |= {name for _count, name in rest[:1]}
    return frozenset(few)


def is_hidden(count: int, *, least: int) -> bool:
    """Tell whether a figure that is no part of a told whole is left out."""
    return 0 < count < least
