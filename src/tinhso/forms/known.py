"""What the account already proves, and therefore nobody asks again."""

from collections.abc import Mapping
from datetime import date

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.forms.kinds import KINDS

REGISTER = "register"


def proved_value(question: Question, facts: Facts) -> object | None:
    """Return what counts without asking: what the account proves, else what a register fixes."""
    value = known_value(question, facts.applicant)
    if value is None and question.fixed:
        return fitting(question, facts.fixed.get(question.id))
    return value


def source_of(question: Question, facts: Facts) -> str:
    """Return what proves the value, e.g. ``applicant.full_name``; empty when nothing does."""
    if known_value(question, facts.applicant) is not None:
        return question.known or ""
    return REGISTER if proved_value(question, facts) is not None else ""


def known_value(question: Question, applicant: Mapping[str, object]) -> object | None:
    """Return the proved value, or None when the account proves nothing this question could hold."""
    if question.known is None or question.type is QuestionType.GROUP:
        return None
    return fitting(question, applicant.get(question.known))


def fitting(question: Question, value: object) -> object | None:
    """Return the value as an answer to the question, None where it could not hold it."""
    value = value.isoformat() if isinstance(value, date) else value
    if (
        question.type is QuestionType.GROUP
        or value in (None, "", [], {})
        or not KINDS[question.type].fits(question, value)
    ):
        return None
    if question.options and value not in {option.value for option in question.options}:
        return None
    return value


def prefill(procedure: Procedure, applicant: Mapping[str, object]) -> dict[str, object]:
    """Return the answers the account proves, by question id."""
    found = {question.id: known_value(question, applicant) for question in procedure.questions()}
    return {question_id: value for question_id, value in found.items() if value is not None}
