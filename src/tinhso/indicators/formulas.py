"""Formulas: SELECTs of the packs with a period put in, and what their sums come to, exactly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

import sqlglot
from sqlglot import exp

from tinhso.kernel.clock import VIETNAM

Sums = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Vietnam: ``since`` is the first, ``until`` the first after the last."""

    since: date
    until: date

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a calendar month."""
        return cls(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))


# What a formula may ask for: the days of the period, and their midnights in UTC, as facts have moments.
PARAMETERS: Mapping[str, Callable[[Period], exp.Expr]] = {
    "since": lambda period: _day(period.since),
    "until": lambda period: _day(period.until),
    "since_at": lambda period: _midnight(period.since),
    "until_at": lambda period: _midnight(period.until),
}


def put_in(formula: str, period: Period) -> str:
    """Return the SELECT with the period for its parameters, in DuckDB's words."""
    tree = parsed(formula).copy()
    for place in list(tree.find_all(exp.Placeholder)):
        place.replace(PARAMETERS[place.name](period))
    return tree.sql(dialect="duckdb")


@lru_cache(maxsize=512)
def parsed(formula: str) -> exp.Expr:
    """Return the tree of a SELECT. :raises sqlglot.errors.SqlglotError: it is none"""
    return sqlglot.parse_one(formula, read="duckdb")


def sums_of(value: str) -> tuple[str, ...]:
    """Return the names an expression adds up from, in order."""
    return tuple(dict.fromkeys(column.name for column in parsed(value).find_all(exp.Column)))


def grouped(formula: str, *, by: Sequence[str], sums: Sequence[str], where: str = "") -> str:
    """Return the SELECT that adds up a bound formula by columns, in their order."""
    keys = ", ".join(by)
    added = ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in sums)
    only = f" WHERE {where}" if where else ""
    groups = f" GROUP BY {keys} ORDER BY {keys}" if by else ""
    return f"SELECT {', '.join(filter(None, (keys, added)))} FROM ({formula}) AS facts{only}{groups}"


def result(value: str, sums: Mapping[str, int | Decimal | None], *, decimals: int) -> Decimal | None:
    """Return what the sums come to, rounded half up; None where there is nothing to say it of."""
    exact = _exact(parsed(value), sums)
    return None if exact is None else rounded(exact, decimals)


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """Round half away from zero, as people do."""
    scaled = exact * 10**decimals
    whole = (abs(scaled) * 2 + 1) // 2
    value = Decimal(int(whole) if scaled >= 0 else -int(whole)).scaleb(-decimals)
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _exact(node: exp.Expr, sums: Mapping[str, int | Decimal | None]) -> Fraction | None:
    if isinstance(node, exp.Column):
        found = sums.get(node.name)
        return None if found is None else Fraction(found)
    if isinstance(node, exp.Literal):
        return Fraction(node.name)
    if isinstance(node, exp.Paren):
        return _exact(node.this, sums)
    if isinstance(node, exp.Neg):
        inner = _exact(node.this, sums)
        return None if inner is None else -inner
    return _pair(node, _exact(node.this, sums), _exact(node.expression, sums))


def _pair(node: exp.Expr, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if isinstance(node, exp.Nullif):
        return None if left == right else left
    if left is None or right is None:
        return None
    return OPERATIONS[type(node)](left, right)


OPERATIONS: Mapping[type[exp.Expr], Callable[[Fraction, Fraction], Fraction]] = {
    exp.Add: lambda left, right: left + right,
    exp.Sub: lambda left, right: left - right,
    exp.Mul: lambda left, right: left * right,
    exp.Div: lambda left, right: left / right,
}
UNDERSTOOD: tuple[type[exp.Expr], ...] = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Paren,
    exp.Neg,
    exp.Nullif,
    *OPERATIONS,
)


def _day(on: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(on.isoformat()), "DATE")


def _midnight(on: date) -> exp.Expr:
    at = datetime.combine(on, time.min, tzinfo=VIETNAM).astimezone(UTC)
    return exp.cast(exp.Literal.string(at.strftime("%Y-%m-%d %H:%M:%S")), "TIMESTAMP")
