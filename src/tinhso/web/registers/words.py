"""Values of records as people read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.money import format_dong
from tinhso.registers import places
from tinhso.registers.types import RecordView
from tinhso.web.registers.numbers import written

SHORT = 12


def language() -> str:
    return (get_language() or "vi")[:2]


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Puts values into words.

    :param records: what relations lead to, as far as the reader may see it
    """

    records: Mapping[UUID, RecordView] = field(default_factory=dict)
    definitions: Mapping[str, RegisterDefinition] = field(default_factory=dict)

    def shown(self, of: RegisterField, value: object) -> str:
        """Return the value in words; empty where there is none."""
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, list):
            return "; ".join(self.shown(of, one) for one in value)
        if of.type is FieldType.RELATION:
            return self._related(of, value)
        text = WRITERS.get(of.type, _text)(of, value)
        return f"{text} {unit}" if (unit := of.unit_label.into(language())) else text

    def title(self, definition: RegisterDefinition, view: RecordView) -> str:
        """Return what names a record to people: numbers say what they count, choices are in words."""
        parts: list[str] = []
        for name in definition.title:
            of = definition.by_id[name]
            if (value := view.values.get(name)) is None:
                continue
            text = self.shown(of, value)
            is_bare = len(definition.title) > 1 and len(text) <= SHORT and not text[:1].isalpha()
            is_bare = is_bare and of.type is not FieldType.DATE
            label = of.label.into(language())
            label = label[:1].lower() + label[1:] if parts else label
            parts.append(f"{label} {text}" if is_bare else text)
        return ", ".join(parts) or view.key or _("Bản ghi không tên")

    def _related(self, of: RegisterField, value: object) -> str:
        view = self.records.get(uuid_of(value))
        if view is None:
            return _("Bản ghi bạn không xem được")
        return self.title(self.definitions[of.register_id], view)


def uuid_of(value: object) -> UUID:
    """Return the id in a relation's value; one that belongs to nothing where it is none."""
    try:
        return UUID(str(value))
    except ValueError:
        return UUID(int=0)


def written_date(text: str) -> str:
    """
    Write a kept date: a day, a month, or a year.

    >>> written_date("2026-11-22"), written_date("1960-05"), written_date("1960")
    ('22/11/2026', '05/1960', '1960')
    """
    return "/".join(reversed(text.split("-")))


def unit_name(code: str, on: date | None = None) -> str:
    """Return the unit's name, on the map of a day; its last name where that map has no such unit."""
    return places.name_of(code, on)


def _unit(_of: RegisterField, value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return unit_name(str(value["code"]), date.fromisoformat(str(value["on"])))


def _choice(of: RegisterField, value: object) -> str:
    found = next((option for option in of.options if option.value == value), None)
    return found.label.into(language()) if found else str(value)


def _text(_of: RegisterField, value: object) -> str:
    return str(value)


WRITERS: Mapping[FieldType, Callable[[RegisterField, object], str]] = {
    FieldType.DATE: lambda _of, value: written_date(str(value)),
    FieldType.NUMBER: lambda _of, value: written(value),
    FieldType.MONEY: lambda _of, value: format_dong(int(str(value))),
    FieldType.YES_NO: lambda _of, value: _("Có") if value else _("Không"),
    FieldType.CHOICE: _choice,
    FieldType.UNIT: _unit,
}


def relation_ids(definition: RegisterDefinition, views: Iterable[Mapping[str, object]]) -> set[UUID]:
    """Return every record that the values lead to."""
    names = [one.id for one in definition.fields if one.type is FieldType.RELATION]
    return {uuid_of(values[name]) for values in views for name in names if values.get(name)}


def relation_registers(definition: RegisterDefinition) -> set[str]:
    return {one.register_id for one in definition.fields if one.type is FieldType.RELATION}
