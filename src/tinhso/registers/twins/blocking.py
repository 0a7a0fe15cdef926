"""
Which records are compared at all: those that share a block.

Blocks are chosen so that one mistake leaves at least one of them whole: a number without its last three
digits and without the three before; a folded name with a year; the first word of a name with a day, the last
with a day, both with a year.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tinhso.definitions.registers.types import FieldType
from tinhso.registers.twins.columns import ABSENT, NAMES, Column, Numbers, Records

# A block larger than this says nothing: «Nguyễn Thị Hoa» of a year alone is no likeness.
LARGEST = 200
PAIRS_AT_ONCE = 400_000
Keys = NDArray[np.uint64]
Pairs = tuple[Numbers, Numbers]
_ONE, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def pairs(records: Records) -> Iterator[Pairs]:
    """Yield pairs of places, the older record first, some at a time; a pair may come more than once."""
    for key in _blocks(records):
        yield from _within(key)


def _blocks(records: Records) -> Iterator[Keys]:
    dates = [one for one in records.columns if one.field.type is FieldType.DATE]
    for column in records.columns:
        if column.field.type is FieldType.PERSONAL_ID:
            yield _key(column.values)
            yield _key(_of(column.values, column.values // 1000))
            tail = column.values // 1_000_000 * 1000 + column.values % 1000
            yield _key(_of(column.values, tail))
        elif column.field.type in NAMES:
            yield from _of_names(records, column, dates)


def _of_names(records: Records, column: Column, dates: list[Column]) -> Iterator[Keys]:
    first, last = _ends(records, column.values)
    if not dates:
        yield _key(column.values)
        yield _key(first, last)
    for date in dates:
        year, day = _of(date.values, date.values // 10_000), _days(date.values)
        yield _key(column.values, year)
        yield _key(first, day)
        yield _key(last, day)
        yield _key(first, _of(year, last * 10_000 + year))


def _days(dates: Numbers) -> Numbers:
    """Return the dates of which the day is known."""
    return np.where(dates % 100 == 0, ABSENT, dates)


def _of(asked: Numbers, made: Numbers) -> Numbers:
    """Return what was made, where what it was made of is there."""
    return np.where(asked == ABSENT, ABSENT, made)


def _ends(records: Records, names: Numbers) -> tuple[Numbers, Numbers]:
    """Return the first and the last word of each name, as numbers."""
    words: dict[str, int] = {}
    ends = np.empty((len(records.pool.texts) + 1, 2), dtype=np.int64)
    for place, text in enumerate(records.pool.texts):
        parts = text.split() or [""]
        ends[place] = [words.setdefault(part, len(words)) for part in (parts[0], parts[-1])]
    ends[-1] = ABSENT  # where the absent ones look
    return ends[names, 0], ends[names, 1]


def _key(*parts: Numbers) -> Keys:
    """Return one number for each record; 0 where a part is absent."""
    key = np.zeros(len(parts[0]), dtype=np.uint64)
    there = np.ones(len(parts[0]), dtype=bool)
    for part in parts:
        there &= part != ABSENT
        key = (key ^ (part.astype(np.uint64) + _ONE)) * _OTHER
        key ^= key >> np.uint64(29)
    return np.where(there, key | np.uint64(1), np.uint64(0))


def _within(key: Keys) -> Iterator[Pairs]:
    """Yield the pairs of records with the same key."""
    places = np.flatnonzero(key)
    order = places[np.argsort(key[places], kind="stable")]
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(order) else order
    sizes = np.diff(np.append(starts, len(order)))
    for size in range(2, LARGEST + 1):
        of_size = starts[sizes == size]
        if not len(of_size):
            continue
        one, other = np.triu_indices(size, 1)
        step = max(1, PAIRS_AT_ONCE // len(one))
        for begin in range(0, len(of_size), step):
            at = of_size[begin : begin + step, None]
            yield order[at + one].ravel(), order[at + other].ravel()
