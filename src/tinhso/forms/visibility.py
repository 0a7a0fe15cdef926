"""Which pages and questions are in sight. An answer out of sight counts as absent, and so on downwards."""

from collections.abc import Iterator, Mapping

from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Page, Question
from tinhso.forms.case import Case, Inside
from tinhso.forms.known import proved_value
from tinhso.forms.types import Answers


def in_sight(
    case: Case, answers: Answers
) -> tuple[tuple[tuple[Page, tuple[Question, ...]], ...], dict[str, object]]:
    """Return the pages with the questions to ask, and the answers that count, in one walk down the form."""
    counted: dict[str, object] = {}
    pages = []
    for page in case.procedure.form:
        if not case.holds(page.when, counted):
            continue
        asked = []
        for question in page.ask:
            if case.holds(question.when, counted):
                asked.append(question)
                _count(case, question, answers, counted)
        if asked:
            pages.append((page, tuple(asked)))
    return tuple(pages), counted


def _count(case: Case, question: Question, answers: Answers, counted: dict[str, object]) -> None:
    value = proved_value(question, case.facts)
    value = answers.get(question.id) if value is None else value
    if value is None:
        return
    if question.ask and isinstance(value, list):
        value = [
            entry_in_sight(case, question, entry, counted) if isinstance(entry, Mapping) else entry
            for entry in value
        ]
    counted[question.id] = value


def entry_in_sight(case: Case, group: Question, entry: Answers, counted: Answers) -> dict[str, object]:
    """Return the answers of one entry that count."""
    kept: dict[str, object] = {ENTRY: entry[ENTRY]} if ENTRY in entry else {}
    for child in group.ask:
        if case.holds(child.when, counted, Inside(group.id, kept)) and entry.get(child.id) is not None:
            kept[child.id] = entry[child.id]
    return kept


def children_in_sight(case: Case, group: Question, entry: Answers, counted: Answers) -> Iterator[Question]:
    """Yield the questions to ask in one entry."""
    kept = entry_in_sight(case, group, entry, counted)
    for child in group.ask:
        if case.holds(child.when, counted, Inside(group.id, kept)):
            yield child
