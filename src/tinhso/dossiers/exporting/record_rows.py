"""Records of registers as lines of a file: only what the reader sees, one at a time."""

import json
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.registers import places
from tinhso.registers.in_words import value_in_words
from tinhso.registers.types import RecordView

NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})


def rows(
    definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView], language: str
) -> Iterator[tuple[str, ...]]:
    """
    Yield the headings, then each record: dates as 22/11/2026, choices and units in words, relations by id.

    :param seen: the fields the reader sees of some record: the columns
    """
    fields = [one for one in definition.fields if one.id in seen and one.type not in GEOMETRY]
    yield (_("Khóa"), *(one.label.into(language) for one in fields), _("Đúng từ ngày"))
    for view in records:
        cells = (_cell(one, view.values.get(one.id), language) for one in fields)
        yield (view.key, *cells, f"{view.valid_from:%d/%m/%Y}")


def geojson(seen: frozenset[str], records: Iterator[RecordView]) -> Iterator[str]:
    """Yield a FeatureCollection (RFC 7946) feature by feature; properties are values as they are kept."""
    yield '{"type": "FeatureCollection", "features": ['
    for place, view in enumerate(records):
        feature = {
            "type": "Feature",
            "id": view.key or str(view.id),
            "geometry": view.geometry,
            "properties": {name: value for name, value in view.values.items() if name in seen},
        }
        yield (",\n" if place else "\n") + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def _cell(one: RegisterField, value: object, language: str) -> str:
    """Return numbers without thousands and units by their last name: what a machine reads back."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(one, each, language) for each in value)
    if one.type in NUMBERS:
        return str(value).replace(".", ",")
    if one.type is FieldType.UNIT and isinstance(value, dict):
        return places.name_of(str(value["code"]), date.fromisoformat(str(value["on"])))
    return value_in_words(one, value, language)
