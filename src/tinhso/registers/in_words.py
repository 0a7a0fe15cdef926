"""Values of records as people read them."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import FieldType, RegisterField
from tinhso.territory import queries as territory

# Thousands with dots, decimals with a comma.
_VIETNAMESE = str.maketrans(",.", ".,")


def value_in_words(field: RegisterField, value: object, language: str) -> str:
    """Return the value in words; of an absent one, that it is absent."""
    if value is None or value == "":
        return _("chưa có")
    if isinstance(value, list):
        return ", ".join(value_in_words(field, one, language) for one in value)
    if field.type is FieldType.DATE:
        return "/".join(reversed(str(value).split("-")))
    if field.type is FieldType.YES_NO:
        return _("Có") if value else _("Không")
    if field.type is FieldType.CHOICE:
        return next((one.label.into(language) for one in field.options if one.value == value), str(value))
    if field.type is FieldType.UNIT:
        return _unit(value)
    if field.type in (FieldType.MONEY, FieldType.NUMBER):
        return _number(field, value, language)
    return str(value)


def _unit(value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    unit = territory.unit(str(value["code"]), date.fromisoformat(str(value["on"])))
    return unit.name if unit else str(value["code"])


def _number(field: RegisterField, value: object, language: str) -> str:
    whole, point, rest = str(value).partition(".")
    grouped = f"{int(whole):,}" if whole.lstrip("-").isdecimal() else whole
    written = grouped + point + rest
    if language.startswith("vi"):
        written = written.translate(_VIETNAMESE)
    unit = "₫" if field.type is FieldType.MONEY else field.unit_label.into(language)
    return f"{written} {unit}".strip()
