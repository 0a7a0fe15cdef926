"""Forms of one record: what they begin with, what was changed in them, what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import register, registers
from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.registers import queries
from tinhso.registers.refusals import RecordInvalid
from tinhso.registers.types import Moment, RecordView
from tinhso.web.desk import boxes as desk
from tinhso.web.registers import boxes, words

SINCE, UNTIL, REASON, NUMBER, BASE, COUNT = "tu-ngay", "den-ngay", "ly-do", "so", "ban", "phan"
MOST_MATCHES = 8
BOX_OF = {
    "record-reason-needed": REASON,
    "record-wrong-span": f"{SINCE}-day",
    "record-future-span": f"{SINCE}-day",
    "retention-kept-until": f"{UNTIL}-day",
}
Errors = tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """
    What came back, as the engine takes it.

    :param found: field → records that match what was typed for a relation, where no one was meant
    """

    values: dict[str, object] = field(default_factory=dict)
    found: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """
    One form.

    :param fields: of the record; ``own``: days and reason
    :param news: what somebody else changed meanwhile
    """

    title: str
    lead: str
    about: str
    submit: str
    back_url: str
    back: str
    fields: tuple[Field, ...] = ()
    own: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    news: tuple[str, ...] = ()
    left_out: int = 0
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    The fields of a record an actor may fill in, and what stands in them.

    :param begun: the boxes as the page first showed them: what differs from it was changed
    :param units: field → the unit it holds
    :param left_out: how many of its fields the actor does not see, or leads where they see nothing
    """

    definition: RegisterDefinition
    fields: tuple[RegisterField, ...]
    begun: QueryDict
    units: Mapping[str, str]
    left_out: int = 0

    def changed(self, data: QueryDict, prefix: str = boxes.PREFIX) -> list[RegisterField]:
        """Return the fields whose boxes say something else than they did."""
        return [one for one in self.fields if boxes.read(one, data, prefix) != boxes.read(one, self.begun)]

    def draw(self, data: QueryDict, drawing: boxes.Drawing) -> tuple[Field, ...]:
        return boxes.fields_of(self.fields, data, drawing)


def empty_sheet(definition: RegisterDefinition, names: frozenset[str]) -> Sheet:
    """Return the form of a new record. :param names: the fields the actor may fill in"""
    fields = tuple(one for one in definition.fields if one.id in names)
    return Sheet(definition, fields, QueryDict(), {}, len(definition.fields) - len(fields))


def sheet_of(*, actor: Actor, definition: RegisterDefinition, view: RecordView, moment: Moment) -> Sheet:
    """Return the form of a record as it stood in a version; what the actor does not see is not in it."""
    related = queries.records_of(
        actor=actor,
        record_ids=words.relation_ids(definition, [view.values]),
        register_ids=words.relation_registers(definition),
        moment=moment,
    )
    fields = tuple(one for one in definition.fields if one.id in view.seen and _is_open(one, view, related))
    begun = QueryDict(mutable=True)
    keys = {str(record_id): one.key or str(record_id) for record_id, one in related.items()}
    for one in fields:
        value = view.geometry if one.type in GEOMETRY else view.values.get(one.id)
        boxes.write(begun, one, value, keys=keys)
    units = {
        one.id: str(value["code"])
        for one in fields
        if one.type is FieldType.UNIT and isinstance(value := view.values.get(one.id), Mapping)
    }
    return Sheet(definition, fields, begun, units, len(definition.fields) - len(fields))


def _is_open(one: RegisterField, view: RecordView, related: Mapping[UUID, RecordView]) -> bool:
    """A relation to what the actor does not see is left as it is."""
    value = view.values.get(one.id)
    return one.type is not FieldType.RELATION or value is None or words.uuid_of(value) in related


def read(
    *,
    actor: Actor,
    at: datetime,
    fields: Iterable[RegisterField],
    data: QueryDict,
    prefix: str = boxes.PREFIX,
) -> Typed:
    """Return the values of the fields; a relation is found by its key or by words."""
    values: dict[str, object] = {}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    errors: list[FieldError] = []
    moment = Moment(local(at).date())
    for one in fields:
        given = boxes.read(one, data, prefix)
        if one.type is FieldType.RELATION and given:
            matches = named(one, records_named(actor, one, str(given), moment))
            if len(matches) == 1:
                given = matches[0][0]
            else:
                found[one.id] = matches
                errors.append(which(one, str(given), matches, boxes.box_of(one, prefix)))
                continue
        values[one.id] = given
    return Typed(values, found, tuple(errors))


def records_named(actor: Actor, one: RegisterField, text: str, moment: Moment) -> tuple[RecordView, ...]:
    """Return the records that may be meant by what was typed for a relation: an id, a key, or words."""
    try:
        if (record_id := words.uuid_of(text)) != UUID(int=0):
            return (queries.access_record(actor=actor, record_id=record_id, moment=moment),)
        return (queries.record_by_key(actor=actor, register_id=one.register_id, key=text, moment=moment),)
    except NotFound:
        return queries.find_records(
            actor=actor, register_id=one.register_id, moment=moment, text=text, limit=MOST_MATCHES
        ).records


def named(one: RegisterField, views: Iterable[RecordView]) -> tuple[tuple[str, str], ...]:
    """Return id and words of each record a relation may lead to."""
    definition, reader = register(one.register_id), words.Reader({}, registers())
    return tuple((str(view.id), f"{reader.title(definition, view)} – {view.key}") for view in views)


def which(one: RegisterField, text: str, matches: tuple[tuple[str, str], ...], box: str) -> FieldError:
    """Return the sentence where not one record is meant."""
    said = {"label": one.label.into(words.language()), "text": text}
    if not matches:
        sentence = _("«%(label)s»: không có bản ghi nào khớp «%(text)s» mà bạn xem được. Hãy gõ lại.") % said
    else:
        sentence = _("«%(label)s»: nhiều bản ghi khớp «%(text)s». Hãy chọn một.") % said
    return FieldError(box, box, sentence)


def errors_of(refusal: Refusal, sheet: Sheet | None = None, prefix: str = boxes.PREFIX) -> Errors:
    """Return the refusal as errors of boxes; what belongs to no box on the page is told as a whole."""
    if isinstance(refusal, RecordInvalid):
        fields = {one.id: one for one in sheet.fields} if sheet else {}
        return tuple(
            FieldError(box, box, problem.sentence)
            for problem in refusal.problems
            for box in [boxes.box_of(fields[problem.field], prefix) if problem.field in fields else ""]
        )
    box = BOX_OF.get(refusal.code, "")
    return (FieldError(box, box, refusal.sentence()),)


def since_field(data: QueryDict, errors: Errors, label: str, hint: str) -> Field:
    return desk.field(SINCE, "date", label, data, errors=errors, required=False, hint=hint)


def until_field(data: QueryDict, errors: Errors, label: str, hint: str) -> Field:
    return desk.field(UNTIL, "date", label, data, errors=errors, required=False, hint=hint)


def reason_field(data: QueryDict, errors: Errors, hint: str) -> Field:
    return desk.field(REASON, "long_text", _("Lý do"), data, errors=errors, hint=hint, max_length=1000)


def days_of(data: QueryDict, *names: str) -> tuple[list[date | None], Errors]:
    """Return the days of boxes; an empty one is None, and one that is no day an error."""
    days: list[date | None] = []
    errors: list[FieldError] = []
    for name in names:
        typed = [data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
        day = desk.day_of(data, name)
        if day is None and any(typed):
            sentence = _("Không có ngày «%(text)s». Hãy ghi đủ ngày, tháng, năm.") % {"text": "/".join(typed)}
            errors.append(FieldError(f"{name}-day", f"{name}-day", sentence))
        days.append(day)
    return days, tuple(errors)


def number_of(data: QueryDict) -> int | None:
    """Return the version the page has shown; nothing where the form does not say."""
    text = data.get(NUMBER, "")
    return int(text) if text.isdecimal() else None
