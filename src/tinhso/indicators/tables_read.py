"""Which tables of facts a formula reads."""

from sqlglot import exp

from tinhso.facts.tables import TABLES
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import parsed


def tables_of(one: Indicator) -> tuple[str, ...]:
    """Return their names, in order; none where the value is entered."""
    if one.manual is not None:
        return ()
    named = {table.name for table in parsed(one.formula).find_all(exp.Table)}
    return tuple(sorted(named & set(TABLES)))
