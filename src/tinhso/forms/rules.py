"""Rules that tie answers together, judged once every type has been."""

from collections.abc import Iterator

from tinhso.definitions import conditions
from tinhso.definitions.scope import LISTS, scope_of
from tinhso.definitions.types import Question, Rule
from tinhso.forms.boxes import first_box
from tinhso.forms.case import Case, Inside
from tinhso.forms.types import Answers, Problem


def broken_rules(
    case: Case, question: Question, name: str, answers: Answers, inside: Inside | None = None
) -> Iterator[Problem]:
    """Yield what the answer of this question breaks; a rule that reads an absent answer is not judged yet."""
    for rule in question.rules:
        if _judgeable(case, rule, answers, inside) and not case.holds(rule.must, answers, inside):
            yield Problem(first_box(question, name), rule.otherwise.into(case.scene.language))


def _judgeable(case: Case, rule: Rule, answers: Answers, inside: Inside | None) -> bool:
    kinds = scope_of(case.procedure, inside.group if inside else None).kinds
    read = conditions.parsed(rule.must).references
    guarded = {reference.name for reference in read if reference.tested}
    return all(
        _present(reference.name, answers, inside)
        for reference in read
        if reference.name not in guarded
        and reference.name in kinds
        and kinds[reference.name] not in LISTS
        and reference.name not in ("today", "channel")
        and not reference.name.startswith("applicant.")
    )


def _present(name: str, answers: Answers, inside: Inside | None) -> bool:
    if inside and name.startswith("entry."):
        return inside.entry.get(name.removeprefix("entry.")) is not None
    return answers.get(name) is not None or answers.get(name.rpartition(".")[0]) is not None
