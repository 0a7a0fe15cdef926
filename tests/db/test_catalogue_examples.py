"""Every example of every procedure on offer passes its form, needs just its papers and costs just its fee."""

import re
from datetime import date

import pytest

from tinhso.definitions import catalogue
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Example, Procedure
from tinhso.forms import boxes, engine
from tinhso.forms.types import CommuneMatch

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 2, 10)
FACTS = Facts(today=TODAY)
# What was derived has papers of such names; test_packs_procedures.py looks at whole files one by one.
DERIVED = re.compile(r"^(case_\d+_)?paper_\d+$|^exemption$")


def communes(written: str, on: date) -> CommuneMatch | None:
    return (
        CommuneMatch(code=written, name=f"Xã {written}") if re.fullmatch("0[67][0-9]{3}", written) else None
    )


def wrong_with(procedure: Procedure, example: Example) -> list[str]:
    answers: dict[str, object] = {}
    for page in procedure.form:
        asked = engine.visible_questions(procedure, page.id, {**example.answers, **answers}, FACTS)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if question.id in example.answers:
                data |= boxes.render(question, question.id, example.answers[question.id])
        result = engine.clean_page(procedure, page.id, data, answers, FACTS, communes)
        if result.errors or result.revealed:
            return [f"{page.id}: {result.errors} {result.revealed}"]
        answers = result.answers
    papers = dict.fromkeys(example.papers, 1)
    errors = engine.check_all(procedure, answers, papers, FACTS, communes)
    required = {paper.id for paper in engine.required_papers(procedure, answers, FACTS)}
    return [str(error) for error in errors] + sorted(required - set(example.papers))


def test_every_derived_example_passes() -> None:
    derived = [
        one.procedure
        for one in catalogue.all_current()
        if all(DERIVED.match(paper.id) for paper in one.procedure.papers)
        and "request.content" in {question.id for question in one.procedure.questions()}
    ]
    assert len(derived) > 200
    wrong = {
        f"{procedure.code} {example.name}": found
        for procedure in derived
        for example in procedure.examples
        if (found := wrong_with(procedure, example))
    }
    assert wrong == {}
