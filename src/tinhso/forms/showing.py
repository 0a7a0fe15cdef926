"""Answers in words, by the names templates read them under."""

from collections.abc import Mapping

from django.utils import translation

from tinhso.definitions.binding import nest
from tinhso.definitions.conditions import Facts
from tinhso.definitions.scope import all_questions
from tinhso.definitions.types import Procedure, Question
from tinhso.forms.boxes import fits
from tinhso.forms.case import Case, case_of
from tinhso.forms.kinds import KINDS
from tinhso.forms.types import Answers, CommuneLookup


def shown_answers(
    procedure: Procedure,
    answers: Answers,
    facts: Facts,
    communes: CommuneLookup | None = None,
    language: str = "vi",
) -> dict[str, object]:
    """
    Return every question of the form and the steps with its answer in words; a group gives its entries.

    :param answers: the answers that count, with what officers found
    :return: flat, question id → text, empty where nothing was answered; an entry's ids are levels already
    """
    with translation.override(language):
        case = case_of(procedure, facts, communes)
        return {question.id: _shown(case, question, answers) for question in all_questions(procedure)}


def _shown(case: Case, question: Question, answers: Answers) -> object:
    value = answers.get(question.id)
    if question.ask:
        entries = value if isinstance(value, list | tuple) else ()
        return [
            nest({child.id: _shown(case, child, entry) for child in question.ask})
            for entry in entries
            if isinstance(entry, Mapping)
        ]
    if value is None or not fits(question, value):
        return ""
    return KINDS[question.type].show(question, value, case.scene)
