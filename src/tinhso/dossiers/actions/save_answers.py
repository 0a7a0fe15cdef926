"""Keep answers that came as values, as from another program; one wrong answer keeps none."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import filings, queries
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Draft
from tinhso.dossiers.once_only import replace_papers
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import engine
from tinhso.people.types import Actor


@transaction.atomic
def save_answers(*, actor: Actor, at: datetime, draft_id: UUID, given: Mapping[str, object]) -> None:
    """
    Merge the answers into the draft's; None takes one away. File questions are answered by their papers.

    An entry that comes without its number is a new one; the files of entries that do not come are released.

    :param given: question id → JSON value
    :raises NotFound: the draft is absent, filed already, or another's
    :raises FormIncomplete: an answer is not of its question's type, names a file that was not given for it,
        or there is no such question
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)

    procedure = catalogue.of_version(draft.version_id).procedure
    answers, errors = engine.read_answers(
        procedure,
        given,
        answers=draft.answers,
        facts=facts_of(dossier=draft, at=at),
        communes=commune_lookup,
        papers=draft.papers,
    )
    if errors:
        raise FormIncomplete(errors)

    draft.answers = answers
    draft.papers = _papers_left(draft=draft, procedure=procedure, given=given)
    draft.typed = _typed_elsewhere(draft=draft, procedure=procedure, given=given)
    draft.saved_at = at
    draft.save(update_fields=["answers", "papers", "typed", "saved_at"])
    if draft.filing is not None:
        filings.carry_all(draft.filing, at=at)
        draft.refresh_from_db(fields=["answers", "typed"])
    replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)


def _papers_left(*, draft: Draft, procedure: Procedure, given: Mapping[str, object]) -> dict[str, list[str]]:
    papers: dict[str, list[str]] = draft.papers
    for group in procedure.questions():
        if group.numbers_entries and group.id in given:
            stay = engine.entry_numbers(group, draft.answers, {})
            gone = engine.entries_with_files(papers, group) - set(stay)
            papers = engine.without_entries(papers, group, gone)
    return papers


def _typed_elsewhere(
    *, draft: Draft, procedure: Procedure, given: Mapping[str, object]
) -> dict[str, dict[str, list[str]]]:
    """Return what was typed on pages none of whose answers came; the others show the new answers."""
    touched = {page.id for page in procedure.form if any(question.id in given for question in page.ask)}
    return {page_id: boxes for page_id, boxes in draft.typed.items() if page_id not in touched}
