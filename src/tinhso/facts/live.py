"""Facts where they lie in PostgreSQL, read by the same SELECTs: for lists of dossiers behind a figure."""

from collections.abc import Iterable
from typing import Any

import sqlglot
from django.db import connection

from tinhso.facts import reading
from tinhso.facts.actions.project import LOCK
from tinhso.facts.models import FactCursor
from tinhso.facts.refusals import FactsAreRebuilt
from tinhso.facts.tables import DOSSIERS, TABLES, Table
from tinhso.facts.types import Checkpoint


def hold() -> Checkpoint:
    """
    Keep facts from changing until the transaction ends, and say which they are. Many may hold at once.

    :raises FactsAreRebuilt: they are made anew just now
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [LOCK])
    found = FactCursor.objects.filter(pk=1).first() or FactCursor()
    if found.rebuild_to > found.read_to:
        raise FactsAreRebuilt
    return Checkpoint(found.read_to, found.passes, reading.holes())


def translated(select: str, tables: Iterable[str]) -> str:
    """
    Return a SELECT over tables of facts, in DuckDB's words, as PostgreSQL takes it.

    :raises sqlglot.errors.SqlglotError: it has no such words
    """
    sql = sqlglot.transpile(
        select, read="duckdb", write="postgres", unsupported_level=sqlglot.ErrorLevel.RAISE
    )[0]
    shown = ", ".join(_shown(TABLES[name]) for name in tables)
    return f"WITH {shown} {sql}"


def rows(sql: str) -> list[tuple[Any, ...]]:
    """Return all rows of what :func:`translated` gave."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _shown(table: Table) -> str:
    columns = ", ".join(column.select for column in table.columns)
    only = " WHERE number IS NOT NULL" if table is DOSSIERS else ""
    return f"{table.name} AS NOT MATERIALIZED (SELECT {columns} FROM {table.stored}{only})"
