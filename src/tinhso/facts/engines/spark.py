"""
Spark: the same tables and the same SQL, where one machine is not enough.

PySpark is an extra (``pip install tinhso[spark]``) and needs Java 17; it is imported when first asked for.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlglot
from django.conf import settings

from tinhso.facts.engines import views
from tinhso.facts.tables import TABLES, Table, Type
from tinhso.facts.types import Part, Snapshot

# Our moments are UTC without a zone, in files and in the live part.
TYPES: dict[Type, str] = {
    "BIGINT": "BIGINT",
    "INTEGER": "INT",
    "VARCHAR": "STRING",
    "DATE": "DATE",
    "TIMESTAMP": "TIMESTAMP_NTZ",
    "BOOLEAN": "BOOLEAN",
}
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.sql.ansi.enabled": "true",
}


class Spark:
    """A session with the tables of facts as views."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Return all rows of a SELECT in DuckDB's words."""
        return [tuple(row) for row in self._session.sql(translated(sql)).collect()]


def translated(sql: str) -> str:
    """Return the SELECT in Spark's words. :raises sqlglot.errors.SqlglotError: it has no such words"""
    return sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


@contextmanager
def opened(snapshot: Snapshot) -> Iterator[Spark]:
    """Give a session over the facts. The session itself stays: starting one takes seconds."""
    session = _session()
    for name, part in snapshot.parts.items():
        _show(session, TABLES[name], part)
    yield Spark(session)


def _session() -> Any:
    builder = import_module("pyspark.sql").SparkSession.builder.appName("tinhso")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    return builder.master(settings.TINHSO.spark_master).getOrCreate()


def _show(session: Any, table: Table, part: Part) -> None:
    touched, rest = views.sources(part)
    _live(session, table, part.live).createOrReplaceTempView(f"{table.name}_live")
    for suffix, paths in (("touched", touched), ("rest", rest)):
        if paths:
            read = session.read.parquet(*map(str, paths))
            read.createOrReplaceTempView(f"{table.name}_{suffix}")
    whole = translated(views.whole(table, touched=bool(touched), rest=bool(rest)))
    session.sql(whole).createOrReplaceTempView(table.name)


def _live(session: Any, table: Table, path: Path) -> Any:
    shape = ", ".join(f"{column.name} STRING" for column in table.columns)
    read = session.read.csv(str(path), header=True, schema=shape, nullValue="\\N", emptyValue="", quote='"')
    casts = [_cast(column.name, column.type) for column in table.columns]
    return read.selectExpr(*casts)


def _cast(name: str, kind: Type) -> str:
    if kind == "BOOLEAN":  # PostgreSQL writes t and f
        return f"({name} = 't') AS {name}"
    return f"CAST({name} AS {TYPES[kind]}) AS {name}"
