"""Which column of a file is which field of a register."""

from collections.abc import Mapping

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.text import fold
from tinhso.registers.importing.reading import GEOMETRY, Row


def matched(definition: RegisterDefinition, columns: tuple[str, ...]) -> dict[str, str]:
    """
    Return column → field for the columns named like a field: by its id, or its label in either language.
    """
    names: dict[str, str] = {}
    for field in definition.fields:
        for name in (field.id, field.label.vi, field.label.en):
            names.setdefault(_plain(name), field.id)
    if definition.geometry:
        names[GEOMETRY] = definition.geometry
    return {column: names[_plain(column)] for column in columns if column and _plain(column) in names}


def values_of(row: Row, mapping: Mapping[str, str]) -> dict[str, object]:
    """Return the values of a row by field; columns nobody matched are left out."""
    return {mapping[column]: value for column, value in row.items() if column in mapping}


def _plain(name: str) -> str:
    return "".join(mark for mark in fold(name) if mark.isalnum())
