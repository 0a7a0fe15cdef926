"""
Small numbers are not told to everybody, and cannot be worked out from what is told.

A row of fewer facts than the setting says is left out. Where a whole is told beside the rows, what is left
out must not be its difference to the rest: then the smallest of the others is left out too, until at least
two rows and as many facts as the setting says are hidden together.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import Field

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict

FILE = "vietnam/small-numbers.yaml"


class SmallNumbers(Strict):
    """:param least: fewer facts are not told; ``source`` who says so"""

    least: int = Field(ge=1)
    source: str


def small_numbers() -> SmallNumbers:
    """Return the setting. :raises BrokenPack: the file is wrong"""
    path = settings.TINHSO.packs / FILE
    return _read(path, path.stat().st_mtime_ns)


def hidden(counts: Mapping[str, int], *, least: int, whole_is_told: bool = True) -> frozenset[str]:
    """
    Return which rows are not told.

    :param counts: facts of each row; a row of none tells of nobody and stays
    :param whole_is_told: the sum of all rows is told beside them

    >>> sorted(hidden({"a": 3, "b": 40, "c": 9}, least=5))
    ['a', 'c']
    """
    left_out = {name for name, count in counts.items() if is_small(count, least=least)}
    if not left_out or not whole_is_told:
        return frozenset(left_out)
    rest = sorted((count, name) for name, count in counts.items() if count and name not in left_out)
    for _count, name in rest:
        if len(left_out) > 1 and sum(counts[one] for one in left_out) >= least:
            break
        left_out.add(name)
    return frozenset(left_out)


def is_small(count: int, *, least: int) -> bool:
    """Tell whether a figure that is no part of a told whole is left out; of nobody it tells nothing."""
    return 0 < count < least


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the setting of a folder of packs; one without it is none of ours."""
    if (packs / FILE).exists():
        yield from load(packs / FILE, SmallNumbers).mistakes


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> SmallNumbers:
    return whole(path, SmallNumbers)
