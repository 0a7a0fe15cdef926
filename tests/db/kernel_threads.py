"""Callers at the same time, each with a database connection and real transactions of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(act: Callable[[int], T], *, callers: int) -> list[T]:
    """Call ``act(number)`` in as many threads as there are callers; return what each returned."""

    def run(number: int) -> T:
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(run, range(callers)))
