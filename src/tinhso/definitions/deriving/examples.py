"""Filled forms out of the samples beside the standard questions: one for each case and kind of applicant."""

from collections.abc import Iterator

from tinhso.definitions.deriving.form import BOTH, ORGANISATION, PERSON, asked, case_value, filer_of
from tinhso.definitions.deriving.steps import standard_steps
from tinhso.definitions.standard import Standard, StandardProcedure
from tinhso.definitions.types import Example, Paper


def examples_of(
    facts: StandardProcedure, papers: tuple[Paper, ...], standard: Standard
) -> tuple[Example, ...]:
    """Return an example for each case by a person, then one by an organisation, as far as they may file."""
    return tuple(_all(facts, papers, standard))


def _all(facts: StandardProcedure, papers: tuple[Paper, ...], standard: Standard) -> Iterator[Example]:
    filer = filer_of(facts)
    first = PERSON if filer == BOTH else filer
    for index, case in enumerate(facts.cases):
        yield _example(facts, papers, standard, case_value(index), case.name.vi, first)
    if not facts.cases:
        yield _example(facts, papers, standard, "", facts.name.vi, first)
    if filer == BOTH:
        name = facts.cases[0].name.vi if facts.cases else facts.name.vi
        value = case_value(0) if facts.cases else ""
        yield _example(facts, papers, standard, value, name, ORGANISATION)


def _example(
    facts: StandardProcedure,
    papers: tuple[Paper, ...],
    standard: Standard,
    case: str,
    name: str,
    filer: str,
) -> Example:
    form = standard.form
    answers: dict[str, object] = {}
    for question in (one for page in form.pages for one in asked(page.ask, facts)):
        if question.only_if in {PERSON, ORGANISATION} and question.only_if != filer:
            continue
        value = {form.filer_question: filer, form.cases_question: case}.get(question.id, question.sample)
        if value is not None:
            answers[question.id] = value
    return Example(
        name=name,
        answers=answers,
        findings={
            question.id: question.sample
            for step in standard_steps(facts, standard)
            for question in asked(step.ask, facts)
            if question.sample is not None
        },
        papers=tuple(
            paper.id
            for paper in papers
            if not paper.optional and paper.required in {"true", f"{form.cases_question} == '{case}'"}
        ),
    )
