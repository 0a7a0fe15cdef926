"""Keys and unique values: made by the definition's pattern, held by one record at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from tinhso.definitions.registers.types import KEY_WORDS, RegisterDefinition
from tinhso.kernel.sequences import next_number, next_numbers
from tinhso.registers.models import HeldValue, Record
from tinhso.registers.refusals import KeyIncomplete, ValueHeld
from tinhso.registers.relations import KEY
from tinhso.registers.types import Values

LONGEST = 160
Held = tuple[str, str]


class HasValues(Protocol):
    """Checked content; see ``checking.Content``."""

    @property
    def values(self) -> Values: ...


class Unkeyed(Protocol):
    """A record to be; see ``bulk.NewRecord``. :ivar key: what it is called already; mostly nothing"""

    @property
    def key(self) -> str: ...

    @property
    def content(self) -> HasValues: ...

    @property
    def since(self) -> date: ...


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
    given = _given(definition, values, on=on)
    if key.has_serial:
        given["serial"] = str(next_number(_series(definition, given)))
    return key.filled(given)[:LONGEST]


def keys_for(definition: RegisterDefinition, records: Sequence[Unkeyed]) -> list[str]:
    """Return the keys of many new records as :func:`key_for` does; numbers of a series are taken together."""
    if not definition.key.has_serial:
        return [one.key or key_for(definition, one.content.values, on=one.since) for one in records]
    given = [_given(definition, one.content.values, on=one.since) for one in records]
    series = [_series(definition, one) for one in given]
    numbers = {name: iter(next_numbers(name, count)) for name, count in sorted(Counter(series).items())}
    return [
        one.key or definition.key.filled({**known, "serial": str(next(numbers[name]))})[:LONGEST]
        for one, known, name in zip(records, given, series, strict=True)
    ]


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
    raise ValueHeld(label=label, value=theirs.value if theirs else "", name=field.id if field else "")


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


def _given(definition: RegisterDefinition, values: Values, *, on: date) -> dict[str, str]:
    """Return what the pattern names but its serial number. :raises KeyIncomplete: a field has no value"""
    given = {name: _text(values.get(name)) for name in definition.key.names if name not in KEY_WORDS}
    missing = next((name for name, text in given.items() if not text), None)
    if missing is not None:
        raise KeyIncomplete(field=definition.by_id[missing].label.into("vi"), name=missing)
    given["yyyy"] = f"{on:%Y}"
    given["unit"] = _text(values.get(definition.unit)) if definition.unit else ""
    return given


def _series(definition: RegisterDefinition, given: Mapping[str, str]) -> str:
    parts = [given[name] for name in definition.key.names if name in given and name != "serial"]
    return "/".join(["register", definition.id, *parts])[:LONGEST]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("code", ""))
    return "" if value is None else str(value)
