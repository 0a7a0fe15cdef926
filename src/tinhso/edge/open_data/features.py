"""
Records as GeoJSON features and plain rows, for who reads without an account.

Names that begin with `record.` tell of the record itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.registers import public
from tinhso.registers.types import RecordView, SourceKind

KEY, SINCE, UNTIL, UPDATED = "record.key", "record.valid_from", "record.valid_to", "record.updated_at"
# Where it comes from; «invented» marks what a generator made up.
SOURCE = "record.source"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TEXTS = {"type": "string"}
_KINDS: Mapping[FieldType, dict[str, str]] = {
    FieldType.MONEY: {"type": "integer"},
    FieldType.YES_NO: {"type": "boolean"},
    FieldType.POINT: {"$ref": "https://geojson.org/schema/Point.json"},
    FieldType.POLYGON: {"$ref": "https://geojson.org/schema/MultiPolygon.json"},
}


def columns(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return the public fields, geometry left out."""
    return tuple(one for one in public.public_fields(definition) if one.id != definition.geometry)


def has_public_geometry(definition: RegisterDefinition) -> bool:
    """Tell whether anybody may see where the records lie."""
    return any(one.id == definition.geometry for one in public.public_fields(definition))


def feature(definition: RegisterDefinition, view: RecordView) -> dict[str, Any]:
    """Return the record as a feature; its id is the record's for ever, whatever its key."""
    return {
        "type": "Feature",
        "id": str(view.id),
        "geometry": view.geometry,
        "properties": row(definition, view),
    }


def row(definition: RegisterDefinition, view: RecordView) -> dict[str, Any]:
    """Return the record as a flat row: name → text, number, yes or no, list of texts, or None."""
    key = {KEY: view.key} if public.shows_keys(definition) else {}
    values = {one.id: plain(one, view.values.get(one.id)) for one in columns(definition)}
    return {
        **key,
        **values,
        SINCE: view.valid_from.isoformat(),
        UNTIL: view.valid_to.isoformat() if view.valid_to else None,
        UPDATED: view.updated_at.isoformat(),
        SOURCE: view.source,
    }


def names(definition: RegisterDefinition) -> tuple[str, ...]:
    """Return the names of a row, in order."""
    key = (KEY,) if public.shows_keys(definition) else ()
    return (*key, *(one.id for one in columns(definition)), SINCE, UNTIL, UPDATED, SOURCE)


def plain(field: RegisterField, value: object) -> Any:
    """Return a kept value as programs take it: a unit by its code, a number as a number."""
    if isinstance(value, Mapping):
        return value.get("code")
    if field.type is FieldType.NUMBER and isinstance(value, str):
        return float(value)
    return value


def schema_of(field: RegisterField, language: str) -> dict[str, Any]:
    """Return the field as JSON Schema, its name for people as title."""
    kind: Mapping[str, Any] = _KINDS.get(field.type, _TEXTS)
    if field.type is FieldType.NUMBER:
        kind = {"type": "number" if field.decimals else "integer"}
    if field.type is FieldType.DATE and not field.partial:
        kind = {"type": "string", "format": "date"}
    if field.options:
        kind = {**kind, "enum": [one.value for one in field.options]}
    told = {"type": "array", "items": kind} if field.several else dict(kind)
    return {"title": field.label.into(language), **told}


def schemas(definition: RegisterDefinition, language: str) -> dict[str, Any]:
    """Return the properties of the register's features, by name, as JSON Schema."""
    key = {KEY: dict(_TEXTS)} if public.shows_keys(definition) else {}
    day, moment = _TEXTS | {"format": "date"}, _TEXTS | {"format": "date-time"}
    told = {one.id: schema_of(one, language) for one in columns(definition)}
    source = _TEXTS | {"enum": list(SourceKind.values)}
    return {**key, **told, SINCE: day, UNTIL: day, UPDATED: moment, SOURCE: source}


def askable(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return the public fields by whose value records can be asked for."""
    return tuple(one for one in columns(definition) if one.is_filter)


def with_geometry(definitions: Iterable[RegisterDefinition]) -> tuple[RegisterDefinition, ...]:
    """Keep the registers that have a place on the map anybody may see."""
    return tuple(one for one in definitions if has_public_geometry(one))
