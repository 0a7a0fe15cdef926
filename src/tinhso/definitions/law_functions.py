"""
Functions the law needs, as CEL sees them.

Dates arrive as midnight UTC. A month or a year later is the same day number, or the last day of a shorter
month (Civil Code 2015, article 148.4).
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cel_expr_python import cel

T = cel.Type


def age_years(born: datetime, on: datetime) -> int:
    """Return full years lived on that day; someone born on 29 February turns on 1 March in a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def days_between(start: datetime, end: datetime) -> int:
    """Return days from start to end, negative when end is earlier; the first day is not counted."""
    return (end - start).days


def months_between(start: datetime, end: datetime) -> int:
    """Return full months from start to end, negative when end is earlier."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(start, months) > end)


def add_days(day: datetime, days: int) -> datetime:
    return day + timedelta(days=days)


def add_months(day: datetime, months: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: datetime, years: int) -> datetime:
    return add_months(day, 12 * years)


def date(text: str) -> datetime:
    """Return the day written ``YYYY-MM-DD``."""
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)


def round_up(amount: int, step: int) -> int:
    """Return the next multiple of ``step`` that is not below the amount, e.g. the thousand đồng."""
    return -(-amount // step) * step


def total(amounts: Sequence[int]) -> int:
    return sum(amounts)


def larger(a: int, b: int) -> int:
    return max(a, b)


def smaller(a: int, b: int) -> int:
    return min(a, b)


SIGNATURES: tuple[tuple[str, tuple[Any, ...], Any, Callable[..., Any]], ...] = (
    ("age_years", (T.TIMESTAMP, T.TIMESTAMP), T.INT, age_years),
    ("days_between", (T.TIMESTAMP, T.TIMESTAMP), T.INT, days_between),
    ("months_between", (T.TIMESTAMP, T.TIMESTAMP), T.INT, months_between),
    ("add_days", (T.TIMESTAMP, T.INT), T.TIMESTAMP, add_days),
    ("add_months", (T.TIMESTAMP, T.INT), T.TIMESTAMP, add_months),
    ("add_years", (T.TIMESTAMP, T.INT), T.TIMESTAMP, add_years),
    ("date", (T.STRING,), T.TIMESTAMP, date),
    ("min", (T.INT, T.INT), T.INT, smaller),
    ("max", (T.INT, T.INT), T.INT, larger),
    ("sum", (T.List(T.INT),), T.INT, total),
    ("round_up", (T.INT, T.INT), T.INT, round_up),
)


def declarations() -> list[Any]:
    """Return the declarations for ``cel.NewEnv(functions=…)``."""
    return [
        cel.FunctionDecl(
            name, [cel.Overload(f"law_{name}", return_type=result, parameters=list(given), impl=work)]
        )
        for name, given, result, work in SIGNATURES
    ]
