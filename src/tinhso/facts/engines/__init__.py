"""What counts facts: DuckDB here, Spark where one machine is not enough. The same SQL, equal answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings

from tinhso.facts.types import Snapshot

Row = tuple[Any, ...]
# Loaded when first asked for: pages read what was counted already, and are spared the engine.
MODULES = {"duckdb": "tinhso.facts.engines.duck", "spark": "tinhso.facts.engines.spark"}


class Engine(Protocol):
    """Answers a SELECT in DuckDB's words over the tables of ``tables.TABLES``."""

    def rows(self, sql: str) -> Sequence[Row]: ...


@contextmanager
def engine(snapshot: Snapshot, *, name: str = "") -> Iterator[Engine]:
    """
    Open the engine of this installation over the facts.

    :param name: ``duckdb`` or ``spark``; empty: as ``TINHSO_FACTS_ENGINE`` says
    """
    with loaded(name or settings.TINHSO.facts_engine).opened(snapshot) as counting:
        yield counting


def loaded(name: str) -> Any:
    """Return the module of an engine."""
    return import_module(MODULES[name])
