"""What counts facts: DuckDB here, Spark where one machine is not enough. The same SQL, equal answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.conf import settings

from tinhso.facts.engines import duck, spark
from tinhso.facts.types import Snapshot

Row = tuple[Any, ...]


class Engine(Protocol):
    """Answers a SELECT in DuckDB's words over the tables of ``tables.TABLES``."""

    def rows(self, sql: str) -> Sequence[Row]: ...


@contextmanager
def engine(snapshot: Snapshot, *, name: str = "") -> Iterator[Engine]:
    """
    Open the engine of this installation over the facts.

    :param name: ``duckdb`` or ``spark``; empty: as ``TINHSO_FACTS_ENGINE`` says
    """
    opened = spark.opened if (name or settings.TINHSO.facts_engine) == "spark" else duck.opened
    with opened(snapshot) as counting:
        yield counting
