"""
How alike two records are: names as Vietnamese spell them, dates as well as they are known, numbers of
persons.

Both sides are folded first, so tone marks, ``hoà`` and ``hòa``, Đ and đ make no difference; the order of the
words of a name does, a little. Fields agree, differ, or say nothing where one of them is absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.text import fold
from tinhso.registers.types import Values

# From here on two records are shown to a person; a wrong pair costs a minute, a missed one stays for years.
ENOUGH = 88
NAME_AGREES, TEXT_AGREES = 90, 92
_WEIGHTS = {
    FieldType.PERSONAL_ID: 5,
    FieldType.PERSON_NAME: 3,
    FieldType.DATE: 2,
    FieldType.TEXT: 2,
    FieldType.UNIT: 1,
    FieldType.CHOICE: 1,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """:param score: 0 to 100, weighed over the fields both have; ``agree``: their ids"""

    score: int
    agree: tuple[str, ...]


def compared_fields(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return what records are compared by: what is searched, whom they are about, and dates of persons."""
    return tuple(
        field
        for field in definition.fields
        if field.type in _WEIGHTS
        and not field.several
        and (
            field.searched
            or field.id in definition.subjects
            or (field.personal and field.type is FieldType.DATE)
        )
    )


def likeness(definition: RegisterDefinition, one: Values, other: Values) -> Likeness:
    """Return how alike the values are; 0 where they have too little in common to say."""
    agree, gained, asked = [], 0.0, 0
    for field in compared_fields(definition):
        if field.id not in one or field.id not in other:
            continue
        weight = _WEIGHTS[field.type]
        share = _share(field, one[field.id], other[field.id])
        asked += weight
        gained += weight * share / 100
        if share >= _enough(field):
            agree.append(field.id)
    if asked < _WEIGHTS[FieldType.PERSON_NAME]:
        return Likeness(0, ())
    return Likeness(round(100 * gained / asked), tuple(agree))


def blocks(definition: RegisterDefinition, values: Values) -> Iterator[str]:
    """
    Yield keys under which records are alike enough to be compared: the same number of a person; the same
    folded name; the first and last word of a name with a year.
    """
    years = [str(values[field.id])[:4] for field in _dated(definition) if field.id in values]
    for field in compared_fields(definition):
        if field.id not in values:
            continue
        if field.type is FieldType.PERSONAL_ID:
            yield f"{field.id}={values[field.id]}"
        elif field.type in {FieldType.PERSON_NAME, FieldType.TEXT}:
            words = fold(str(values[field.id])).split()
            yield f"{field.id}={' '.join(words)}"
            if words:
                yield from (f"{field.id}={words[0]}…{words[-1]}/{year}" for year in years)


def _share(field: RegisterField, one: object, other: object) -> float:
    if field.type in {FieldType.PERSON_NAME, FieldType.TEXT}:
        return fuzz.ratio(fold(str(one)), fold(str(other)))
    if field.type is FieldType.DATE:
        short = min(len(str(one)), len(str(other)))  # a year agrees with every day of it
        return 100.0 if str(one)[:short] == str(other)[:short] else fuzz.ratio(str(one), str(other)) / 2
    return 100.0 if one == other else 0.0


def _enough(field: RegisterField) -> int:
    return {FieldType.PERSON_NAME: NAME_AGREES, FieldType.TEXT: TEXT_AGREES}.get(field.type, 100)


def _dated(definition: RegisterDefinition) -> Iterator[RegisterField]:
    return (one for one in compared_fields(definition) if one.type is FieldType.DATE)
