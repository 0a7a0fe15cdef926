"""Where Parquet files of facts lie, and how rows get out of PostgreSQL."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from tinhso.facts.tables import DOSSIERS, Table


def folder() -> Path:
    """Return the folder of facts of this installation."""
    path: Path = settings.FACT_FILES
    return path


def copy_out(table: Table, to: Path, *, where: str, values: tuple[object, ...]) -> int:
    """Write rows as CSV with a header and return how many; ``where`` is SQL of ours, never of others."""
    columns = ", ".join(column.select for column in table.columns)
    # Spark takes an empty text without quotes for none.
    texts = ", ".join(column.name for column in table.columns if column.type == "VARCHAR")
    only = " AND number IS NOT NULL" if table is DOSSIERS else ""
    query = f"SELECT {columns} FROM {table.stored} WHERE {where}{only} ORDER BY {table.order}"
    with connection.cursor() as cursor, to.open("wb") as out:
        sql = cursor.mogrify(query, values) if values else query
        with cursor.copy(
            f"COPY ({sql}) TO STDOUT (FORMAT csv, HEADER, NULL '\\N', FORCE_QUOTE ({texts}))"
        ) as rows:
            for block in rows:
                out.write(block)
        return int(cursor.rowcount)


def months_since(table: Table, pass_no: int) -> list[date]:
    """Return the months of rows that changed after the pass, in order."""
    changed = f"SELECT DISTINCT {table.month} FROM {table.stored} WHERE pass_no > %s"
    with connection.cursor() as cursor:
        cursor.execute(changed, [pass_no])
        return sorted(month for (month,) in cursor.fetchall() if month is not None)


def read_csv(table: Table, path: Path) -> str:
    """Return the SQL by which DuckDB reads what :func:`copy_out` wrote."""
    columns = ", ".join(f"'{column.name}': '{column.type}'" for column in table.columns)
    return (
        f"read_csv('{_quoted(path)}', header = true, auto_detect = false, delim = ',', quote = '\"',"
        f" nullstr = '\\N', columns = {{{columns}}})"
    )


def read_parquet(paths: list[Path]) -> str:
    """Return the SQL by which DuckDB reads files."""
    listed = ", ".join(f"'{_quoted(path)}'" for path in paths)
    return f"read_parquet([{listed}])"


def month_name(month: date) -> str:
    return f"{month:%Y-%m}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
