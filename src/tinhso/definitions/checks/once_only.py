"""What a procedure takes from registers: names and types of what begins its form, and data for papers."""

from collections.abc import Iterator, Mapping

from tinhso.definitions.checks.case import Asked, Case
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location
from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import QuestionType, ReplacedBy

Registers = Mapping[str, Mapping[str, str]]
_TEXTS = frozenset({"text", "person_name", "personal_id", "choice", "number", "money", "date"})
# Which fields can answer a question of the type.
FITS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.TEXT: _TEXTS,
    QuestionType.LONG_TEXT: _TEXTS,
    QuestionType.PERSON_NAME: frozenset({"person_name", "text"}),
    QuestionType.PERSONAL_ID: frozenset({"personal_id", "text"}),
    QuestionType.PHONE: frozenset({"text"}),
    QuestionType.EMAIL: frozenset({"text"}),
    QuestionType.DATE: frozenset({"date"}),
    QuestionType.MONEY: frozenset({"money", "number"}),
    QuestionType.NUMBER: frozenset({"number", "money"}),
    QuestionType.YES_NO: frozenset({"yes_no"}),
    QuestionType.ONE_OF: frozenset({"choice", "text"}),
    QuestionType.MANY_OF: frozenset({"choice", "text"}),
}


def find(case: Case) -> Iterator[Mistake]:
    """Yield registers, fields and answers that do not exist, and values that could not be taken."""
    for asked in case.asked():
        if asked.question.origin is None and (asked.question.fixed or asked.question.consent):
            yield case.places.mistake((*asked.at, "id"), "from-missing", name=asked.question.id)
        if bool(asked.question.consent) != bool(asked.question.consent_law):
            yield case.places.mistake((*asked.at, "consent"), "consent-without-law", name=asked.question.id)
    known = case.lists.registers
    if known is None:
        return
    written = case.procedure.result.register_id
    if written and written not in known:
        hint = nearest(written, sorted(known))
        yield case.places.mistake(("result", "register"), "register-not-here", name=written, hint=hint)
    for asked in case.asked():
        if asked.question.origin is not None:
            yield from _origin(case, asked, asked.question.origin, known)
    for index, paper in enumerate(case.procedure.papers):
        for place, one in enumerate(paper.replaced_by):
            yield from _replaced(case, ("papers", index, "replaced_by", place), one, known)


def _origin(case: Case, asked: Asked, origin: str, known: Registers) -> Iterator[Mistake]:
    first, second, field = origin.split(".", 2)
    register_id, at = f"{first}.{second}", (*asked.at, "from")
    if register_id not in known:
        yield _unknown_register(case, at, register_id, known)
        return
    yield from _field(case, at, field, known[register_id])
    kind = known[register_id].get(field)
    fitting = FITS.get(asked.question.type, frozenset())
    if kind is not None and kind not in fitting:
        wanted = ", ".join(sorted(fitting)) or "-"
        yield case.places.mistake(at, "register-wrong-type", name=field, type=kind, wanted=wanted)


def _replaced(case: Case, at: Location, one: ReplacedBy, known: Registers) -> Iterator[Mistake]:
    if one.register_id not in known:
        yield _unknown_register(case, (*at, "register"), one.register_id, known)
        return
    fields = known[one.register_id]
    if one.by is not None:
        yield from _field(case, (*at, "by"), one.by, fields)
        if fields.get(one.by, "personal_id") != "personal_id":
            said = {"name": one.by, "type": fields[one.by], "wanted": "personal_id"}
            yield case.places.mistake((*at, "by"), "register-wrong-type", **said)
    for place, (field, answer) in enumerate(one.matches):
        yield from _field(case, (*at, "match", place), field, fields)
        yield from _answer(case, (*at, "match", place), answer, one.each)
    for place, (field, _values) in enumerate(one.allowed):
        yield from _field(case, (*at, "having", place), field, fields)
    if one.each is not None and one.each not in _groups(case):
        hint = nearest(one.each, sorted(_groups(case)))
        yield case.places.mistake((*at, "each"), "unknown-question", name=one.each, hint=hint)


def _answer(case: Case, at: Location, name: str, each: str | None) -> Iterator[Mistake]:
    inside = _groups(case).get(each or "", frozenset())
    names = {one.question.id for one in case.asked() if one.at[0] == "form"}
    names |= {f"{ENTRY}.{child}" for child in inside}
    if name not in names and name.rpartition(".")[0] not in names:
        yield case.places.mistake(at, "unknown-question", name=name, hint=nearest(name, sorted(names)))


def _groups(case: Case) -> dict[str, frozenset[str]]:
    groups = (one for one in case.procedure.questions() if one.type is QuestionType.GROUP)
    return {one.id: frozenset(child.id for child in one.ask) for one in groups}


def _field(case: Case, at: Location, name: str, fields: Mapping[str, str]) -> Iterator[Mistake]:
    if name not in fields:
        hint = nearest(name, sorted(fields))
        yield case.places.mistake(at, "register-unknown-field", name=name, hint=hint)


def _unknown_register(case: Case, at: Location, name: str, known: Registers) -> Mistake:
    return case.places.mistake(at, "register-unknown", name=name, hint=nearest(name, sorted(known)))
