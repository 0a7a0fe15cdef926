"""Answers and facts as values of CEL. An answer that does not fit its type is as good as absent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from cel_expr_python import cel

from tinhso.definitions.scope import ENTRY, FACTS, LISTS, Kind, Scope

T = cel.Type
CelValue = str | int | float | bool | datetime | list[Any] | dict[str, Any]

TYPES: dict[Kind, Any] = {
    Kind.TEXT: T.STRING,
    Kind.DATE: T.TIMESTAMP,
    Kind.WHOLE: T.INT,
    Kind.DECIMAL: T.DOUBLE,
    Kind.YES_NO: T.BOOL,
    Kind.TEXTS: T.List(T.STRING),
    Kind.ADDRESS: T.Map(T.STRING, T.STRING),
    Kind.GROUP: T.List(T.Map(T.STRING, T.DYN)),
}

LARGEST_WHOLE = 2**53
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What is known beside the answers.

    :param today: the day, in Vietnam, on which the rule is applied
    :param applicant: proved facts of the person, ``applicant.full_name`` → value, as ``people`` gives them
    :param channel: ``online``, ``counter`` or ``post``
    :param replaced: ids of papers in whose place data of a register stand
    :param fixed: question → value that a register says and no form may change
    """

    today: date
    applicant: Mapping[str, object] = field(default_factory=dict)
    channel: str = "online"
    replaced: frozenset[str] = frozenset()
    fixed: Mapping[str, object] = field(default_factory=dict)


def bind(
    names: Mapping[str, Kind],
    *,
    scope: Scope,
    answers: Mapping[str, object],
    facts: Facts,
    entry: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Return the activation for these names: ``name`` where there is a value, ``has.name`` always."""
    groups = dict(scope.groups)
    bound: dict[str, Any] = {}
    for name, kind in names.items():
        value = _value(kind, _find(name, answers, facts, entry), groups.get(name, ()))
        bound[f"has.{name}"] = value is not None and value != []
        if value is not None:
            bound[name] = value
        elif kind in LISTS:
            bound[name] = []
    return bound


def nest(flat: Mapping[str, object]) -> dict[str, Any]:
    """
    Return dotted keys as nested maps.

    >>> nest({"child.full_name": "An", "copies": 2})
    {'child': {'full_name': 'An'}, 'copies': 2}
    """
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = name.split(".")
        level = nested
        for part in path:
            level = level.setdefault(part, {})
        level[last] = value
    return nested


def _find(
    name: str, answers: Mapping[str, object], facts: Facts, entry: Mapping[str, object] | None
) -> object:
    source: Mapping[str, object] = answers
    if name.startswith(f"{ENTRY}."):
        source, name = entry or {}, name.removeprefix(f"{ENTRY}.")
    elif name.startswith("applicant."):
        source = facts.applicant
    elif name in FACTS:
        return facts.today if name == "today" else facts.channel
    if name in source:
        return source[name]
    parent, _, part = name.rpartition(".")
    whole = source.get(parent)
    return whole.get(part) if isinstance(whole, Mapping) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _date(value: object) -> datetime | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_WHOLE
    return value if fits and isinstance(value, int) else None


def _decimal(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= LARGEST_WHOLE else None  # a NaN compares false


def _yes_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object) -> list[str] | None:
    return [item for item in _items(value) if isinstance(item, str)] if _is_list(value) else None


def _address(value: object) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    parts = {str(part): text for part, text in value.items() if isinstance(text, str) and text}
    return parts or None


_READERS: dict[Kind, Callable[[object], Any]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.TEXTS: _texts,
    Kind.ADDRESS: _address,
}


def _value(kind: Kind, value: object, fields: Sequence[tuple[str, Kind]]) -> CelValue | None:
    if kind is not Kind.GROUP:
        read: CelValue | None = _READERS[kind](value)
        return read
    if not _is_list(value):
        return None
    return [_entry(item, fields) for item in _items(value) if isinstance(item, Mapping)]


def _entry(item: Mapping[str, object], fields: Sequence[tuple[str, Kind]]) -> dict[str, Any]:
    read = {name: _in_entry(_value(kind, item.get(name), ())) for name, kind in fields}
    return nest({name: value for name, value in read.items() if value is not None})


def _in_entry(value: CelValue | None) -> CelValue | None:
    # The library takes no time stamp inside a map of mixed types.
    return value.date().isoformat() if isinstance(value, datetime) else value


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _items(value: object) -> Iterator[object]:
    assert isinstance(value, list | tuple)
    yield from value[:LONGEST_LIST]
