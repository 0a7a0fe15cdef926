"""What the columns of a file mean: CSV on the Web (W3C), one document for each CSV."""

from typing import Any

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.edge.open_data import features, tables
from tinhso.edge.open_data.terms import terms

_DATATYPES = {FieldType.MONEY: "integer", FieldType.YES_NO: "boolean"}
_OWN = {
    features.KEY: ("string", "Khóa của bản ghi", "Key of the record"),
    features.SINCE: ("date", "Có hiệu lực từ ngày", "In force from"),
    features.UNTIL: ("date", "Hết hiệu lực từ ngày", "In force until, that day not included"),
    features.UPDATED: ("dateTimeStamp", "Ghi lần cuối lúc", "Last written at"),
    features.SOURCE: ("string", "Nguồn; «invented» là dữ liệu giả lập", "Source; “invented” is made up"),
    tables.LONGITUDE: ("number", "Kinh độ, WGS 84", "Longitude, WGS 84"),
    tables.LATITUDE: ("number", "Vĩ độ, WGS 84", "Latitude, WGS 84"),
}


def dictionary(
    definition: RegisterDefinition, *, csv_url: str, page_url: str, publisher: str
) -> dict[str, Any]:
    """Return the document. :param csv_url: the whole address of the CSV; ``publisher``: in Vietnamese"""
    said = terms()
    schema: dict[str, Any] = {"columns": [_column(definition, one) for one in tables.csv_names(definition)]}
    if features.KEY in features.names(definition):
        schema["primaryKey"] = features.KEY
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": csv_url,
        "dc:title": _both(definition.name.vi, definition.name.en),
        "dc:description": _both(definition.summary.vi, definition.summary.en),
        "dc:publisher": publisher,
        "dc:rights": said.name.vi,
        "dc:source": definition.public.source if definition.public else "",
        "dcat:landingPage": {"@id": page_url},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": schema,
    }


def _column(definition: RegisterDefinition, name: str) -> dict[str, Any]:
    if name in _OWN:
        datatype, vi, en = _OWN[name]
        return {"name": name, "titles": name, "datatype": datatype, "dc:title": _both(vi, en)}
    field = definition.by_id.get(name)
    if field is None:
        return _name_column(definition.by_id[name.removesuffix(tables.NAME)], name)
    told: dict[str, Any] = {
        "name": name,
        "titles": name,
        "datatype": datatype_of(field),
        "dc:title": _both(field.label.vi, field.label.en),
        "required": field.required and not field.several,
    }
    if field.hint:
        told["dc:description"] = _both(field.hint.vi, field.hint.en)
    if unit := field.unit_label.vi:
        told["schema:unitText"] = unit
    return told | ({"separator": tables.SEVERAL} if field.several else {})


def datatype_of(field: RegisterField) -> Any:
    """Return the datatype of the column's cells."""
    if field.options:
        return {"base": "string", "format": "|".join(one.value for one in field.options)}
    if field.type is FieldType.NUMBER:
        return "number" if field.decimals else "integer"
    if field.type is FieldType.DATE:
        return "string" if field.partial else "date"
    return _DATATYPES.get(field.type, "string")


def _name_column(field: RegisterField, name: str) -> dict[str, Any]:
    title = _both(f"{field.label.vi}, bằng chữ", f"{field.label.en}, in words")
    several = {"separator": tables.SEVERAL} if field.several else {}
    return {"name": name, "titles": name, "datatype": "string", "dc:title": title} | several


def _both(vi: str, en: str) -> Any:
    told = [{"@value": vi, "@language": "vi"}]
    return [*told, {"@value": en, "@language": "en"}] if en else told
