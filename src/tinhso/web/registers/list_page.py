"""A register as a list: what is asked, what was found, what can be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.text import fold
from tinhso.people.types import Actor
from tinhso.registers import policies, quality, queries
from tinhso.registers.types import Page, RecordView, SourceKind
from tinhso.territory import queries as territory
from tinhso.web import province
from tinhso.web.parts import Option
from tinhso.web.registers import asking, words
from tinhso.web.registers.asking import Asked
from tinhso.web.registers.rules import sentence_of

SIZE = 50
MOST_COUNTED = 1_000
MOST_COLUMNS = 4
SHOWN_FIRST = (FieldType.CHOICE, FieldType.DATE, FieldType.NUMBER, FieldType.MONEY, FieldType.YES_NO)
SHOWN_THEN = (FieldType.PERSON_NAME, FieldType.TEXT)
NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})


@dataclass(frozen=True, slots=True)
class Box:
    """
    One box that narrows the list.

    :param kind: ``choice``, ``text``, ``relation``, ``days`` or ``span``
    :param hint: the record a relation's key stands for
    :param name: of a span, of its lowest value; ``high_name`` and ``high`` belong to the highest
    """

    kind: str
    name: str
    label: str
    value: str = ""
    options: tuple[Option, ...] = ()
    high_name: str = ""
    high: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """:param doubt: why not to rely on the record, in words"""

    url: str
    title: str
    key: str
    unit: str
    cells: tuple[Cell, ...]
    confirmed_at: datetime
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """
    :param count: None: more than :data:`MOST_COUNTED`
    :param narrowed: how many boxes beside the words and the unit narrow the list
    :param rule: the sentence of the rule whose failing records these are
    """

    id: str
    name: str
    summary: str
    asked: Asked
    count: int | None
    most: int
    units: tuple[Option, ...]
    boxes: tuple[Box, ...]
    narrowed: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rule: str
    next_url: str
    first_url: str
    clear_url: str
    links: tuple[Link, ...]
    may_enter: bool
    outside: str


def list_page(*, actor: Actor, at: datetime, definition: RegisterDefinition, asked: Asked) -> ListPage:
    """Prepare the page: the same questions to the database for one record and for fifty."""
    base = reverse("registers:list", args=[definition.id])
    seen = policies.fields_seen(actor=actor, definition=definition)
    columns = tuple(columns_of(definition, seen))
    found = _found(actor, at, definition, asked)
    return ListPage(
        id=definition.id,
        name=definition.name.into(words.language()),
        summary=definition.summary.into(words.language()),
        asked=asked,
        count=_count(actor, at, definition, asked),
        most=MOST_COUNTED,
        units=units_of(definition, seen, asked, on=asked.moment.valid) if definition.unit else (),
        boxes=() if asked.rule else tuple(boxes_of(definition, seen, asked)),
        narrowed=len(asked.filters) + len(asked.spans) + (not asked.is_of_now),
        columns=tuple(Column(one.label.into(words.language()), one.type in NUMBERS) for one in columns),
        rows=tuple(_row(definition, columns, one, asked) for one in found.records),
        rule=sentence_of(definition, asked.rule) if asked.rule else "",
        next_url=asked.address(base, **{asking.AFTER: str(found.next)}) if found.next else "",
        first_url=asked.address(base) if asked.after else "",
        clear_url=base,
        links=tuple(_links(actor, definition, asked)),
        may_enter=policies.may_enter(actor=actor, definition=definition),
        outside=definition.system,
    )


def columns_of(definition: RegisterDefinition, seen: frozenset[str]) -> list[RegisterField]:
    """Return the fields beside title and unit that tell most: what can be filtered by, then what is short."""
    left_out = {*definition.title, definition.unit, *definition.subjects}
    rest = [one for one in definition.fields if one.id in seen and one.id not in left_out]
    rest = [one for one in rest if not one.several and not one.seen_by and one.type not in GEOMETRY]
    first = [one for one in rest if one.type in SHOWN_FIRST]
    then = [one for one in rest if one.type in SHOWN_THEN and one.max_length <= 400]
    ranked = sorted(first, key=lambda one: (not one.required, not one.is_filter))
    chosen = {one.id for one in (*ranked, *sorted(then, key=lambda one: not one.required))[:MOST_COLUMNS]}
    return [one for one in definition.fields if one.id in chosen]


def units_of(
    definition: RegisterDefinition, seen: frozenset[str], asked: Asked, *, on: date
) -> tuple[Option, ...]:
    """Return the communes of the province on the day that is asked about."""
    if definition.unit not in seen:
        return ()
    found = [(one.code, one.name) for one in territory.communes(province.current().code, on)]
    if asked.unit and asked.unit not in {code for code, _name in found}:
        found.append((asked.unit, words.unit_name(asked.unit, on)))
    return tuple(Option(code, name, code == asked.unit) for code, name in sorted(found, key=_by_name))


def boxes_of(definition: RegisterDefinition, seen: frozenset[str], asked: Asked) -> Iterator[Box]:
    """Yield what narrows the list beside words and unit."""
    for one in asking.filters_of(definition, seen):
        name, label = f"{asking.PREFIX}{one.id}", one.label.into(words.language())
        value = asked.typed.get(name, "")
        if one.type is FieldType.RELATION:
            yield _relation_box(name, label, value, asked.found.get(one.id, ()))
        elif options := tuple(_options(one, value)):
            yield Box("choice", name, label, value, options)
        else:
            yield Box("text", name, label, value)
    for one in asking.spans_of(definition, seen):
        name, label = f"{asking.PREFIX}{one.id}", one.label.into(words.language())
        kind = "days" if one.type is FieldType.DATE else "span"
        low, high = f"{name}{asking.LOW}", f"{name}{asking.HIGH}"
        yield Box(kind, low, label, asked.typed.get(low, ""), (), high, asked.typed.get(high, ""))


def _relation_box(name: str, label: str, value: str, found: tuple[tuple[str, str], ...]) -> Box:
    """Return a box for a key or words; of several records that were found, a choice."""
    if len(found) > 1:
        return Box("choice", name, label, value, tuple(Option(*one, False) for one in found))
    return Box("relation", name, label, value, hint=found[0][1] if found else "")


def _options(one: RegisterField, value: str) -> Iterator[Option]:
    if one.type is FieldType.CHOICE:
        for option in one.options:
            yield Option(option.value, option.label.into(words.language()), option.value == value)
    elif one.type is FieldType.YES_NO:
        for code, label in (("true", _("Có")), ("false", _("Không"))):
            yield Option(code, label, code == value)


def _by_name(one: tuple[str, str]) -> str:
    return fold(one[1])


def _found(actor: Actor, at: datetime, definition: RegisterDefinition, asked: Asked) -> Page:
    if asked.rule:
        return quality.failing_records(
            actor=actor,
            register_id=definition.id,
            rule=asked.rule,
            at=at,
            unit_code=asked.unit,
            after=asked.after,
            limit=SIZE,
        )
    return queries.find_records(
        actor=actor,
        register_id=definition.id,
        moment=asked.moment,
        text=asked.text,
        filters=asked.filters,
        unit_code=asked.unit,
        ranges=asked.spans,
        after=asked.after,
        limit=SIZE,
    )


def _count(actor: Actor, at: datetime, definition: RegisterDefinition, asked: Asked) -> int | None:
    if asked.rule:
        found = quality.count_failing(
            actor=actor, register_id=definition.id, rule=asked.rule, at=at, unit_code=asked.unit
        )
    else:
        found = queries.count_records(
            actor=actor,
            register_id=definition.id,
            moment=asked.moment,
            text=asked.text,
            filters=asked.filters,
            unit_code=asked.unit,
            ranges=asked.spans,
            most=MOST_COUNTED + 1,
        )
    return found if found <= MOST_COUNTED else None


def _row(
    definition: RegisterDefinition, columns: tuple[RegisterField, ...], view: RecordView, asked: Asked
) -> Row:
    reader = words.Reader()
    days = {asking.DAY: asked.day, asking.KNOWN: asked.known}
    query = urlencode({name: day.isoformat() for name, day in days.items() if day})
    url = reverse("registers:record", args=[view.id])
    return Row(
        url=f"{url}?{query}" if query else url,
        title=reader.title(definition, view),
        key=view.key,
        unit=words.unit_name(view.unit_code, view.valid_from) if view.unit_code else "",
        cells=tuple(_cell(reader, one, view) for one in columns),
        confirmed_at=view.confirmed_at,
        doubt=_doubt(view),
    )


def _doubt(view: RecordView) -> str:
    if view.source == SourceKind.INVENTED:
        return str(SourceKind.INVENTED.label)
    return _("Trùng khóa") if view.clashes_with else ""


def _cell(reader: words.Reader, one: RegisterField, view: RecordView) -> Cell:
    text = reader.shown(one, view.values.get(one.id))
    return Cell(one.label.into(words.language()), text, one.type in NUMBERS)


def _links(actor: Actor, definition: RegisterDefinition, asked: Asked) -> Iterator[Link]:
    """Yield where one can go from here; what is not for the actor is not offered."""
    if quality.sees_quality(actor=actor, register_id=definition.id):
        yield Link(_("Chất lượng"), reverse("registers:quality", args=[definition.id]), "chart-bar")
    if definition.geometry:
        yield Link(_("Bản đồ"), reverse("maps:register", args=[definition.id]), "map-pin")
    if policies.may_enter(actor=actor, definition=definition):
        yield Link(_("Nhập từ tệp"), reverse("registers:import", args=[definition.id]), "upload")
    if not asked.rule:
        yield Link(_("Xuất"), asked.address(reverse("registers:export", args=[definition.id])), "download")
