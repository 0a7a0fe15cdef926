"""How a question's view becomes boxes: which component draws it, which ids belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tinhso.forms.types import Field

register = template.Library()

CONTROLS = {
    "long_text": "field_textarea",
    "date": "field_date",
    "money": "field_money",
    "yes_no": "field_radios",
    "one_of": "field_radios",
    "many_of": "field_checkboxes",
    "address": "field_commune",
    "group": "field_group",
    "file": "field_upload",
    "declaration": "field_declaration",
}
TOO_MANY_RADIOS = 10
MOST_SIDE_BY_SIDE, SHORT_LABEL = 3, 16
WIDTHS = {
    "personal_id": " govuk-input--width-20 ts-number",
    "phone": " govuk-input--width-20 ts-number",
    "number": " govuk-input--width-10 ts-number",
}
INPUT_TYPES = {"phone": "tel", "email": "email"}


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a compound field."""

    id: str
    name: str
    value: str
    label: str = ""
    width: int = 2
    wrong: bool = False
    autocomplete: str = ""


@register.filter
def control(field: Field) -> str:
    """Return the component that draws the field; a long list of choices becomes a menu."""
    if field.kind == "one_of" and len(field.options) > TOO_MANY_RADIOS:
        return "field_select"
    return CONTROLS.get(field.kind, "field_text")


@register.filter
def choices(field: Field) -> list[dict[str, Any]]:
    """Return the choices, yes and no for a question of that kind; the first bears the field's id."""
    given = [(option.value, option.label, option.hint, option.chosen) for option in field.options]
    if field.kind == "yes_no":
        given = [
            (value, label, "", field.value == value)
            for value, label in (("yes", _("Có")), ("no", _("Không")))
        ]
    return [
        {
            "id": field.id if n == 0 else f"{field.id}-{n}",
            "value": value,
            "label": label,
            "hint": hint,
            "chosen": chosen,
        }
        for n, (value, label, hint, chosen) in enumerate(given)
    ]


@register.filter
def side_by_side(field: Field) -> bool:
    """Return whether the choices are few and short enough to stand beside each other on a phone."""
    given = choices(field)
    return len(given) <= MOST_SIDE_BY_SIDE and all(
        len(one["label"]) <= SHORT_LABEL and not one["hint"] for one in given
    )


@register.filter
def described_by(field: Field) -> str:
    """Return the ids of the hint and the error, for ``aria-describedby``."""
    parts = (f"{field.id}-hint" if field.hint else "", f"{field.id}-error" if field.error else "")
    return " ".join(part for part in parts if part)


@register.filter
def input_type(field: Field) -> str:
    return INPUT_TYPES.get(field.kind, "text")


@register.filter
def width(field: Field) -> str:
    """Return the class that makes the box as wide as its answer; names and addresses take the line."""
    return WIDTHS.get(field.kind, "")


@register.filter
def date_boxes(field: Field) -> list[Box]:
    """Return the boxes day, month, year; those an error names are wrong, or all when it names none."""
    labels = (_("Ngày"), _("Tháng"), _("Năm"))
    birthday = field.autocomplete == "bday"
    return [
        Box(
            id=name,
            name=name,
            value=_value(field, index),
            label=labels[index],
            width=4 if index == 2 else 2,
            wrong=_is_wrong(field, name),
            autocomplete=f"bday-{part}" if birthday else "",
        )
        for index, (name, part) in enumerate(zip(field.names, ("day", "month", "year"), strict=True))
    ]


@register.filter
def address_boxes(field: Field) -> dict[str, Box]:
    """Return the boxes of an address: ``commune`` and ``detail``; a code shows as the unit's name."""
    commune, detail = field.names
    names = {option.value: option.label for option in field.options}
    written = _value(field, 0)
    return {
        "commune": Box(
            commune, commune, names.get(written, field.shown or written), wrong=_is_wrong(field, commune)
        ),
        "detail": Box(detail, detail, _value(field, 1), wrong=_is_wrong(field, detail)),
    }


@register.filter
def of(by_name: Mapping[str, Sequence[object]] | None, name: str) -> Sequence[object]:
    """Return what a mapping holds for a name; nothing when it holds none."""
    return (by_name or {}).get(name, ())


@register.filter
def source_words(source: str) -> str:
    """Say in words what proved a value: ``applicant.full_name`` → the person's account."""
    if source.startswith("applicant.organisation"):
        return _("Lấy từ thông tin đăng ký của tổ chức.")
    if source.startswith("applicant."):
        return _("Lấy từ tài khoản định danh của bạn, không phải khai lại.")
    return source


@register.filter
def source_name(source: str) -> str:
    """Name what proved a value, where many stand one below the other."""
    if source.startswith("applicant.organisation"):
        return _("Thông tin đăng ký của tổ chức")
    return _("Tài khoản định danh") if source.startswith("applicant.") else source


def _value(field: Field, index: int) -> str:
    return field.values[index] if index < len(field.values) else ""


def _is_wrong(field: Field, name: str) -> bool:
    named = {problem.field_name for problem in field.errors}
    return bool(named) and (name in named or not named & set(field.names))
