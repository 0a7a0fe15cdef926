"""Communes as forms need them: a code or a written name, and what it means today."""

from datetime import date

from tinhso.forms.types import CommuneMatch
from tinhso.territory import queries as territory
from tinhso.territory.types import UnitView, UnknownUnit, VagueUnit

# The last day of the three-level map (Law 72/2025/QH15: two levels from 1 July 2025).
LAST_OLD_DAY = date(2025, 6, 30)
# Codes of provinces have 2 digits, of the former districts 3.
COMMUNE_DIGITS = 5


def commune_lookup(written: str, on: date) -> CommuneMatch | None:
    """
    Return what a commune written in a form means on the day.

    :return: its code when one is in force; its successors when it is gone; None when the name was never known
    """
    if written.isascii() and written.isdigit():
        return _by_code(written, on)
    return _by_name(written, on)


def _by_code(code: str, on: date) -> CommuneMatch | None:
    if len(code) != COMMUNE_DIGITS:
        return None
    if (unit := territory.unit(code, on)) is not None:
        return CommuneMatch(code=unit.code, name=_named(unit))
    old = territory.unit(code, LAST_OLD_DAY)
    return _gone(_named(old), on) if old is not None else None


def _by_name(written: str, on: date) -> CommuneMatch | None:
    try:
        units = territory.find_unit(written, on=on, as_of=on).units
    except UnknownUnit:
        return _gone(written, on)
    except VagueUnit:
        return None
    if len(units) == 1:
        return CommuneMatch(code=units[0].code, name=_named(units[0]))
    return CommuneMatch(name=written, successors=tuple(_named(unit) for unit in units))


def _gone(written: str, on: date) -> CommuneMatch | None:
    """Return what took the place of a unit of the old map."""
    try:
        resolution = territory.find_unit(written, on=LAST_OLD_DAY, as_of=on)
    except (UnknownUnit, VagueUnit):
        return None
    name = _named(resolution.found[0]) if len(resolution.found) == 1 else written
    return CommuneMatch(name=name, successors=tuple(_named(unit) for unit in resolution.units))


def _named(unit: UnitView) -> str:
    return f"{unit.name}, {unit.within}" if unit.within else unit.name
