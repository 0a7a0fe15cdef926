"""A record's fields as boxes of a form, and what is typed in them read back."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions.registers.types import FieldType, RegisterField
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.text import fold, normalise
from tinhso.registers.types import RecordView
from tinhso.territory import queries as territory
from tinhso.web import province
from tinhso.web.desk import boxes
from tinhso.web.registers import words
from tinhso.web.registers.numbers import plain_number, written

PREFIX = "m."
LATITUDE, LONGITUDE = "-vi-do", "-kinh-do"
LONG = 400
MOST_RADIOS = 9
OUTLINE_HINT = gettext_lazy(
    "Mỗi dòng một đỉnh: vĩ độ rồi kinh độ WGS 84, ví dụ 21.5312, 107.4021. Hoặc dán nguyên một hình GeoJSON."
)
Given = dict[str, object]


@dataclass(frozen=True, slots=True)
class Drawing:
    """
    What drawing a form needs beside what was typed.

    :param on: the day whose map units are on
    :param found: field id → records that match what was typed for a relation, where it was not one
    :param units: field id → the unit it has now, which may be on no map any more
    """

    on: date
    errors: tuple[FieldError, ...] = ()
    found: Mapping[str, tuple[tuple[str, str], ...]] | None = None
    units: Mapping[str, str] | None = None
    prefix: str = PREFIX


def fields_of(fields: Iterable[RegisterField], data: QueryDict, drawing: Drawing) -> tuple[Field, ...]:
    """Return every box with what is typed in it and what is wrong with it."""
    return tuple(box for one in fields for box in _boxes(one, data, drawing))


def box_of(one: RegisterField, prefix: str = PREFIX) -> str:
    """Return the id of the first box of a field, where an error leads."""
    endings = {FieldType.DATE: "-day", FieldType.POINT: LATITUDE}
    return f"{prefix}{one.id}{endings.get(one.type, '')}"


def read(one: RegisterField, data: QueryDict, prefix: str = PREFIX) -> object:
    """Return what is typed as the engine takes it; what cannot be understood goes on as it is written."""
    return READERS.get(one.type, _read_text)(one, data, f"{prefix}{one.id}")


def write(
    data: QueryDict,
    one: RegisterField,
    value: object,
    prefix: str = PREFIX,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Put a kept value into the boxes. :param keys: a relation's record → its key, as people write it"""
    name = f"{prefix}{one.id}"
    if value is None:
        return
    if one.type is FieldType.DATE:
        parts = [*str(value).split("-"), "", ""]
        for part, text in zip(("year", "month", "day"), parts, strict=False):
            data[f"{name}-{part}"] = text
    elif one.type is FieldType.POINT and isinstance(value, Mapping):
        longitude, latitude = value["coordinates"][:2]
        data[f"{name}{LATITUDE}"], data[f"{name}{LONGITUDE}"] = str(latitude), str(longitude)
    elif isinstance(value, list) and one.type is FieldType.CHOICE:
        data.setlist(name, [str(item) for item in value])
    else:
        data[name] = _plain(one, value, keys or {})


def keys_of(records: Mapping[object, RecordView]) -> dict[str, str]:
    """Return record → key, for :func:`write`."""
    return {str(record_id): view.key for record_id, view in records.items()}


def _plain(one: RegisterField, value: object, keys: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    if one.type is FieldType.UNIT and isinstance(value, Mapping):
        return str(value["code"])
    if one.type is FieldType.POLYGON:
        return json.dumps(value)
    if one.type is FieldType.YES_NO:
        return "yes" if value else "no"
    if one.type in (FieldType.NUMBER, FieldType.MONEY):
        return written(value)
    return keys.get(str(value), str(value)) if one.type is FieldType.RELATION else str(value)


def _boxes(one: RegisterField, data: QueryDict, drawing: Drawing) -> Iterator[Field]:
    name = f"{drawing.prefix}{one.id}"
    label, hint = one.label.into(words.language()), one.hint.into(words.language())
    if one.type is FieldType.POINT:
        yield from _point(name, label, data, drawing.errors, required=one.required)
        return
    matches = (drawing.found or {}).get(one.id, ())
    if one.type is FieldType.RELATION and matches:
        none = ("", _("Không phải các bản ghi này: để trống"))
        options = [*matches, none]
        yield boxes.field(
            name, "one_of", label, data, options=options, errors=drawing.errors, required=one.required
        )
        return
    kind, own_hint, options = _kind(one, drawing)
    drawn = boxes.field(
        name,
        kind,
        label,
        data,
        hint=" ".join(part for part in (hint, own_hint) if part),
        options=options,
        max_length=one.max_length if one.type is FieldType.TEXT and not one.several else 0,
        inputmode="decimal" if one.type is FieldType.NUMBER else "",
        errors=drawing.errors,
        required=one.required,
    )
    if kind == "many_of":
        chosen = data.getlist(name)
        marked = tuple(replace(option, chosen=option.value in chosen) for option in drawn.options)
        drawn = boxes.with_options(drawn, marked)
    yield replace(drawn, unit_label=one.unit_label.into(words.language()))


def _kind(one: RegisterField, drawing: Drawing) -> tuple[str, str, list[tuple[str, str]]]:
    """Return how a field is asked: the kind of box, what its type asks for, its choices."""
    blank = [] if one.required else [("", _("Chưa có thông tin"))]
    if one.type is FieldType.TEXT:
        if one.several:
            return "long_text", _("Mỗi dòng một giá trị."), []
        return ("long_text" if one.max_length > LONG else "text"), "", []
    if one.type is FieldType.DATE:
        known = _("Chỉ biết năm, hoặc tháng và năm, thì để trống phần còn lại.")
        return "date", known if one.partial else "", []
    if one.type is FieldType.NUMBER:
        return "number", _("Ví dụ: 1.250,5") if one.decimals else "", []
    if one.type is FieldType.YES_NO:
        return "one_of", "", [("yes", _("Có")), ("no", _("Không")), *blank]
    if one.type is FieldType.CHOICE:
        given = [(option.value, option.label.into(words.language())) for option in one.options]
        many = len(given) > MOST_RADIOS
        return ("many_of", "", given) if one.several else ("one_of", "", given if many else [*given, *blank])
    if one.type is FieldType.UNIT:
        return "one_of", "", units(drawing.on, (drawing.units or {}).get(one.id, ""))
    if one.type is FieldType.RELATION:
        return "text", _("Gõ khóa, hoặc vài chữ trong tên; gõ có dấu hay không đều được."), []
    if one.type is FieldType.POLYGON:
        return "long_text", str(OUTLINE_HINT), []
    return str(one.type), "", []


def units(on: date, held: str = "") -> list[tuple[str, str]]:
    """Return the province's communes of the day by name, and the one a record has though it is gone."""
    found = [(one.code, one.name) for one in territory.communes(province.current().code, on)]
    found.sort(key=lambda one: fold(one[1]))
    if held and held not in {code for code, _name in found}:
        found.append((held, words.unit_name(held)))
    return found


def _point(
    name: str, label: str, data: QueryDict, errors: tuple[FieldError, ...], *, required: bool
) -> Iterator[Field]:
    for ending, part, example in (
        (LATITUDE, _("vĩ độ"), "21.53120"),
        (LONGITUDE, _("kinh độ"), "107.40210"),
    ):
        yield boxes.field(
            f"{name}{ending}",
            "number",
            f"{label}: {part}",
            data,
            hint=_("Độ thập phân, WGS 84. Ví dụ: %(example)s") % {"example": example},
            errors=errors,
            required=required,
            inputmode="decimal",
        )


def _read_text(one: RegisterField, data: QueryDict, name: str) -> object:
    if one.several:
        return [line for line in (normalise(text) for text in data.get(name, "").splitlines()) if line]
    return normalise(data.get(name, ""))


def _read_date(_one: RegisterField, data: QueryDict, name: str) -> object:
    day, month, year = (data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year"))
    return "/".join(part for part in (day, month, year) if part)


def _read_number(_one: RegisterField, data: QueryDict, name: str) -> object:
    given = normalise(data.get(name, ""))
    return plain_number(given) or given


def _read_choice(one: RegisterField, data: QueryDict, name: str) -> object:
    return [value for value in data.getlist(name) if value] if one.several else data.get(name, "")


def _read_point(_one: RegisterField, data: QueryDict, name: str) -> object:
    latitude, longitude = (normalise(data.get(f"{name}{ending}", "")) for ending in (LATITUDE, LONGITUDE))
    if not latitude and not longitude:
        return ""
    pair = [_degrees(longitude), _degrees(latitude)]
    return {"type": "Point", "coordinates": pair}


def _degrees(text: str) -> object:
    """Return the number; what is none stays, for the engine to say so."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _read_outline(_one: RegisterField, data: QueryDict, name: str) -> object:
    text = data.get(name, "").strip()
    if not text:
        return ""
    return _geojson(text) if text.startswith("{") else _ring(text)


def _geojson(text: str) -> object:
    try:
        given = json.loads(text)
    except ValueError:
        return text
    if given.get("type") == "FeatureCollection" and given.get("features"):
        given = given["features"][0]
    return given.get("geometry") if given.get("type") == "Feature" else given


def _ring(text: str) -> object:
    """Return the polygon of corners, one a line; it need not be closed."""
    corners = [line.replace(";", " ").replace(",", " ").split() for line in text.splitlines() if line.strip()]
    ring = [[_degrees(parts[1]), _degrees(parts[0])] if len(parts) == 2 else parts for parts in corners]
    closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
    return {"type": "Polygon", "coordinates": [closed]}


Read = Callable[[RegisterField, QueryDict, str], object]
READERS: Mapping[FieldType, Read] = {
    FieldType.DATE: _read_date,
    FieldType.NUMBER: _read_number,
    FieldType.MONEY: _read_number,
    FieldType.CHOICE: _read_choice,
    FieldType.POINT: _read_point,
    FieldType.POLYGON: _read_outline,
}
