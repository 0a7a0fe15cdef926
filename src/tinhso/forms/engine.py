"""
The door of this room. Everything here is pure: no table, no clock, no network.

Answers are a flat dict, question id → JSON value (ARCHITECTURE.md). Sentences come in the active language.
"""

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Page, Procedure, Question
from tinhso.forms import boxes
from tinhso.forms.billing import fees
from tinhso.forms.case import case_of
from tinhso.forms.checking import (
    check_all,
    counted_answers,
    offered_papers,
    read_answers,
    replaced_papers,
    required_papers,
)
from tinhso.forms.cleaning import clean_page, clean_step, page_of
from tinhso.forms.fields import drawn_entries, fields_of
from tinhso.forms.groups import papers_left
from tinhso.forms.known import known_value, prefill
from tinhso.forms.parts import (
    entries_with_files,
    files_in,
    part_names,
    place_of,
    put_files,
    without_entries,
)
from tinhso.forms.showing import shown_answers
from tinhso.forms.summing import summary
from tinhso.forms.types import Answers, CommuneLookup, Data, Field, FieldError
from tinhso.forms.visibility import in_sight

__all__ = [
    "asked_questions",
    "check_all",
    "clean_page",
    "clean_step",
    "counted_answers",
    "entries_with_files",
    "entry_numbers",
    "fees",
    "fields_of",
    "files_in",
    "known_value",
    "offered_papers",
    "page_fields",
    "page_of",
    "papers_left",
    "part_names",
    "place_of",
    "prefill",
    "put_files",
    "read_answers",
    "replaced_papers",
    "required_papers",
    "shown_answers",
    "step_fields",
    "summary",
    "visible_pages",
    "visible_questions",
    "without_entries",
]


def visible_pages(procedure: Procedure, answers: Answers, facts: Facts) -> tuple[Page, ...]:
    """Return the pages these answers lead through; a page without a question in sight is left out."""
    return tuple(page for page, _asked in in_sight(case_of(procedure, facts), answers)[0])


def asked_questions(procedure: Procedure, answers: Answers, facts: Facts) -> tuple[Question, ...]:
    """Return the questions of all pages to ask, in one walk down the form."""
    pages, _counted = in_sight(case_of(procedure, facts), answers)
    return tuple(question for _page, asked in pages for question in asked)


def visible_questions(
    procedure: Procedure, page_id: str, answers: Answers, facts: Facts
) -> tuple[Question, ...]:
    """Return the questions of the page to ask; none when the page itself is out of sight."""
    for page, asked in in_sight(case_of(procedure, facts), answers)[0]:
        if page.id == page_id:
            return asked
    return ()


def entry_numbers(group: Question, answers: Answers, typed: Data) -> tuple[int, ...]:
    """Return the numbers of the entries the form shows now, also of those still empty."""
    return drawn_entries(group, boxes.standing(group, typed, answers.get(group.id)))


def page_fields(
    procedure: Procedure,
    page_id: str,
    answers: Answers,
    facts: Facts,
    typed: Data | None = None,
    errors: tuple[FieldError, ...] = (),
    communes: CommuneLookup | None = None,
) -> tuple[Field, ...]:
    """Return the page as it is drawn; after ``clean_page`` give its ``answers``, ``typed`` and ``errors``."""
    case = case_of(procedure, facts, communes)
    pages, counted = in_sight(case, answers)
    asked = next((questions for page, questions in pages if page.id == page_id), ())
    return fields_of(procedure, asked, counted, facts, typed, errors, communes)


def step_fields(
    procedure: Procedure,
    step_id: str,
    answers: Answers,
    facts: Facts,
    typed: Data | None = None,
    errors: tuple[FieldError, ...] = (),
    communes: CommuneLookup | None = None,
) -> tuple[Field, ...]:
    """Return what an officer fills in at the step, as it is drawn."""
    case = case_of(procedure, facts, communes)
    asked = tuple(q for q in procedure.step(step_id).ask if case.holds(q.when, answers))
    return fields_of(procedure, asked, answers, facts, typed, errors, communes)
