"""One data set: what it holds, where to get it, its records to look through, its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.edge.limits import RECORD, within
from tinhso.edge.open_data import features
from tinhso.edge.open_data.terms import terms
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.text import normalise
from tinhso.people.types import ANONYMOUS
from tinhso.registers import public, queries
from tinhso.registers.public import Holdings
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import Moment, RecordView
from tinhso.territory import queries as territory
from tinhso.web import province
from tinhso.web.errors import too_many
from tinhso.web.navigation import address
from tinhso.web.opendata.addresses import page_of, record_of
from tinhso.web.opendata.home import DataSet, data_set
from tinhso.web.opendata.sources import stated
from tinhso.web.parts import LinkedError, Option
from tinhso.web.portal.language import say
from tinhso.web.registers.words import Reader, relation_ids, relation_registers

WORDS, UNIT, AFTER, KEY = "q", "xa", "sau", "ma"
PREFIX = "m."
LONGEST, LONGEST_KEY = 120, 160
SIZE = 25
MOST_COUNTED = 10_000
MOST_FACTS = 4
OFFERED = frozenset({FieldType.CHOICE, FieldType.YES_NO})
NAMES = frozenset({FieldType.TEXT, FieldType.PERSON_NAME})
NOT_FOUND = gettext_lazy(
    "Không có bản ghi nào mang mã này trong phần được công bố. "
    "Hãy so lại từng chữ với giấy tờ, hoặc hỏi cơ quan giữ sổ."
)
NO_KEY = gettext_lazy("Hãy nhập mã ghi trên giấy tờ.")
# The kinds of fields, as people call them.
KINDS: Mapping[FieldType, object] = {
    FieldType.TEXT: gettext_lazy("Chữ"),
    FieldType.PERSON_NAME: gettext_lazy("Họ tên"),
    FieldType.PERSONAL_ID: gettext_lazy("Số định danh"),
    FieldType.DATE: gettext_lazy("Ngày"),
    FieldType.NUMBER: gettext_lazy("Số"),
    FieldType.MONEY: gettext_lazy("Tiền, đồng"),
    FieldType.YES_NO: gettext_lazy("Có hoặc không"),
    FieldType.CHOICE: gettext_lazy("Chọn trong danh sách"),
    FieldType.UNIT: gettext_lazy("Đơn vị hành chính"),
    FieldType.RELATION: gettext_lazy("Bản ghi khác"),
    FieldType.POINT: gettext_lazy("Điểm trên bản đồ"),
    FieldType.POLYGON: gettext_lazy("Vùng trên bản đồ"),
}


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def is_chosen(self) -> bool:
        return any(one.chosen for one in self.options)


@dataclass(frozen=True, slots=True)
class Row:
    """:param url: empty where records have no page; ``facts``: label and value"""

    title: str
    url: str
    key: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """:param values: code and what it stands for, of a choice"""

    id: str
    label: str
    kind: str
    hint: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Browse:
    """
    The records, as far as they are asked for.

    :param is_more: counting stopped at ``MOST_COUNTED``
    :param narrowed: something was asked; ``clear_url`` asks nothing
    """

    words: str
    boxes: tuple[Box, ...]
    count: int
    rows: tuple[Row, ...]
    narrowed: bool
    is_more: bool
    clear_url: str
    first_url: str
    next_url: str

    @property
    def is_filtered(self) -> bool:
        return any(box.is_chosen for box in self.boxes)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """
    :param browse: None where the register is not published as a whole
    :param may_look_up: a record may be asked for by its key; ``example``: a key's pattern in words
    """

    set: DataSet
    law: str
    licence: str
    columns: tuple[Column, ...]
    browse: Browse | None
    may_look_up: bool
    is_mapped: bool
    map_url: str


@require_safe
def register_page(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show the data set, or lead to the record whose key was given. :raises RegisterMissing: not published"""
    definition = public.public_register(register_id)
    at = clock.now()
    context: dict[str, object] = {}
    status = 200
    may_look_up = bool(definition.public and definition.public.look_up)
    if KEY in request.GET and may_look_up:
        if not within(request, RECORD):
            return too_many(request)
        typed = written(request.GET[KEY])[:LONGEST_KEY]
        if found := _found_by(definition, typed, at):
            return redirect("opendata:record", definition.id, found)
        sentence = str(NOT_FOUND if typed else NO_KEY)
        context = {"errors": (LinkedError(KEY, sentence),), "typed": typed}
        status = 404 if typed else 422
    context["page"] = prepared(definition, request.GET, at=at)
    return render(request, "opendata/register.html", context, status=status)


def prepared(definition: RegisterDefinition, asked: QueryDict, *, at: datetime) -> RegisterPage:
    """Return the page: as many questions to the database for one record as for a million."""
    moment = Moment(local(at).date())
    is_open = bool(definition.public and definition.public.open_data)
    held = public.holdings(moment, definition.id).get(definition.id, Holdings()) if is_open else Holdings()
    is_mapped = is_open and features.has_public_geometry(definition)
    return RegisterPage(
        set=data_set(definition, held),
        law=stated(definition.public.source) if definition.public else "",
        licence=say(terms().name),
        columns=tuple(_column(one) for one in public.public_fields(definition)),
        browse=_browse(definition, asked, moment, held) if is_open else None,
        may_look_up=bool(definition.public and definition.public.look_up),
        is_mapped=is_mapped,
        map_url=address("maps:register", definition.id) if is_mapped else "",
    )


def _found_by(definition: RegisterDefinition, typed: str, at: datetime) -> str:
    """Return the key of the record that is meant, by its key or another of its numbers; empty: none is."""
    if not typed:
        return ""
    moment = Moment(local(at).date())
    for key in (typed, typed.upper()):
        try:
            public.look_up(definition.id, key, moment)
        except RecordMissing:
            continue
        return key
    try:
        return public.key_of_number(definition.id, typed)
    except RecordMissing:
        return ""


def _browse(definition: RegisterDefinition, asked: QueryDict, moment: Moment, held: Holdings) -> Browse:
    words = written(asked.get(WORDS, ""))[:LONGEST]
    boxes = tuple(_boxes(definition, asked, moment.valid))
    unit = asked.get(UNIT, "") if any(box.name == UNIT and box.is_chosen for box in boxes) else ""
    filters = {
        box.name.removeprefix(PREFIX): option.value
        for box in boxes
        for option in box.options
        if option.chosen and box.name != UNIT
    }
    question = {"register_id": definition.id, "moment": moment, "text": words, "unit_code": unit}
    page = queries.find_records(
        actor=ANONYMOUS,
        **question,  # type: ignore[arg-type]
        filters=filters,
        after=_after(asked),
        limit=SIZE,
    )
    narrowed = bool(words or unit or filters)
    count = held.records
    if narrowed:
        count = queries.count_records(actor=ANONYMOUS, **question, filters=filters, most=MOST_COUNTED + 1)  # type: ignore[arg-type]
    said = {WORDS: words, UNIT: unit} | {PREFIX + name: value for name, value in filters.items()}
    here = page_of(definition)
    return Browse(
        words=words,
        boxes=boxes,
        count=count,
        rows=rows_of(definition, page.records, moment),
        narrowed=narrowed,
        is_more=narrowed and count > MOST_COUNTED,
        clear_url=f"{here}#records",
        first_url=_address(here, said) if _after(asked) else "",
        next_url=_address(here, {**said, AFTER: str(page.next)}) if page.next else "",
    )


def rows_of(definition: RegisterDefinition, views: tuple[RecordView, ...], moment: Moment) -> tuple[Row, ...]:
    """Return the records as a list shows them: their title, and some facts."""
    reader = reader_of(definition, views, moment)
    named = [one for one in features.columns(definition) if one.id not in definition.title]
    shown = sorted(named, key=lambda one: one.type in NAMES)
    return tuple(
        Row(
            title=reader.title(definition, view),
            url=record_of(definition, view.key),
            key=view.key,
            facts=tuple(
                (say(one.label), text)
                for one in shown[: 2 * MOST_FACTS]
                if (text := reader.shown(one, view.values.get(one.id))) and text != view.key
            )[:MOST_FACTS],
        )
        for view in views
    )


def reader_of(definition: RegisterDefinition, views: tuple[RecordView, ...], moment: Moment) -> Reader:
    """Return who puts the values into words, with the public titles of what they lead to."""
    targets = relation_registers(definition)
    found = queries.records_of(
        actor=ANONYMOUS,
        record_ids=relation_ids(definition, [view.values for view in views]),
        register_ids=targets,
        moment=moment,
    )
    known = {one.id: one for one in (*public.published(), *public.looked_up())}
    return Reader(found, {name: known[name] for name in targets if name in known})


def _boxes(definition: RegisterDefinition, asked: QueryDict, on: date) -> list[Box]:
    boxes = [
        Box(PREFIX + one.id, say(one.label), _options(one, asked.get(PREFIX + one.id, "")))
        for one in features.askable(definition)
        if one.type in OFFERED
    ]
    unit = definition.by_id.get(definition.unit or "")
    if unit is not None and unit in public.public_fields(definition):
        chosen = asked.get(UNIT, "")
        communes = territory.communes(province.current().code, on)
        options = tuple(Option(one.code, one.name, one.code == chosen) for one in communes)
        boxes.insert(0, Box(UNIT, say(unit.label), options))
    return boxes


def _options(field: RegisterField, chosen: str) -> tuple[Option, ...]:
    if field.type is FieldType.YES_NO:
        return tuple(Option(value, label, value == chosen) for value, label in _yes_no())
    values = ((one.value, say(one.label)) for one in field.options)
    return tuple(Option(value, label, value == chosen) for value, label in values)


def _yes_no() -> tuple[tuple[str, str], ...]:
    return ("true", _("Có")), ("false", _("Không"))


def _column(field: RegisterField) -> Column:
    unit = say(field.unit_label)
    kind = str(KINDS[field.type]) + (f", {unit}" if unit else "")
    return Column(
        field.id,
        say(field.label),
        kind,
        say(field.hint),
        tuple((one.value, say(one.label)) for one in field.options),
    )


def written(typed: str) -> str:
    """Return what was typed, without signs that no page shows."""
    return normalise("".join(one if one.isprintable() else " " for one in typed))


def _after(asked: QueryDict) -> UUID | None:
    try:
        return UUID(asked.get(AFTER, ""))
    except ValueError:
        return None


def _address(base: str, said: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{base}?{query}#records" if query else f"{base}#records"
