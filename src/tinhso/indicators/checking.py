"""What is wrong with the indicators in a folder of packs: found before anybody is told a figure."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import Loaded, load
from tinhso.definitions.mistakes import Mistake
from tinhso.facts.engines import duck
from tinhso.facts.tables import TABLES
from tinhso.indicators import comparing, formulas, index_sets, suppression
from tinhso.indicators.definitions import KEY, MAP, Indicator, files_of
from tinhso.indicators.formulas import PARAMETERS, Period

TRIED_ON = Period.month(2026, 1)
WHOLE = frozenset({"BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER"})
# Their answer is another one each time, or depends on whose machine it is.
UNSTEADY = (exp.Rand, exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime, exp.Uuid)
At = tuple[str, ...]


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield every mistake of every indicator and of the sets they make."""
    paths = files_of(packs)
    if paths:
        with duck.empty() as connection:
            yield from _each(paths, connection)
    yield from index_sets.mistakes(packs)
    yield from comparing.mistakes(packs)
    yield from suppression.mistakes(packs)


def _each(paths: Iterable[Path], connection: duckdb.DuckDBPyConnection) -> Iterator[Mistake]:
    first: dict[str, Path] = {}
    for path in paths:
        loaded = load(path, Indicator)
        yield from loaded.mistakes
        one = loaded.value
        if one is None:
            continue
        if one.id in first:
            yield loaded.places.mistake(("id",), "indicator-twice", name=one.id, other=first[one.id])
        first.setdefault(one.id, path)
        if one.manual is None:
            yield from _computed(loaded, one, connection)


def _computed(
    loaded: Loaded[Indicator], one: Indicator, connection: duckdb.DuckDBPyConnection
) -> Iterator[Mistake]:
    formula = _tree(one.formula)
    value = _tree(one.value)
    if not isinstance(formula, exp.Select):
        yield loaded.places.mistake(("formula",), "indicator-no-select")
    if value is None:
        yield loaded.places.mistake(("value",), "indicator-value", detail=one.value)
    if not isinstance(formula, exp.Select) or value is None:
        return
    found = [
        *_reads(loaded, formula),
        *_divides(loaded, formula, ("formula",)),
        *_divides(loaded, value, ("value",)),
        *_outcome(loaded, one, formula, value),
    ]
    yield from found
    if not found:
        yield from _tried(loaded, one, connection)


def _tree(text: str) -> exp.Expr | None:
    try:
        parts = sqlglot.parse(text, read="duckdb")
    except sqlglot.errors.SqlglotError:
        return None
    return parts[0] if len(parts) == 1 else None


def _reads(loaded: Loaded[Indicator], formula: exp.Select) -> Iterator[Mistake]:
    """Only tables and columns of facts, only parameters there are, only functions both engines know."""
    own = {cte.alias for cte in formula.find_all(exp.CTE)}
    named = [table for table in formula.find_all(exp.Table) if table.name not in own]
    for table in named:
        if table.name not in TABLES or not isinstance(table.this, exp.Identifier):
            yield _at(loaded, table.this, "indicator-unknown-table", table.name, sorted(TABLES))
    known = {column for table in named if table.name in TABLES for column in TABLES[table.name].names}
    given = {alias.alias for alias in formula.find_all(exp.Alias)}
    for column in formula.find_all(exp.Column):
        if isinstance(column.this, exp.Star):
            yield loaded.places.mistake(("formula",), "indicator-star")
        elif column.name not in known | given:
            yield _at(loaded, column.this, "indicator-unknown-column", column.name, sorted(known))
    if formula.find(exp.Star):
        yield loaded.places.mistake(("formula",), "indicator-star")
    for place in formula.find_all(exp.Placeholder):
        if place.name not in PARAMETERS:
            yield _at(loaded, place, "indicator-unknown-parameter", place.name, sorted(PARAMETERS))
    for called in formula.find_all(exp.Anonymous, *UNSTEADY):
        name = called.name or called.sql(dialect="duckdb")
        yield _at(loaded, called, "indicator-unknown-function", name, [])


def _divides(loaded: Loaded[Indicator], tree: exp.Expr, at: At) -> Iterator[Mistake]:
    for part in tree.find_all(exp.Div, exp.IntDiv, exp.Mod):
        divisor = part.expression.unnest()
        if isinstance(divisor, exp.Nullif) or (isinstance(divisor, exp.Literal) and float(divisor.name)):
            continue
        lines = (one.meta["line"] for one in divisor.find_all(exp.Identifier) if one.meta)
        line = next(lines, 1)
        yield loaded.places.mistake_within(
            at, "indicator-divides-by-zero", line=line, name=divisor.sql(dialect="duckdb")
        )


def _outcome(
    loaded: Loaded[Indicator], one: Indicator, formula: exp.Select, value: exp.Expr
) -> Iterator[Mistake]:
    """The formula gives what dimensions, value and evidence need; the value is sums and arithmetic."""
    given = set(formula.named_selects)
    wanted = [KEY, *one.dimensions, *([MAP] if "unit" in one.dimensions else [])]
    for name in wanted:
        if name not in given:
            yield loaded.places.mistake(("formula",), "indicator-gives-not", name=name)
    for node in value.walk():
        if not isinstance(node, formulas.UNDERSTOOD):
            yield loaded.places.mistake(("value",), "indicator-value", detail=node.sql(dialect="duckdb"))
            return
    for name in (*formulas.sums_of(one.value), *filter(None, [one.whole])):
        if name not in given:
            yield loaded.places.mistake(("value",), "indicator-gives-not", name=name)


def _tried(
    loaded: Loaded[Indicator], one: Indicator, connection: duckdb.DuckDBPyConnection
) -> Iterator[Mistake]:
    """Run it on no facts at all: what is left to be wrong, DuckDB says."""
    sums = formulas.sums_of(one.value)
    bound = formulas.put_in(one.formula, TRIED_ON)
    try:
        shape = connection.execute(f"DESCRIBE {bound}").fetchall()
        connection.execute(formulas.grouped(bound, by=one.dimensions, sums=sums))
    except duckdb.Error as problem:
        said = str(problem).splitlines()[0]
        yield loaded.places.mistake(("formula",), "indicator-not-understood", detail=said)
        return
    for name, kind, *_rest in shape:
        if name in sums and kind not in WHOLE:
            yield loaded.places.mistake(("formula",), "indicator-not-whole", name=name, kind=kind)


def _at(loaded: Loaded[Indicator], node: object, code: str, name: str, known: list[str]) -> Mistake:
    line, column = _spot(loaded, node, name)
    hint = nearest(name, known) if known else ""
    data = {"name": name, "allowed": ", ".join(known), "hint": hint or ""}
    return loaded.places.mistake_within(("formula",), code, line=line, column=column, **data)


def _spot(loaded: Loaded[Indicator], node: object, name: str) -> tuple[int, int]:
    """Return line and column within the formula; of what has no place of its own, where its name is first."""
    meta = getattr(node, "meta", {})
    if meta:
        return meta["line"], max(1, meta["col"] - len(name) + 1)
    lines = loaded.value.formula.lower().splitlines() if loaded.value else []
    sought = name.lower()
    found = ((number, line.find(sought)) for number, line in enumerate(lines, start=1) if sought in line)
    line, column = next(found, (1, 0))
    return line, column + 1
