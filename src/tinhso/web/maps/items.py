"""Records as entries of the list beside the map: what they are called, what is known, where they lead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from shapely.geometry import shape

from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import distances
from tinhso.registers.in_words import value_in_words
from tinhso.registers.nearness import Neighbour
from tinhso.registers.types import RecordView, SourceKind
from tinhso.web.maps.finding import LayerFound
from tinhso.web.navigation import address
from tinhso.web.portal.language import language, say

FACTS = 3
# Of each layer; the rest are marks on the map, and listed by a closer look.
LISTED = 40
# What tells most in a line, first; text says the least for its length.
_TELLING = (FieldType.CHOICE, FieldType.NUMBER, FieldType.MONEY, FieldType.YES_NO)


@dataclass(frozen=True, slots=True)
class Item:
    """
    :param facts: what is known of it, in words; of those that are listed only
    :param near: the nearest of another register, with the way there; ``near_km``: how far
    :param at: longitude and latitude of its mark
    :param km: how far it is from the place that is looked from; None where none is
    """

    id: str
    title: str
    facts: tuple[str, ...]
    near: str
    url: str
    look: int
    at: distances.Place
    shape: Mapping[str, Any]
    km: float | None = None
    near_km: float | None = None

    @property
    def far(self) -> str:
        return "" if self.km is None else kilometres(self.km)


def items_of(found: LayerFound, actor: Actor, *, start: distances.Place | None = None) -> tuple[Item, ...]:
    """Return the layer's records as entries, the nearest first: to the start, else to what they are near."""
    made = [(_item(one, found, actor, start), one) for one in found.records if one.geometry]
    made.sort(key=lambda one: (one[0].km or 0.0, one[0].near_km or 0.0, one[0].title))
    definition = found.asked.layer.definition
    listed = (replace(item, facts=tuple(_facts(definition, one))) for item, one in made[:LISTED])
    return (*listed, *(item for item, _one in made[LISTED:]))


def record_url(definition: RegisterDefinition, record: RecordView, actor: Actor) -> str:
    """Return where the record is shown in full: to officers at the desk, else in the open data."""
    if actor.kind is ActorKind.OFFICER and (url := address("registers:record", record.id)):
        return url
    return address("opendata:record", definition.id, record.key) if definition.public and record.key else ""


def kilometres(km: float) -> str:
    """Return a distance as people say it."""
    if km < 1:
        return _("%(metres)s m") % {"metres": round(km * 1000 / 10) * 10}
    return _("%(km)s km") % {"km": number_format(round(km, 1), 1 if km < 10 else 0)}


def _item(record: RecordView, found: LayerFound, actor: Actor, start: distances.Place | None) -> Item:
    definition = found.asked.layer.definition
    assert record.geometry is not None
    at = distances.middle(shape(record.geometry))
    neighbour = (found.neighbours or {}).get(record.id)
    return Item(
        id=str(record.id),
        title=record.title or record.key or say(definition.name),
        facts=(),
        near=_near(neighbour) if neighbour else "",
        url=record_url(definition, record, actor),
        look=found.asked.layer.look,
        at=at,
        shape=record.geometry,
        km=distances.kilometres(start, at) if start else None,
        near_km=neighbour.km if neighbour else None,
    )


def _near(neighbour: Neighbour) -> str:
    said = {"name": neighbour.record.title, "far": kilometres(neighbour.km)}
    return _("%(name)s cách %(far)s") % said


def _facts(definition: RegisterDefinition, record: RecordView) -> list[str]:
    told = [one for one in definition.fields if _tells(definition, one) and one.id in record.values]
    told.sort(key=lambda one: _TELLING.index(one.type))
    found = [_fact(one, record.values[one.id]) for one in told[:FACTS]]
    unit = definition.by_id.get(definition.unit or "")
    if unit is not None and unit.id in record.values:
        found.append(value_in_words(unit, record.values[unit.id], language()))
    if record.source == SourceKind.INVENTED:
        found.append(str(SourceKind.INVENTED.label))
    return found


def _tells(definition: RegisterDefinition, one: RegisterField) -> bool:
    return one.type in _TELLING and one.type not in GEOMETRY and one.id not in definition.title


def _fact(field: RegisterField, value: object) -> str:
    words = value_in_words(field, value, language())
    if field.type is FieldType.CHOICE:
        return words
    if field.type is FieldType.YES_NO:
        return say(field.label) if value else f"{say(field.label)}: {words.lower()}"
    return f"{say(field.label)}: {words}"
