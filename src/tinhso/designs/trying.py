"""The definition's own examples, run as a citizen and officers would: form, papers, fee, findings, result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tinhso.definitions.conditions import Facts
from tinhso.definitions.places import Location
from tinhso.definitions.problems import ExpressionProblem
from tinhso.definitions.types import Example, Procedure
from tinhso.designs import sampling
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import boxes, engine
from tinhso.kernel.money import format_dong
from tinhso.papers.typesetting import TypesettingFailed
from tinhso.people.types import AgencyView

MOST_TYPESET = 8  # each takes half a second of a process of its own


@dataclass(frozen=True, slots=True)
class Wrong:
    """
    One thing an example shows to be wrong.

    :param at: the part of the procedure it is about; empty for the whole
    """

    sentence: str
    at: Location = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """
    One example that was run.

    :param fee: whole đồng as the procedure asks for; None where it could not be told
    """

    number: int
    name: str
    wrong: tuple[Wrong, ...]
    fee: int | None

    @property
    def passed(self) -> bool:
        return not self.wrong


def try_examples(
    procedure: Procedure, templates: Mapping[str, str], *, at: datetime, agency: AgencyView
) -> tuple[Tried, ...]:
    """Run every example; the results of the first few are typeset too, under limits."""
    facts = sampling.facts_at(at)
    return tuple(
        _try(procedure, templates, example, number, facts, at=at, agency=agency)
        for number, example in enumerate(procedure.examples)
    )


def _try(
    procedure: Procedure,
    templates: Mapping[str, str],
    example: Example,
    number: int,
    facts: Facts,
    *,
    at: datetime,
    agency: AgencyView,
) -> Tried:
    fee: int | None = None
    try:
        wrong = [*_form(procedure, example, facts), *_filing(procedure, example, facts)]
        fee = sum(line.amount for line in engine.fees(procedure, example.answers, facts))
        wrong += [*_fee(example, fee, number), *_steps(procedure, example, facts)]
        if not wrong and number < MOST_TYPESET:
            sampling.sample_pdf(procedure, templates, example, at=at, agency=agency)
    except TypesettingFailed as failed:
        wrong = [Wrong(failed.sentence(), ("result", "template"))]
    except ExpressionProblem as problem:
        wrong = [Wrong(_("Không tính được biểu thức «%(text)s».") % {"text": problem.expression})]
    return Tried(number, example.name, tuple(wrong), fee)


def _form(procedure: Procedure, example: Example, facts: Facts) -> Iterator[Wrong]:
    """Fill the form in page by page, as a browser would send it."""
    answers: dict[str, object] = {}
    for index, page in enumerate(procedure.form):
        asked = engine.visible_questions(procedure, page.id, {**example.answers, **answers}, facts)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if question.id in example.answers:
                data |= boxes.render(question, question.id, example.answers[question.id])
        result = engine.clean_page(procedure, page.id, data, answers, facts, commune_lookup)
        for error in result.errors:
            yield Wrong(f"{page.title.vi}: {error.sentence}", ("form", index))
        for name in result.revealed:
            said = _("%(page)s: ví dụ thiếu câu trả lời «%(name)s» mà tờ khai hỏi thêm.")
            yield Wrong(said % {"page": page.title.vi, "name": name}, ("form", index))
        if result.errors or result.revealed:
            return
        answers = result.answers


def _filing(procedure: Procedure, example: Example, facts: Facts) -> Iterator[Wrong]:
    papers = dict.fromkeys(example.papers, 1)
    for error in engine.check_all(procedure, example.answers, papers, facts, commune_lookup):
        yield Wrong(error.sentence)
    needed = {paper.id for paper in engine.required_papers(procedure, example.answers, facts)}
    for name in sorted(needed - set(example.papers)):
        yield Wrong(_("Ví dụ thiếu giấy tờ «%(name)s» mà thủ tục đòi.") % {"name": name})


def _fee(example: Example, fee: int, number: int) -> Iterator[Wrong]:
    if example.fee is not None and example.fee != fee:
        said = _("Ví dụ ghi tổng phí %(said)s nhưng thủ tục tính ra %(found)s.")
        amounts = {"said": format_dong(example.fee), "found": format_dong(fee)}
        yield Wrong(said % amounts, ("examples", number))


def _steps(procedure: Procedure, example: Example, facts: Facts) -> Iterator[Wrong]:
    """Let officers find what the example says they find."""
    answers = {**example.answers, **example.findings}
    for index, step in enumerate(procedure.steps):
        asked = [question for question in step.ask if question.id in example.findings]
        if not asked:
            continue
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            data |= boxes.render(question, question.id, example.findings[question.id])
        result = engine.clean_step(procedure, step.id, data, answers, facts, commune_lookup)
        for error in result.errors:
            yield Wrong(f"{step.name.vi}: {error.sentence}", ("steps", index))
