"""Names of what figures are of."""

from tinhso.definitions import catalogue
from tinhso.indicators.reading import Table
from tinhso.people import queries as people
from tinhso.territory import queries as territory


def names_in(found: Table, language: str) -> dict[str, str]:
    """Return the names of units, agencies and procedures in the figures, by code; others are their own."""
    names: dict[str, str] = {}
    for place, dimension in enumerate(found.by):
        codes = {row.group[place] for row in found.rows}
        if dimension == "unit":
            on = found.as_of_map or found.period.since
            names |= {code: unit.name for code in codes if code and (unit := territory.unit(code, on))}
        elif dimension == "agency":
            names |= {one.code: one.name for one in people.agencies() if one.code in codes}
        elif dimension == "procedure":
            current = (one.procedure for one in catalogue.all_current())
            names |= {one.code: one.name.into(language) for one in current if one.code in codes}
    return names
