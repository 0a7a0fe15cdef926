"""The answers as a typeset document shows them."""

from collections.abc import Mapping

from django.utils import translation

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Question
from tinhso.forms.case import Case, case_of
from tinhso.forms.summing import shown_value
from tinhso.forms.types import Answers, CommuneLookup


def shown_answers(
    procedure: Procedure, answers: Answers, facts: Facts, communes: CommuneLookup | None = None
) -> dict[str, object]:
    """
    Return every answer in Vietnamese words, by question id; an empty text where nothing was answered.

    A group is a list of entries, each the same way by relative ids.
    """
    with translation.override("vi"):
        case = case_of(procedure, facts, communes)
        return {
            question.id: _shown(question, answers.get(question.id), case)
            for question in procedure.questions()
        }


def _shown(question: Question, value: object, case: Case) -> object:
    if not question.ask:
        return "" if value is None else shown_value(question, value, case)
    entries = value if isinstance(value, list) else []
    return [
        {child.id: _shown(child, entry.get(child.id), case) for child in question.ask}
        for entry in entries
        if isinstance(entry, Mapping)
    ]
