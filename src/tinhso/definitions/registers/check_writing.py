"""Whether what a procedure gives can become what a register holds."""

from collections.abc import Iterator

from tinhso.definitions.checks.linked import Procedures, unknown_procedure
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location, Places
from tinhso.definitions.registers.check_rules import condition_mistakes
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.registers.writing import DOCUMENT_FACTS, Taken, WrittenBy
from tinhso.definitions.scope import scope_of
from tinhso.definitions.types import Procedure


def writing_mistakes(
    definition: RegisterDefinition, places: Places, procedures: Procedures
) -> Iterator[Mistake]:
    """Yield what is wrong with ``written_by``."""
    for index, one in enumerate(definition.written_by):
        at = ("written_by", index)
        yield from unknown_procedure(places, (*at, "procedure"), one.procedure, procedures)
        yield from _fields(definition, places, at, one)
        procedure = procedures.get(one.procedure)
        if procedure is not None:
            yield from _sources(places, at, one, procedure)


def _fields(
    definition: RegisterDefinition, places: Places, at: Location, one: WrittenBy
) -> Iterator[Mistake]:
    known = definition.by_id
    for name in one.fields:
        if name not in known:
            hint = nearest(name, sorted(known))
            yield places.mistake((*at, "fields", name), "register-unknown-field", name=name, hint=hint)
    for field in definition.fields if one.does != "cancel" else ():
        if field.required and field.id not in one.fields:
            yield places.mistake((*at, "fields"), "register-unwritten", name=field.id)
    if one.does == "enter" or (one.by == "key" and not definition.key.has_serial):
        return
    if one.by is None or one.by not in one.fields:
        yield places.mistake((*at, "does"), "register-leads-nowhere", name=one.by or "by")
    elif one.by in known and not known[one.by].is_filter:
        said = {"name": one.by, "type": known[one.by].type, "wanted": "filtered, unique"}
        yield places.mistake((*at, "by"), "register-wrong-type", **said)


def _sources(places: Places, at: Location, one: WrittenBy, procedure: Procedure) -> Iterator[Mistake]:
    scope = scope_of(procedure, one.each)
    inside = {f"{group}[].{name}" for group, fields in scope.groups for name, _kind in fields}
    names = frozenset(scope.kinds) | DOCUMENT_FACTS | inside
    if one.each and one.each not in {question.id for question in procedure.questions() if question.ask}:
        data = {"name": one.each, "procedure": procedure.code}
        yield places.mistake((*at, "each"), "unknown-question-of", **data)
        return
    if one.when:
        yield from condition_mistakes(places, (*at, "when"), one.when, procedure, one.each)
    for name, sources in one.fields.items():
        for taken in sources:
            yield from _taken(places, (*at, "fields", name), taken, names, procedure, one.each)
    for taken in one.since or ():
        yield from _taken(places, (*at, "since"), taken, names, procedure, one.each)


def _taken(
    places: Places,
    at: Location,
    taken: Taken,
    names: frozenset[str],
    procedure: Procedure,
    group: str | None,
) -> Iterator[Mistake]:
    if taken.origin is not None and taken.origin not in names:
        hint = nearest(taken.origin, sorted(names))
        yield places.mistake(
            at, "unknown-question-of", name=taken.origin, procedure=procedure.code, hint=hint
        )
    if taken.computed:
        yield from condition_mistakes(places, at, taken.computed, procedure, group, gives=None)
    if taken.when:
        yield from condition_mistakes(places, at, taken.when, procedure, group)
