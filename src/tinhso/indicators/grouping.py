"""Dimensions as SQL: every value is quoted, every name is a dimension's."""

from collections.abc import Mapping

from tinhso.indicators.definitions import MAP


def condition(where: Mapping[str, str]) -> str:
    """Return the dimensions' values as SQL."""
    return " AND ".join(f"{name} = {literal(name, value)}" for name, value in where.items())


def literal(name: str, value: str) -> str:
    """Return a value as SQL."""
    quoted = "'" + value.replace("'", "''") + "'"
    return f"CAST({quoted} AS DATE)" if name in ("month", MAP) else quoted
