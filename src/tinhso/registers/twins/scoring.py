"""
How alike pairs of records are, many pairs at once: names as Vietnamese spell them, dates as well as they are
known, numbers of persons.

Both sides are folded, so tone marks, ``hoà`` and ``hòa``, Đ and đ make no difference. Fields agree, differ,
or say nothing where one of them is absent.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from tinhso.definitions.registers.types import FieldType
from tinhso.registers.twins.blocking import Pairs
from tinhso.registers.twins.columns import ABSENT, NAMES, WEIGHTS, Column, Numbers, Records

# From here on two records are shown to a person; a wrong pair costs a minute, a missed one stays for years.
ENOUGH = 88
# One digit wrong, or two neighbours swapped: numbers given to two people differ in more, but for chance.
NEAR_NUMBER = 92
SWAPPED_DATE, SLIPPED_DATE, SAME_YEAR = 88, 78, 40
LEAST_ASKED = WEIGHTS[FieldType.PERSON_NAME]
AGREES = {FieldType.PERSON_NAME: 90, FieldType.TEXT: 92, FieldType.PERSONAL_ID: NEAR_NUMBER}
Shares = NDArray[np.float64]


def likely(records: Records, waiting: Iterable[Pairs]) -> dict[tuple[int, int], int]:
    """Return the pairs that are alike enough, each with its likeness of 0 to 100."""
    found: dict[tuple[int, int], int] = {}
    for one, other in waiting:
        kept, scores = _scores(records, one, other)
        for first, second, score in zip(one[kept], other[kept], scores, strict=True):
            found[int(first), int(second)] = round(float(score))
    return found


def agreeing(records: Records, first: int, second: int) -> tuple[str, ...]:
    """Return the ids of the fields in which the two agree."""
    one, other = np.array([first]), np.array([second])
    return tuple(
        column.field.id
        for column in records.columns
        if _there(column, one, other)[0]
        and _share(records, column, one, other)[0] >= AGREES.get(column.field.type, SWAPPED_DATE)
    )


def _scores(records: Records, one: Numbers, other: Numbers) -> tuple[Numbers, Shares]:
    """Return which pairs are alike enough, and how much; names, which cost most, are compared last."""
    gained, asked = np.zeros(len(one)), np.zeros(len(one))
    names = [column for column in records.columns if column.field.type in NAMES]
    for column in records.columns:
        if column.field.type not in NAMES:
            there = _there(column, one, other)
            weight = WEIGHTS[column.field.type]
            asked += weight * there
            gained += weight * there * _share(records, column, one, other)
    open_weight = np.zeros(len(one))
    for column in names:
        open_weight += WEIGHTS[column.field.type] * _there(column, one, other)
    all_asked = asked + open_weight
    may = (all_asked >= LEAST_ASKED) & (gained + 100 * open_weight >= ENOUGH * all_asked)
    kept = np.flatnonzero(may)
    gained = gained[kept]
    for column in names:
        there = _there(column, one[kept], other[kept])
        share = _share(records, column, one[kept], other[kept])
        gained += WEIGHTS[column.field.type] * there * share
    scores = gained / all_asked[kept]
    enough = np.round(scores) >= ENOUGH
    return kept[enough], scores[enough]


def _there(column: Column, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = (column.values[one] != ABSENT) & (column.values[other] != ABSENT)
    return there


def _share(records: Records, column: Column, one: Numbers, other: Numbers) -> Shares:
    first, second = column.values[one], column.values[other]
    if column.field.type in NAMES:
        return _names(records.pool.texts, first, second)
    return _SHARES.get(column.field.type, _same)(first, second)


def _same(first: Numbers, second: Numbers) -> Shares:
    return np.where(first == second, 100.0, 0.0)


def _names(texts: list[str], first: Numbers, second: Numbers) -> Shares:
    """
    Return how alike the texts are: half by their letters, half by their words, so that a middle name left out
    costs less than another given name.
    """
    shares = np.full(len(first), 100.0)
    differ = np.flatnonzero(first != second)
    if len(differ):
        one = [texts[place] for place in first[differ]]
        other = [texts[place] for place in second[differ]]
        letters = cpdist(one, other, scorer=fuzz.ratio)
        words = cpdist(one, other, scorer=fuzz.token_set_ratio)
        shares[differ] = np.maximum(letters, (letters.astype(float) + words) / 2)
    return shares


def _dates(first: Numbers, second: Numbers) -> Shares:
    """A year agrees with every day of it."""
    year = first // 10_000 == second // 10_000
    month, other_month = first // 100 % 100, second // 100 % 100
    day, other_day = first % 100, second % 100
    only_year = (month == 0) | (other_month == 0)
    only_month = (day == 0) | (other_day == 0)
    same = year & (only_year | ((month == other_month) & (only_month | (day == other_day))))
    swapped = year & (month == other_day) & (day == other_month)
    slipped = year & ((month == other_month) | (day == other_day))
    return np.select([same, swapped, slipped, year], [100.0, SWAPPED_DATE, SLIPPED_DATE, SAME_YEAR], 0.0)


def _personal_ids(first: Numbers, second: Numbers) -> Shares:
    shares = _same(first, second)
    for place in range(12):
        ten = 10**place
        # All digits but this one are the same.
        alone = (first // (ten * 10) == second // (ten * 10)) & (first % ten == second % ten)
        shares[alone & (shares < NEAR_NUMBER)] = NEAR_NUMBER
        if place < 11:
            around = (first // (ten * 100) == second // (ten * 100)) & (first % ten == second % ten)
            low, high = first // ten % 10, first // (ten * 10) % 10
            turned = (second // ten % 10 == high) & (second // (ten * 10) % 10 == low)
            shares[around & turned & (shares < NEAR_NUMBER)] = NEAR_NUMBER
    return shares


_SHARES: Mapping[FieldType, Callable[[Numbers, Numbers], Shares]] = {
    FieldType.DATE: _dates,
    FieldType.PERSONAL_ID: _personal_ids,
}
