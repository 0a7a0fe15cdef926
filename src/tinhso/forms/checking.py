"""The whole form before it is filed: every answer that counts, every rule, every paper."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from django.utils.translation import gettext as _

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Paper, Procedure, Question, QuestionType
from tinhso.forms import boxes
from tinhso.forms.asking import clean_one
from tinhso.forms.case import Case, case_of
from tinhso.forms.kinds.base import label
from tinhso.forms.known import proved_value
from tinhso.forms.own_files import with_own_files
from tinhso.forms.parts import Papers
from tinhso.forms.rules import broken_rules
from tinhso.forms.types import Answers, Cleaned, CommuneLookup, FieldError, Problem
from tinhso.forms.visibility import in_sight

NO_PAPERS: Papers = MappingProxyType({})


def check_all(
    procedure: Procedure,
    answers: Answers,
    papers: Mapping[str, int],
    facts: Facts,
    communes: CommuneLookup | None = None,
) -> tuple[FieldError, ...]:
    """
    Return everything that stands in the way of filing, in the order of the form, papers last.

    :param papers: id of a paper of the procedure → how many files were given for it
    """
    case = case_of(procedure, facts, communes)
    pages, counted = in_sight(case, answers)
    questions = chain.from_iterable(asked for _page, asked in pages)
    wrong = [error for question in questions for error in _check_question(case, question, counted)]
    wrong += [_lacking(case, paper) for paper in _required(case, counted) if papers.get(paper.id, 0) < 1]
    return tuple(wrong)


def read_answers(
    procedure: Procedure,
    given: Answers,
    answers: Answers,
    facts: Facts,
    communes: CommuneLookup | None = None,
    papers: Papers = NO_PAPERS,
) -> tuple[dict[str, object], tuple[FieldError, ...]]:
    """
    Merge answers that came as values, not from boxes, into a draft's; None takes an answer away, but no file.

    :param papers: part → ids of the files given for it; no answer may name another file
    :return: the merged answers in stored form without the wrong ones, and what is wrong with those
    """
    case = case_of(procedure, facts, communes)
    merged = {**answers, **given}
    questions = {question.id: question for question in procedure.questions()}
    wrong: list[FieldError] = []
    for question_id, value in given.items():
        merged.pop(question_id)
        if question_id not in questions:
            sentence = _("Biểu mẫu này không có câu hỏi «%(question)s». Hãy bỏ mục này.")
            wrong.append(FieldError(question_id, question_id, sentence % {"question": question_id}))
        elif value is not None or questions[question_id].type is QuestionType.FILE:
            found = _take(case, questions[question_id], value, answers, merged, papers)
            wrong.extend(FieldError(question_id, p.field_name, p.sentence) for p in found.problems)
            merged |= {} if found.problems or found.value is None else {question_id: found.value}
    return merged, tuple(wrong)


def required_papers(procedure: Procedure, answers: Answers, facts: Facts) -> tuple[Paper, ...]:
    """Return the papers these answers call for, in the procedure's order."""
    case = case_of(procedure, facts)
    return _required(case, in_sight(case, answers)[1])


def offered_papers(procedure: Procedure, answers: Answers, facts: Facts) -> tuple[Paper, ...]:
    """Return the papers that may be given: the required ones, and the optional ones whose condition holds."""
    case = case_of(procedure, facts)
    counted = in_sight(case, answers)[1]
    return tuple(
        paper
        for paper in procedure.papers
        if paper.id not in facts.replaced and case.holds(paper.required, counted)
    )


def replaced_papers(procedure: Procedure, answers: Answers, facts: Facts) -> tuple[Paper, ...]:
    """Return the papers these answers would call for, had a register not their data."""
    case = case_of(procedure, facts)
    counted = in_sight(case, answers)[1]
    return tuple(
        paper
        for paper in procedure.papers
        if paper.id in facts.replaced and case.holds(paper.required, counted)
    )


def counted_answers(procedure: Procedure, answers: Answers, facts: Facts) -> dict[str, object]:
    """Return the answers that are filed: hidden and unknown ones are dropped, proved ones are put in."""
    return in_sight(case_of(procedure, facts), answers)[1]


def _check_question(case: Case, question: Question, counted: dict[str, object]) -> list[FieldError]:
    value = counted.get(question.id)
    if proved_value(question, case.facts) is not None:
        # What a register proves is not for the applicant to mend; only rules may still refuse it.
        return [
            FieldError(question.id, problem.field_name, problem.sentence)
            for problem in broken_rules(case, question, question.id, counted)
        ]
    problems: tuple[Problem, ...] = _read(case, question, value, counted).problems
    if value is not None and not problems:
        problems = tuple(broken_rules(case, question, question.id, counted))
    return [FieldError(question.id, problem.field_name, problem.sentence) for problem in problems]


def _required(case: Case, counted: Answers) -> tuple[Paper, ...]:
    return tuple(
        paper
        for paper in case.procedure.papers
        if not paper.optional and paper.id not in case.facts.replaced and case.holds(paper.required, counted)
    )


def _lacking(case: Case, paper: Paper) -> FieldError:
    sentence = _("Hồ sơ còn thiếu «%(paper)s». Hãy tải lên hoặc chụp ảnh giấy tờ này.")
    return FieldError(
        paper.id, f"paper-{paper.id}", sentence % {"paper": paper.name.into(case.scene.language)}
    )


def _take(
    case: Case, question: Question, value: object, answers: Answers, merged: Answers, papers: Papers
) -> Cleaned:
    own = with_own_files(case, question, value, before=answers.get(question.id), papers=papers)
    if own.problems or own.value is None:
        return own
    return _read(case, _files_later(question), own.value, merged)


def _files_later(question: Question) -> Question:
    """Files come one by one, to an entry that is kept already; what still lacks is said before filing."""
    if question.type is QuestionType.FILE:
        return question.model_copy(update={"required": False, "at_least": 0})
    return question.model_copy(update={"ask": tuple(map(_files_later, question.ask))})


def _read(case: Case, question: Question, value: object, counted: Answers) -> Cleaned:
    """Judge a stored value by the same way a typed one goes: through the boxes that would show it."""
    if value is not None and not boxes.fits(question, value):
        sentence = _("«%(label)s»: câu trả lời không đúng kiểu. Hãy trả lời lại.")
        told = {"label": label(question, case.scene)}
        return Cleaned(problems=(Problem(boxes.first_box(question, question.id), sentence % told),))
    data = {} if value is None else boxes.render(question, question.id, value)
    return clean_one(case, question, data, counted)
