"""A page comes back: what it says, what is wrong, and every box exactly as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Page, Procedure, Question
from tinhso.forms import boxes
from tinhso.forms.asking import clean_one
from tinhso.forms.case import Case, case_of
from tinhso.forms.groups import intent_of, with_intent
from tinhso.forms.known import proved_value
from tinhso.forms.rules import broken_rules
from tinhso.forms.types import Answers, CommuneLookup, Data, FieldError, PageResult
from tinhso.forms.visibility import in_sight


def clean_page(
    procedure: Procedure,
    page_id: str,
    data: Data,
    answers: Answers,
    facts: Facts,
    communes: CommuneLookup | None = None,
) -> PageResult:
    """
    Read one page of the form.

    :param data: HTML name → everything typed under it, as ``QueryDict.lists()`` gives it
    :param answers: the draft's answers so far; those of other pages are kept, also the hidden ones
    :return: a page that is out of sight changes nothing and lacks nothing
    :raises KeyError: the procedure has no such page
    """
    page = page_of(procedure, page_id)
    case = case_of(procedure, facts, communes)
    before = _before(case, page, answers)
    if not case.holds(page.when, before):
        return PageResult(answers=dict(answers), typed={})
    return _clean(case, page.ask, data, answers, before)


def clean_step(
    procedure: Procedure,
    step_id: str,
    data: Data,
    answers: Answers,
    facts: Facts,
    communes: CommuneLookup | None = None,
) -> PageResult:
    """Read what an officer filled in at a step. :raises KeyError: the procedure has no such step"""
    case = case_of(procedure, facts, communes)
    return _clean(case, procedure.step(step_id).ask, data, answers, dict(answers))


def page_of(procedure: Procedure, page_id: str) -> Page:
    """Return the page. :raises KeyError: there is none"""
    for page in procedure.form:
        if page.id == page_id:
            return page
    raise KeyError(page_id)


@dataclass
class _Reading:
    """What reading a page piles up. ``counted`` are the answers that conditions see, ``kept`` the draft's."""

    counted: dict[str, object]
    kept: dict[str, object]
    asked: list[Question] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    revealed: list[str] = field(default_factory=list)


def _clean(
    case: Case, questions: Sequence[Question], data: Data, answers: Answers, before: Mapping[str, object]
) -> PageResult:
    intent, group, index = intent_of(tuple(q for q in questions if q.ask), data)
    typed = {
        name: values for question in questions for name, values in boxes.of_question(question, data).items()
    }
    if group is not None and intent != "save":
        of_group = boxes.of_question(group, typed)
        typed = {name: values for name, values in typed.items() if name not in of_group}
        typed |= with_intent(intent, group, index, data)
    reading = _Reading(counted=dict(before), kept=dict(answers))
    for question in questions:
        if case.holds(question.when, reading.counted):
            _read(case, question, typed, data, reading)
    _judge(case, reading)
    errors = tuple(reading.errors) if intent == "save" else ()
    return PageResult(reading.kept, typed, errors, tuple(reading.revealed), intent)


def _before(case: Case, page: Page, answers: Answers) -> dict[str, object]:
    """Return the answers that count and belong to other pages."""
    _pages, counted = in_sight(case, answers)
    here = {question.id for question in page.ask}
    return {question_id: value for question_id, value in counted.items() if question_id not in here}


def _read(case: Case, question: Question, typed: Data, data: Data, reading: _Reading) -> None:
    proved = proved_value(question, case.facts)
    if proved is not None:
        reading.counted[question.id] = reading.kept[question.id] = proved
        return
    if boxes.ASKED in data and question.id not in data[boxes.ASKED]:
        reading.revealed.append(question.id)
        if question.id in reading.kept:
            reading.counted[question.id] = reading.kept[question.id]
        return
    reading.asked.append(question)
    cleaned = clean_one(case, question, typed, reading.counted)
    reading.errors.extend(FieldError(question.id, p.field_name, p.sentence) for p in cleaned.problems)
    reading.kept.pop(question.id, None)
    # A group keeps its sound entries while one of them is being mended; what was typed is in ``typed``.
    if cleaned.value is not None and (not cleaned.problems or question.ask):
        reading.counted[question.id] = reading.kept[question.id] = cleaned.value


def _judge(case: Case, reading: _Reading) -> None:
    """Judge the rules. An answer that breaks one stays in the draft; ``check_all`` stops its filing."""
    for question in reading.asked:
        if question.id not in reading.counted:
            continue
        for problem in broken_rules(case, question, question.id, reading.counted):
            reading.errors.append(FieldError(question.id, problem.field_name, problem.sentence))
    order = {question.id: place for place, question in enumerate(reading.asked)}
    reading.errors.sort(key=lambda error: order[error.question_id])
