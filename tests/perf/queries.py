"""What a page may ask of the database: ``query_counts.json``, address name → queries at most."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_counts.json")
MOST = 25


def budgets() -> dict[str, int]:
    """Return the budget of every page that has one."""
    kept: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept


@contextmanager
def within(name: str) -> Iterator[CaptureQueriesContext]:
    """Assert that the block asks no more than the page's budget."""
    with CaptureQueriesContext(connection) as caught:
        yield caught
    allowed = budgets()[name]
    asked = [query["sql"][:120] for query in caught.captured_queries]
    assert len(asked) <= allowed, f"{name}: {len(asked)} queries, {allowed} allowed\n" + "\n".join(asked)
