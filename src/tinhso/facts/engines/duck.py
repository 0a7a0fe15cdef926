"""DuckDB: in this process, over the files where they lie."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from tinhso.facts import files
from tinhso.facts.engines import views
from tinhso.facts.tables import TABLES, Table
from tinhso.facts.types import Part, Snapshot

MEMORY = "3GB"
THREADS = 2


class Duck:
    """One connection with the tables of facts as views."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Return all rows of a SELECT."""
        return self._connection.execute(sql).fetchall()


@contextmanager
def opened(snapshot: Snapshot) -> Iterator[Duck]:
    """Give a connection over the facts; it reads nothing but them."""
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": THREADS}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, part in snapshot.parts.items():
            _show(connection, TABLES[name], part)
        _shut_in(connection, snapshot)
        yield Duck(connection)


def to_parquet(table: Table, rows: Path, target: Path) -> None:
    """Write what :func:`files.copy_out` wrote as Parquet."""
    with duckdb.connect() as connection:
        source = files.read_csv(table, rows)
        connection.execute(f"COPY (FROM {source}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection with the tables and no rows: what a formula is tried on."""
    with duckdb.connect() as connection:
        for table in TABLES.values():
            columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
        connection.execute("SET enable_external_access = false")
        yield connection


def _show(connection: duckdb.DuckDBPyConnection, table: Table, part: Part) -> None:
    touched, rest = views.sources(part)
    # Read once into memory: the live part is small and asked for several times.
    connection.execute(f"CREATE TABLE {table.name}_live AS FROM {files.read_csv(table, part.live)}")
    for suffix, paths in (("touched", touched), ("rest", rest)):
        if paths:
            connection.execute(f"CREATE VIEW {table.name}_{suffix} AS FROM {files.read_parquet(paths)}")
    whole = views.whole(table, touched=bool(touched), rest=bool(rest))
    connection.execute(f"CREATE VIEW {table.name} AS {whole}")


def _shut_in(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Let no formula, however it came here, read another file than those of the facts."""
    paths = [str(path) for part in snapshot.parts.values() for path in part.files.values()]
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    connection.execute(f"SET allowed_paths = [{quoted}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
