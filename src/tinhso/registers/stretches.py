"""
A register in stretches, in the order in which its records were made, so that a page of what thousands have is
read from as much of the index of words as it needs.

The id of a record begins with the moment it was made. Its first nine digits, four seconds, stand in the
index as a word of their own, ``education.schools%01a203134``; a stretch is asked for by the beginnings of
such words. How far a page reaches is told by a sample of the register; whether it reaches is seen, so that a
bad sample costs time and nothing else.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from time import monotonic
from uuid import UUID

from django.db import connection

from tinhso.registers import words

DIGITS, BASE = 9, 16
LAST = BASE**DIGITS - 1
# So many pages of the table are looked at; with fewer records in them the register is small.
_PAGES, _LEAST = 2000, 100
# Ids of one page were made at one time: fewer of a sample tell nothing of how long a stretch is.
_SHORTEST = 40
# Beyond this share of a register the whole of it is asked sooner.
_MOST = 0.08
# A stretch may be so much longer than asked for.
_SPARE = 0.15
_KEPT_SECONDS = 3600.0
# A span, so that PostgreSQL takes the index that begins with the register and not that of all records.
_FIRST = """
SELECT record_id FROM register_version WHERE register BETWEEN %(one)s AND %(one)s
ORDER BY register, record_id LIMIT 1
"""
_SAMPLE = """
SELECT record_id FROM register_version
TABLESAMPLE SYSTEM (%s) WHERE register = %s AND known_to IS NULL
"""


class Stretches:
    """
    :param register_id: whose records they are
    :param sample: ids of some of them
    """

    def __init__(self, register_id: str, sample: Sequence[UUID]) -> None:
        self._register_id = register_id
        self._marks = sorted(mark_of(one) for one in sample) if len(sample) >= _LEAST else []

    def __bool__(self) -> bool:
        return bool(self._marks)

    def asked(self, share: float, *, since: UUID) -> str:
        """
        Return the question for about that share of the register; "" where all of it is asked sooner.

        :param since: the record it begins with, or somewhat before
        """
        count = max(_SHORTEST, math.ceil(share * len(self._marks)))
        if not self._marks or count > _MOST * len(self._marks):
            return ""
        first = mark_of(since)
        end = bisect_left(self._marks, first) + count
        if end >= len(self._marks):
            return ""
        beginnings = self._few(first, self._marks[end], spare=math.ceil(count * _SPARE))
        return " | ".join(words.quoted(f"{self._register_id}%{one}") + ":*" for one in beginnings)

    def _few(self, first: int, last: int, *, spare: int) -> list[str]:
        """Return few beginnings for a span, which may hold so many more: each of them costs a search."""
        best = list(cover(first, last))
        for size in (BASE**digits for digits in range(1, DIGITS)):
            earlier, later = first - first % size, last - last % size + size - 1
            first = earlier if self._between(earlier, first) <= spare else first
            last = later if self._between(last + 1, later + 1) <= spare else last
            best = min(best, list(cover(first, last)), key=len)
        return best

    def _between(self, first: int, last: int) -> int:
        return bisect_left(self._marks, last) - bisect_left(self._marks, first)


def mark_of(record_id: UUID) -> int:
    """Return the first digits of the id."""
    return int(record_id.hex[:DIGITS], BASE)


def cover(first: int, last: int) -> Iterator[str]:
    """
    Yield the fewest beginnings that all marks from the first to the last have, and no other.

    >>> list(cover(0x1FE, 0x221))
    ['0000001fe', '0000001ff', '00000020', '00000021', '000000220', '000000221']
    """
    while first <= last:
        digits, size = DIGITS, 1
        while first % (size * BASE) == 0 and first + size * BASE - 1 <= last:
            digits, size = digits - 1, size * BASE
        yield f"{first:0{DIGITS}x}"[:digits]
        first += size


def first_of(register_id: str) -> UUID | None:
    """Return the first record of the register; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"one": register_id})
        row = cursor.fetchone()
    return row[0] if row else None


_known: dict[str, tuple[float, Stretches]] = {}


def stretches(register_id: str, *, pages: float) -> Stretches:
    """
    Return the register's stretches; looked at again every hour.

    :param pages: how many the table has, about
    """
    now = monotonic()
    known = _known.get(register_id)
    if known is None or now - known[0] > _KEPT_SECONDS:
        known = _known[register_id] = now, Stretches(register_id, _sample(register_id, pages))
    return known[1]


def forget() -> None:
    """Look again at once; for who has just loaded many records."""
    _known.clear()


def _sample(register_id: str, pages: float) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLE, [min(100.0, 100.0 * _PAGES / max(pages, 1.0)), register_id])
        return [one for (one,) in cursor.fetchall()]
