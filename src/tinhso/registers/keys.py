"""Keys and unique values: made by the definition's pattern, held by one record at a time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tinhso.definitions.registers.types import KEY_WORDS, RegisterDefinition
from tinhso.kernel.sequences import next_number
from tinhso.registers.models import HeldValue, Record
from tinhso.registers.refusals import KeyIncomplete, ValueHeld
from tinhso.registers.relations import KEY
from tinhso.registers.types import Values

LONGEST = 160
Held = tuple[str, str]


def key_for(definition: RegisterDefinition, values: Values, *, on: date, before: str = "") -> str:
    """
    Return the key of a record with these values.

    :param on: the day it begins, for the year of its number
    :param before: the key it has; one with a number of its own stays for ever
    :raises KeyIncomplete: a field of the pattern has no value
    """
    key = definition.key
    if key.has_serial and before:
        return before
    given = {name: _text(values.get(name)) for name in key.names if name not in KEY_WORDS}
    missing = next((name for name, text in given.items() if not text), None)
    if missing is not None:
        raise KeyIncomplete(field=definition.by_id[missing].label.into("vi"))
    given["yyyy"] = f"{on:%Y}"
    given["unit"] = _text(values.get(definition.unit)) if definition.unit else ""
    if key.has_serial:
        given["serial"] = str(next_number(_series(definition, given)))
    return key.filled(given)[:LONGEST]


def hold(
    definition: RegisterDefinition, record: Record, contents: Iterable[tuple[str, Values]]
) -> Record | None:
    """
    Let the record hold its keys and unique values, and let go of what it has no more.

    :param contents: key and values of every version in force that we hold for true
    :return: the record that holds one of them already; what it holds is not taken
    """
    wanted = {held for key, values in contents for held in held_values(definition, key, values)}
    record.held.exclude(
        pk__in=[row.pk for row in record.held.all() if (row.field, row.value) in wanted]
    ).delete()
    HeldValue.objects.bulk_create(
        [
            HeldValue(register=record.register, field=field, value=value, record=record)
            for field, value in wanted
        ],
        ignore_conflicts=True,
    )
    return _other(record, wanted)


def require_free(definition: RegisterDefinition, holder: Record | None, record: Record) -> None:
    """:raises ValueHeld: another record holds the key or a unique value"""
    if holder is None:
        return
    mine = {(row.field, row.value) for row in record.held.all()}
    theirs = next((row for row in holder.held.order_by("pk") if (row.field, row.value) not in mine), None)
    field = definition.by_id.get(theirs.field) if theirs else None
    label = field.label.into("vi") if field else "Khóa"
    raise ValueHeld(label=label, value=theirs.value if theirs else "")


def held_values(definition: RegisterDefinition, key: str, values: Values) -> Iterator[Held]:
    if key:
        yield KEY, key
    for name in definition.unique_fields:
        if name in values:
            yield name, _text(values[name])[:LONGEST]


def _other(record: Record, wanted: set[Held]) -> Record | None:
    rows = HeldValue.objects.filter(
        register=record.register, field__in={one for one, _v in wanted}, value__in={one for _f, one in wanted}
    ).exclude(record=record)
    row = next((row for row in rows.select_related("record") if (row.field, row.value) in wanted), None)
    return row.record if row else None


def _series(definition: RegisterDefinition, given: Mapping[str, str]) -> str:
    parts = [given[name] for name in definition.key.names if name in given and name != "serial"]
    return "/".join(["register", definition.id, *parts])[:LONGEST]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("code", ""))
    return "" if value is None else str(value)
