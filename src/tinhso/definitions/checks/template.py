"""The template of the result: it exists, and every variable it reads is supplied."""

from collections.abc import Iterator

from tinhso.definitions.checks.case import Case
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import find_template, template_folders
from tinhso.definitions.scope import all_questions
from tinhso.definitions.template_scan import uses
from tinhso.definitions.template_variables import ADDRESS_PARTS, ANSWERS, SHOWN, STANDARD
from tinhso.definitions.types import Procedure, Question, QuestionType


def find(case: Case) -> Iterator[Mistake]:
    """Yield the mistakes of the template; those inside it name the template's file and line."""
    name = case.procedure.result.template
    path = find_template(case.path, name)
    if path is None:
        folder = template_folders(case.path)[0].name
        yield case.places.mistake(("result", "template"), "template-missing", name=name, folder=folder)
        return
    supplied = supplied_names(case.procedure)
    for use in uses(path.read_text(encoding="utf-8")):
        if not _is_supplied(use.name, supplied):
            data = {"name": use.name, "hint": nearest(use.name, sorted(supplied))}
            yield Mistake(str(path), use.line, use.column, "unknown-variable", data)


def supplied_names(procedure: Procedure) -> frozenset[str]:
    """Return every full name a template of the procedure may read."""
    names = set(STANDARD)
    for question in all_questions(procedure):
        for root in (ANSWERS, SHOWN):
            names.update(_of_question(question, f"{root}.{question.id}"))
    return frozenset(names)


def _of_question(question: Question, name: str) -> Iterator[str]:
    yield name
    if question.type is QuestionType.ADDRESS and name.startswith(ANSWERS):
        yield from (f"{name}.{part}" for part in ADDRESS_PARTS)
    for inner in question.ask:
        yield from _of_question(inner, f"{name}[].{inner.id}")


def _is_supplied(name: str, supplied: frozenset[str]) -> bool:
    return name.removesuffix("[]") in supplied or any(
        known.startswith((f"{name}.", f"{name}[]")) for known in supplied
    )
