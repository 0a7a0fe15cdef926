"""Open the form that was prepared for a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.models import Draft
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.kernel import ledger
from tinhso.kernel.refusals import NotFound
from tinhso.outreach.events import SuggestionOpened
from tinhso.outreach.models import Suggestion
from tinhso.people import queries as people
from tinhso.people.types import Actor


@transaction.atomic
def open_prepared(*, actor: Actor, at: datetime, suggestion_id: UUID) -> UUID:
    """
    Begin the form with the answers that are known, or return the one begun before; return the draft's id.

    The form is made now and not when it is proposed: what the person's sign-in proves is asked as for any
    other form, and nobody keeps forms that nobody wanted.

    :raises NotFound: absent, another's, or nothing is filed here for it
    :raises Refusal: whatever :func:`start_draft` says, as when the commune of residence is not known
    """
    rows = Suggestion.objects.visible_to(actor).select_for_update(of=("self",))
    suggestion = rows.filter(pk=suggestion_id).first()
    if suggestion is None or not suggestion.procedure_code or actor.person_id is None:
        raise NotFound

    if suggestion.draft_id is not None and _is_unfiled(suggestion.draft_id):
        return suggestion.draft_id

    commune = people.person(actor.person_id).residence_commune
    started = start_draft(actor=actor, at=at, procedure_code=suggestion.procedure_code, unit_code=commune)
    _fill(actor, suggestion, started.draft_id, at=at)
    suggestion.draft_id = started.draft_id
    suggestion.save(update_fields=["draft"])

    event = SuggestionOpened(suggestion_id=suggestion.id, draft_id=started.draft_id)
    ledger.record(actor=actor, at=at, event=event)
    return started.draft_id


def _is_unfiled(draft_id: UUID) -> bool:
    return Draft.objects.filter(pk=draft_id).unfiled().exists()


def _fill(actor: Actor, suggestion: Suggestion, draft_id: UUID, *, at: datetime) -> None:
    """Put in what is known; a form that changed since takes the answers that still fit, one by one."""
    for name, value in suggestion.answers.items():
        try:
            with transaction.atomic():
                save_answers(actor=actor, at=at, draft_id=draft_id, given={name: value})
        except FormIncomplete:
            continue
