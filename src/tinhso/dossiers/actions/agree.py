"""Agree that a register is asked for a form, and take from it what it knows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.models import Draft
from tinhso.dossiers.once_only import prefill_from_registers, replace_papers
from tinhso.forms import boxes
from tinhso.people.types import Actor
from tinhso.registers.actions.consent import give_consent
from tinhso.registers.types import Known


@transaction.atomic
def agree(
    *, actor: Actor, at: datetime, draft_id: UUID, register_id: str, digest: str, language: str
) -> tuple[Known, ...]:
    """
    Keep the applicant's consent, then fill in what the register knows; at the counter the officer keeps it.

    :param digest: of the wording that stood on the page
    :raises NotFound: the draft is absent, filed already, or another's
    :raises ConsentNotNeeded, WordingChanged: as they say
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure

    give_consent(
        actor=actor,
        at=at,
        person_id=draft.applicant_id,
        procedure=procedure,
        register_id=register_id,
        language=language,
        digest=digest,
        way=draft.channel,
        subject_id=draft.pk,
    )

    taken = prefill_from_registers(actor=actor, at=at, draft=draft, procedure=procedure)
    replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)
    _show_answers(draft, procedure, {one.question for one in taken})
    return taken


def _show_answers(draft: Draft, procedure: Procedure, filled: set[str]) -> None:
    """Empty boxes that were kept as typed would stand before what has been filled in."""
    if not filled:
        return
    gone = {
        name
        for question in procedure.questions()
        if question.id in filled
        for name in boxes.box_names(question, question.id)
    }
    draft.typed = {
        page: {name: values for name, values in typed.items() if name not in gone}
        for page, typed in draft.typed.items()
    }
    draft.save(update_fields=["typed"])
