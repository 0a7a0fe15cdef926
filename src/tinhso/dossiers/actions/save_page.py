"""Keep what was typed on one page of a form, right or wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.dossiers import filings, queries
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.once_only import replace_papers
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import boxes, engine
from tinhso.forms.types import PageResult
from tinhso.people.types import Actor


@transaction.atomic
def save_page(
    *, actor: Actor, at: datetime, draft_id: UUID, page_id: str, data: Mapping[str, Sequence[str]]
) -> PageResult:
    """
    Check and keep one page. What fails the checks is kept as typed; what passes becomes an answer.

    Files come by ``attach_paper`` alone, and are released with the entry whose button takes it away.

    :param data: field name → values, as a browser sends them
    :raises NotFound: the draft is absent, filed already, or another's
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)

    procedure = catalogue.of_version(draft.version_id).procedure
    asked = engine.page_of(procedure, page_id).ask
    result = engine.clean_page(
        procedure,
        page_id,
        boxes.with_files(asked, data, draft.papers),
        answers=draft.answers,
        facts=facts_of(dossier=draft, at=at),
        communes=commune_lookup,
    )

    draft.answers = result.answers
    for question in asked:
        if question.numbers_entries:
            draft.papers = engine.papers_left(question, data, result, draft.papers)
    draft.typed = {**draft.typed, page_id: result.typed}
    draft.saved_at = at
    draft.save(update_fields=["answers", "papers", "typed", "saved_at"])
    if draft.filing is not None:
        filings.carry_all(draft.filing, at=at)
        draft.refresh_from_db(fields=["answers", "typed"])
    replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)
    return result
