"""How a table of facts is put together of files and the live part: the same in every engine."""

from collections.abc import Iterator
from pathlib import Path

from tinhso.facts.tables import Table
from tinhso.facts.types import Part


def sources(part: Part) -> tuple[list[Path], list[Path]]:
    """Return the files of months in which rows changed since, and the others, which stand as they are."""
    touched = [path for month, path in sorted(part.files.items()) if month in part.live_months]
    rest = [path for month, path in sorted(part.files.items()) if month not in part.live_months]
    return touched, rest


def whole(table: Table, *, touched: bool, rest: bool) -> str:
    """Return the SELECT of the whole table over ``<table>_live``, ``_touched`` and ``_rest``."""
    return " UNION ALL ".join(_selects(table, touched=touched, rest=rest))


def _selects(table: Table, *, touched: bool, rest: bool) -> Iterator[str]:
    name, columns = table.name, ", ".join(table.names)
    yield f"SELECT {columns} FROM {name}_live"
    if touched:
        newer = f"SELECT {table.key} FROM {name}_live"
        yield f"SELECT {columns} FROM {name}_touched WHERE {table.key} NOT IN ({newer})"
    if rest:
        yield f"SELECT {columns} FROM {name}_rest"
