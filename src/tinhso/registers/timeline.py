"""
One record's line through the days of the world, and what a correction makes of it. Nothing here knows a
database.

Days run from ``start`` (included) to ``end`` (excluded, None: open). Slices do not overlap.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Slice(Generic[Content]):
    start: date
    end: date | None
    content: Content


@dataclass(frozen=True, slots=True)
class Rewritten(Generic[Content]):
    """
    :param closed: slices that no longer stand as they were
    :param made: what takes their place, by start
    """

    closed: tuple[Slice[Content], ...]
    made: tuple[Slice[Content], ...]


def rewrite(
    slices: Iterable[Slice[Content]],
    change: Callable[[Content], Content],
    *,
    since: date | None = None,
    until: date | None = None,
) -> Rewritten[Content]:
    """
    Change what is true from ``since`` to ``until``; what is true of other days stays, in slices of its own.

    :param since: None: from the beginning
    :param until: the first day the change does not reach; None: for good
    """
    closed: list[Slice[Content]] = []
    made: list[Slice[Content]] = []
    for one in sorted(slices, key=lambda one: one.start):
        if not _meet(one, since, until):
            continue
        changed = change(one.content)
        if changed == one.content:
            continue
        closed.append(one)
        made += _pieces(one, changed, since, until)
    return Rewritten(tuple(closed), tuple(made))


def _meet(one: Slice[Content], since: date | None, until: date | None) -> bool:
    return (until is None or one.start < until) and (since is None or one.end is None or since < one.end)


def _pieces(
    one: Slice[Content], changed: Content, since: date | None, until: date | None
) -> Iterator[Slice[Content]]:
    start = one.start if since is None else max(one.start, since)
    end = one.end if until is None else until if one.end is None else min(one.end, until)
    if one.start < start:
        yield Slice(one.start, start, one.content)
    yield Slice(start, end, changed)
    if end is not None and end != one.end:
        yield Slice(end, one.end, one.content)
