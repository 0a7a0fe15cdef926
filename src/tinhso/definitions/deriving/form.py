"""The pages of the standard form that a procedure needs."""

from collections.abc import Iterable
from typing import Final

from tinhso.definitions.deriving.words import is_shortened
from tinhso.definitions.standard import (
    Filer,
    Need,
    StandardFee,
    StandardForm,
    StandardProcedure,
    StandardQuestion,
)
from tinhso.definitions.types import NO_TEXT, Option, Page, Question

PERSON: Final = "person"
ORGANISATION: Final = "organisation"
BOTH: Final = "both"


def filer_of(facts: StandardProcedure) -> Filer:
    """Return who may file: ``person``, ``organisation`` or ``both``."""
    persons, others = "citizen" in facts.audience, {"business", "organisation"} & set(facts.audience)
    return BOTH if persons and others else PERSON if persons else ORGANISATION


def needs_of(facts: StandardProcedure) -> frozenset[Need]:
    """Return what the procedure has that questions may depend on."""
    needs: set[Need] = set()
    match filer_of(facts):
        case "both":
            needs |= {"both", "person", "organisation"}
        case "organisation":
            needs |= {"organisation"}
        case _:
            needs |= {"person"}
    billed = [way.fee for way in facts.ways if isinstance(way.fee, StandardFee) and way.fee.sure]
    if facts.cases:
        needs.add("cases")
    if len(facts.times) > 1:
        needs.add("times")
    if any(fee.counted for fee in billed):
        needs.add("counted")
    if any(fee.exempt for fee in billed):
        needs.add("exempt")
    return frozenset(needs)


def asked(ask: Iterable[StandardQuestion], facts: StandardProcedure) -> tuple[StandardQuestion, ...]:
    """Return the questions of a page or a step that the procedure asks."""
    needs = needs_of(facts)
    return tuple(one for one in ask if one.only_if is None or one.only_if in needs)


def pages_of(facts: StandardProcedure, form: StandardForm) -> tuple[Page, ...]:
    """Return the pages, with the procedure's own cases to choose from."""
    return tuple(
        Page(
            id=page.id,
            title=page.title,
            intro=page.intro,
            ask=tuple(_question(one, facts, form) for one in asked(page.ask, facts)),
        )
        for page in form.pages
    )


def plain(question: StandardQuestion) -> Question:
    """Return the question without what is only of the standard form."""
    fields = Question.model_fields.items()
    return Question(**{field.alias or name: getattr(question, name) for name, field in fields})


def case_value(index: int) -> str:
    """Return how the answer names the case."""
    return f"case_{index + 1}"


def _question(question: StandardQuestion, facts: StandardProcedure, form: StandardForm) -> Question:
    update: dict[str, object] = {}
    if question.id == form.cases_question:
        cases = [
            Option(
                value=case_value(index),
                label=case.name,
                hint=form.texts.shortened if is_shortened(case.name) else NO_TEXT,
            )
            for index, case in enumerate(facts.cases)
        ]
        update["options"] = (*cases, *question.options)
    if question.only_if in {PERSON, ORGANISATION} and filer_of(facts) == BOTH:
        chosen = f"{form.filer_question} == '{question.only_if}'"
        update["when"] = f"{chosen} && ({question.when})" if question.when else chosen
    return plain(question).model_copy(update=update)
