"""
Dates as papers give them: a day, or only a month or a year. Kept as they are known, ``1960``, ``1960-05``.
"""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})")
FIRST_YEAR, LAST_YEAR = 1850, 2199


class NoSuchDay(ValueError):  # noqa: N818  (named by what is wrong)
    """The text is no date, or its month has no such day."""


def read_date(text: str) -> str:
    """
    Return the date as ISO 8601 with the precision it was written in. :raises NoSuchDay: it is none

    >>> read_date("5/1960"), read_date("1960"), read_date("2026-11-22")
    ('1960-05', '1960', '2026-11-22')
    """
    year, month, day = _parts(text.strip())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchDay(text)
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as problem:
        raise NoSuchDay(text) from problem
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def precision(text: str) -> str:
    """Return ``day``, ``month`` or ``year``."""
    return {10: "day", 7: "month"}.get(len(text), "year")


def first_day(text: str) -> date:
    """Return the first day the date may mean."""
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


def _parts(text: str) -> tuple[int, int | None, int | None]:
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _WRITTEN.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise NoSuchDay(text)
    return int(year), int(month) if month else None, int(day) if day else None
