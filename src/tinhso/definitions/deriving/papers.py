"""The papers of the national list as parts of the dossier."""

from collections.abc import Iterator, Sequence

from tinhso.definitions.deriving.form import case_value, needs_of
from tinhso.definitions.deriving.words import is_shortened, joined
from tinhso.definitions.standard import StandardForm, StandardPaper, StandardProcedure, StandardTexts
from tinhso.definitions.types import NO_TEXT, Paper


def papers_of(facts: StandardProcedure, form: StandardForm) -> tuple[Paper, ...]:
    """Return those of every case, then those of each case, then the proof that the fee is not due."""
    return tuple(_all(facts, form))


def _all(facts: StandardProcedure, form: StandardForm) -> Iterator[Paper]:
    yield from _named(facts.papers, "paper", "true", form.texts)
    for index, case in enumerate(facts.cases):
        value = case_value(index)
        yield from _named(case.papers, f"{value}_paper", f"{form.cases_question} == '{value}'", form.texts)
    if "exempt" in needs_of(facts):
        yield form.exemption_paper.model_copy(update={"required": form.exemption_question})


def _named(
    papers: Sequence[StandardPaper], prefix: str, required: str, texts: StandardTexts
) -> Iterator[Paper]:
    for number, paper in enumerate(papers, start=1):
        yield Paper(
            id=f"{prefix}_{number}",
            name=paper.name,
            hint=joined(
                {"must": NO_TEXT, "case": texts.case_paper, "shown": texts.shown_paper}[paper.need],
                texts.shortened if is_shortened(paper.name) else NO_TEXT,
            ),
            required=required,
            optional=paper.need != "must",
            originals=paper.originals,
            copies=paper.copies,
            form_code=paper.form_code,
        )
