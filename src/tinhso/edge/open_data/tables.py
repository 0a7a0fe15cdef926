"""A register as a file: CSV, JSON or GeoJSON, piece by piece, however long it is."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.edge.open_data import features
from tinhso.people.types import ANONYMOUS
from tinhso.registers import queries
from tinhso.registers.types import Moment, RecordView
from tinhso.territory import queries as territory

BOM = "\ufeff"
SEVERAL = "|"
LONGITUDE, LATITUDE, NAME = "record.longitude", "record.latitude", ".name"
NAMED = frozenset({FieldType.CHOICE, FieldType.UNIT})
ROWS_A_PIECE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Format:
    """:param label: as people call it; ``iana``: its media type without parameters"""

    suffix: str
    label: str
    iana: str
    write: Callable[[RegisterDefinition, Moment], Iterator[str]]


def formats(definition: RegisterDefinition) -> tuple[Format, ...]:
    """Return the files there are of the register; GeoJSON where it has a public place."""
    return tuple(
        one for one in FORMATS.values() if one.suffix != "geojson" or features.has_public_geometry(definition)
    )


def csv_names(definition: RegisterDefinition) -> tuple[str, ...]:
    """Return the columns of the CSV: beside a code stands its name, and a point is two numbers."""
    named = [name for one in features.columns(definition) for name in _names_of(one)]
    told = features.names(definition)
    plain = {one.id for one in features.columns(definition)}
    before = [name for name in told if name not in plain and name == features.KEY]
    after = [name for name in told if name not in plain and name != features.KEY]
    return (*before, *named, *(_PLACE if _has_point(definition) else ()), *after)


def _write_csv(definition: RegisterDefinition, moment: Moment) -> Iterator[str]:
    names = csv_names(definition)
    yield BOM + _lines([names])
    rows = (_csv_row(definition, names, view) for view in _views(definition, moment))
    while piece := list(islice(rows, ROWS_A_PIECE)):
        yield _lines(piece)


def _write_json(definition: RegisterDefinition, moment: Moment) -> Iterator[str]:
    yield from _listed("[\n", (features.row(definition, one) for one in _views(definition, moment)), "\n]\n")


def _write_geojson(definition: RegisterDefinition, moment: Moment) -> Iterator[str]:
    told = (features.feature(definition, one) for one in _views(definition, moment))
    yield from _listed('{"type": "FeatureCollection", "features": [\n', told, "\n]}\n")


FORMATS: Mapping[str, Format] = {
    one.suffix: one
    for one in (
        Format("csv", "CSV", "text/csv", _write_csv),
        Format("json", "JSON", "application/json", _write_json),
        Format("geojson", "GeoJSON", "application/geo+json", _write_geojson),
    )
}
_PLACE = (LONGITUDE, LATITUDE)


def _views(definition: RegisterDefinition, moment: Moment) -> Iterator[RecordView]:
    return queries.each_record(actor=ANONYMOUS, register_id=definition.id, moment=moment)


def _listed(begin: str, told: Iterator[Mapping[str, Any]], end: str) -> Iterator[str]:
    yield begin
    parting = ""
    while piece := list(islice(told, ROWS_A_PIECE)):
        yield parting + ",\n".join(json.dumps(one, ensure_ascii=False) for one in piece)
        parting = ",\n"
    yield end


def _lines(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _csv_row(definition: RegisterDefinition, names: tuple[str, ...], view: RecordView) -> list[object]:
    told = features.row(definition, view)
    for one in features.columns(definition):
        if one.type in NAMED:
            told[one.id + NAME] = _name(one, view.values.get(one.id))
    if _has_point(definition) and view.geometry is not None:
        told |= dict(zip(_PLACE, _coordinates(view.geometry), strict=False))
    return [_cell(told.get(name)) for name in names]


def _coordinates(geometry: Mapping[str, Any]) -> Iterable[float]:
    return tuple(geometry["coordinates"])[:2]


def _cell(value: object) -> object:
    """Return a cell; a text that begins like a formula is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = SEVERAL.join(str(one) for one in value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _names_of(field: RegisterField) -> tuple[str, ...]:
    return (field.id, field.id + NAME) if field.type in NAMED else (field.id,)


def _name(field: RegisterField, value: object) -> object:
    """Return in Vietnamese what a code stands for: a file is the same for every reader."""
    if isinstance(value, list):
        return [_name(field, one) for one in value]
    if isinstance(value, Mapping):
        unit = territory.unit(str(value["code"]), date.fromisoformat(str(value["on"])))
        return unit.name if unit else ""
    return next((one.label.vi for one in field.options if one.value == value), "")


def _has_point(definition: RegisterDefinition) -> bool:
    geometry = definition.by_id.get(definition.geometry or "")
    return (
        geometry is not None and geometry.type is FieldType.POINT and features.has_public_geometry(definition)
    )
