"""What rules of quality may read of a record, and how a record's values look to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.definitions.scope import Kind, Scope

_KINDS = {FieldType.DATE: Kind.DATE, FieldType.MONEY: Kind.WHOLE, FieldType.YES_NO: Kind.YES_NO}


def kind_of(field: RegisterField) -> Kind:
    """Return the type a field's value has in expressions."""
    if field.several:
        return Kind.TEXTS
    if field.type is FieldType.NUMBER:
        return Kind.DECIMAL if field.decimals else Kind.WHOLE
    return _KINDS.get(field.type, Kind.TEXT)


def record_scope(definition: RegisterDefinition) -> Scope:
    """Return the names a rule may read: every field but geometry, and ``today``."""
    return _scope(ByFingerprint(definition.fingerprint, definition))


@dataclass(frozen=True)
class ByFingerprint:
    """A definition as the key of a cache: told apart by its fingerprint alone."""

    fingerprint: str
    definition: RegisterDefinition = field(compare=False)


@lru_cache(maxsize=256)
def _scope(key: ByFingerprint) -> Scope:
    fields = key.definition.fields
    names = ((one.id, kind_of(one)) for one in fields if one.type not in GEOMETRY)
    return Scope(names=(("today", Kind.DATE), *names))


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values as rules read them: a unit is its code."""
    return {
        name: value["code"] if isinstance(value, Mapping) and "code" in value else value
        for name, value in values.items()
    }
