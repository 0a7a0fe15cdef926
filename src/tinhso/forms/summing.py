"""The answers as people read them: the summary page, the desk, the receipt."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Question
from tinhso.forms.case import Case, case_of
from tinhso.forms.kinds import KINDS
from tinhso.forms.known import source_of
from tinhso.forms.types import Answers, CommuneLookup, Row, Section
from tinhso.forms.visibility import in_sight


def summary(
    procedure: Procedure,
    answers: Answers,
    facts: Facts,
    language: str = "vi",
    communes: CommuneLookup | None = None,
) -> tuple[Section, ...]:
    """Return the pages in sight with every question asked there and its answer in words."""
    with translation.override(language):
        case = case_of(procedure, facts, communes)
        pages, counted = in_sight(case, answers)
        return tuple(
            Section(
                page.id,
                page.title.into(language),
                tuple(row for question in asked for row in _rows(case, question, counted.get(question.id))),
            )
            for page, asked in pages
        )


def shown_value(question: Question, value: object, case: Case) -> str:
    """Return one answer in words; for an absent or unreadable one, say so."""
    if value is None or not KINDS[question.type].fits(question, value):
        return _("Không điền")
    return KINDS[question.type].show(question, value, case.scene)


def _rows(case: Case, question: Question, value: object) -> tuple[Row, ...]:
    label = question.label.into(case.scene.language)
    if not question.ask:
        source = source_of(question, case.facts)
        return (Row(question.id, label, shown_value(question, value, case), source),)
    entries = [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
    if not entries:
        return (Row(question.id, label, _("Không điền")),)
    return tuple(
        Row(question.id, f"{label} {number}", _entry_lines(case, question, entry))
        for number, entry in enumerate(entries, start=1)
    )


def _entry_lines(case: Case, group: Question, entry: Mapping[str, object]) -> str:
    given = (child for child in group.ask if entry.get(child.id) is not None)
    return "\n".join(
        f"{_introduced(child.label.into(case.scene.language))} {shown_value(child, entry[child.id], case)}"
        for child in given
    )


def _introduced(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"
