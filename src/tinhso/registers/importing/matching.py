"""Which column of a file is which field of a register."""

import hashlib
from collections.abc import Iterable, Mapping

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.text import fold
from tinhso.registers.importing.guessing import MDY, day_first
from tinhso.registers.importing.sheets import GEOMETRY, Row

SINCE, UNTIL = "@since", "@until"
SPAN = (SINCE, UNTIL)
# How columns are called that say from when to when a row is true.
_SPAN_NAMES = {"tungay": SINCE, "hieuluctu": SINCE, "validfrom": SINCE, "denngay": UNTIL, "validto": UNTIL}


def matched(definition: RegisterDefinition, columns: Iterable[str]) -> dict[str, str]:
    """
    Return column → field for the columns named like a field: by its id, or its label in either language.

    No field is given to two columns: the first one has it.
    """
    names: dict[str, str] = {}
    for field in definition.fields:
        for name in (field.id, field.label.vi, field.label.en):
            names.setdefault(_plain(name), field.id)
    for name, end in _SPAN_NAMES.items():
        names.setdefault(name, end)
    if definition.geometry:
        names[GEOMETRY] = definition.geometry
    found: dict[str, str] = {}
    for column in columns:
        target = names.get(_plain(column)) if column else None
        if target is not None and target not in found.values():
            found[column] = target
    return found


def values_of(row: Row, mapping: Mapping[str, str], guessed: Mapping[str, str]) -> dict[str, object]:
    """
    Return the values of a row by field; columns nobody matched are left out.

    :param guessed: column → order of its dates
    """
    if MDY not in guessed.values():
        return {mapping[column]: value for column, value in row.items() if column in mapping}
    return {
        mapping[column]: day_first(str(value)) if guessed.get(column) == MDY and value else value
        for column, value in row.items()
        if column in mapping
    }


def shape_of(columns: Iterable[str]) -> str:
    """Return the SHA-256 that files with the same columns have in common."""
    return hashlib.sha256("\n".join(_plain(one) for one in columns).encode()).hexdigest()


def _plain(name: str) -> str:
    return "".join(mark for mark in fold(name) if mark.isalnum())
