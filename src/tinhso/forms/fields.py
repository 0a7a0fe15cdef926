"""Questions as a page draws them; nothing of HTML but the names."""

from collections.abc import Mapping, Sequence

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.forms import boxes
from tinhso.forms.case import Case, case_of
from tinhso.forms.kinds import KINDS
from tinhso.forms.known import proved_value, source_of
from tinhso.forms.types import (
    Answers,
    Choice,
    CommuneLookup,
    Data,
    Entry,
    Field,
    FieldError,
    Problem,
)
from tinhso.forms.visibility import children_in_sight

_INPUTMODES = {
    QuestionType.PERSONAL_ID: "numeric",
    QuestionType.DATE: "numeric",
    QuestionType.MONEY: "numeric",
    QuestionType.PHONE: "tel",
    QuestionType.EMAIL: "email",
}
# HTML's tokens are for data of the person who fills the form in, and ``known`` says which those are.
_AUTOCOMPLETE = {
    "applicant.full_name": "name",
    "applicant.born_on": "bday",
    "applicant.phone": "tel",
    "applicant.email": "email",
    "applicant.address": "street-address",
    "applicant.organisation_name": "organization",
}


def fields_of(
    procedure: Procedure,
    questions: Sequence[Question],
    answers: Answers,
    facts: Facts,
    typed: Data | None = None,
    errors: Sequence[FieldError] = (),
    communes: CommuneLookup | None = None,
) -> tuple[Field, ...]:
    """
    Return the view of these questions, which are in sight, in the active language.

    :param answers: the answers that count
    :param typed: what the page came back with; shown in place of the answers, untouched
    """
    case = case_of(procedure, facts, communes)
    return tuple(field_of(case, question, answers, typed or {}, errors, questions) for question in questions)


def field_of(
    case: Case,
    question: Question,
    answers: Answers,
    typed: Data,
    errors: Sequence[FieldError],
    beside: Sequence[Question] = (),
) -> Field:
    """Return the view of one question of a page; ``beside`` are the questions of the same page."""
    problems = tuple(
        Problem(error.field_name, error.sentence) for error in errors if error.question_id == question.id
    )
    proved = proved_value(question, case.facts)
    value = answers.get(question.id) if proved is None else proved
    data = boxes.standing(question, typed if proved is None else {}, value)
    if question.ask:
        return _group(case, question, data, answers, problems)
    shown = KINDS[question.type].show(question, value, case.scene) if proved is not None else ""
    return _field(
        case,
        question,
        question.id,
        data,
        problems,
        known=source_of(question, case.facts),
        shown=shown,
        depends_on=_depends_on(question, beside),
    )


def _field(
    case: Case,
    question: Question,
    name: str,
    data: Data,
    problems: tuple[Problem, ...],
    *,
    known: str = "",
    shown: str = "",
    depends_on: tuple[str, ...] = (),
) -> Field:
    names = boxes.box_names(question, name)
    values = tuple(value for box in names for value in _typed(question, data, box))
    language = case.scene.language
    return Field(
        question_id=question.id,
        name=name,
        id=names[0],
        kind=question.type.value,
        label=question.label.into(language),
        hint=question.hint.into(language),
        names=names,
        values=values,
        shown=shown or _commune_name(case, question, values),
        options=tuple(
            Choice(
                option.value, option.label.into(language), option.hint.into(language), option.value in values
            )
            for option in question.options
        ),
        errors=problems,
        required=question.required,
        autocomplete=_AUTOCOMPLETE.get(question.known or "", ""),
        inputmode=_inputmode(question),
        max_length=question.max_length,
        unit_label=question.unit_label.into(language),
        known=known,
        depends_on=depends_on,
    )


def _commune_name(case: Case, question: Question, values: Sequence[str]) -> str:
    if question.type is not QuestionType.ADDRESS or not values[0] or case.scene.communes is None:
        return ""
    match = case.scene.communes(values[0], case.scene.today)
    return match.name if match and match.code else ""


def _typed(question: Question, data: Data, box: str) -> Sequence[str]:
    if question.type in (QuestionType.MANY_OF, QuestionType.FILE):
        return data.get(box, ())
    return (data.get(box) or [""])[-1:]


def _inputmode(question: Question) -> str:
    if question.type is QuestionType.NUMBER:
        return "decimal" if question.decimals else "numeric"
    return _INPUTMODES.get(question.type, "")


def _group(case: Case, group: Question, data: Data, answers: Answers, problems: tuple[Problem, ...]) -> Field:
    numbers = drawn_entries(group, data)
    count, hidden = len(numbers), boxes.number_boxes(group, data, len(numbers))
    entries = tuple(
        _entry(case, group, index, number, data, answers, problems) for index, number in enumerate(numbers)
    )
    of_entries = {box for entry in entries for child in entry.fields for box in child.names}
    language = case.scene.language
    return Field(
        question_id=group.id,
        name=group.id,
        id=boxes.first_box(group, group.id),
        kind=group.type.value,
        label=group.label.into(language),
        hint=group.hint.into(language),
        names=(boxes.count_name(group.id),),
        values=(str(count),),
        errors=tuple(problem for problem in problems if problem.field_name not in of_entries),
        required=group.required,
        entries=entries,
        add_name=boxes.add_name(group.id) if count < group.at_most else "",
        count_name=boxes.count_name(group.id),
        hidden=tuple((name, values[0]) for name, values in hidden.items()),
    )


def drawn_entries(group: Question, data: Data) -> tuple[int, ...]:
    """Return the numbers of the entries a page shows: those there are, and as many as there must be."""
    least = group.at_least if group.required else 0
    return boxes.entry_numbers(group, data, max(boxes.entry_count(group, group.id, data), least))


def _entry(
    case: Case,
    group: Question,
    index: int,
    number: int,
    data: Data,
    answers: Answers,
    problems: Sequence[Problem],
) -> Entry:
    names = boxes.entry_names(group, index, number)
    given = {
        child.id: KINDS[child.type].clean(child, names[child.id], data, case.scene).value
        for child in group.ask
    }
    return Entry(
        number=index + 1,
        fields=tuple(
            _field(
                case,
                child,
                names[child.id],
                data,
                _of_boxes(boxes.box_names(child, names[child.id]), problems),
                depends_on=_entry_depends_on(child, group, names),
            )
            for child in children_in_sight(case, group, given, answers)
        ),
        remove_name=boxes.remove_name(group.id, index),
    )


def _of_boxes(names: tuple[str, ...], problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.field_name in names)


def _depends_on(question: Question, beside: Sequence[Question]) -> tuple[str, ...]:
    read = _read(question)
    return tuple(
        name
        for other in beside
        if other.id in read or any(reference.startswith(f"{other.id}.") for reference in read)
        for name in boxes.box_names(other, other.id)
    )


def _entry_depends_on(child: Question, group: Question, names: Mapping[str, str]) -> tuple[str, ...]:
    read = _read(child)
    return tuple(
        box
        for other in group.ask
        if f"entry.{other.id}" in read
        for box in boxes.box_names(other, names[other.id])
    )


def _read(question: Question) -> frozenset[str]:
    return conditions.references(question.when) if question.when else frozenset()
