"""Throw away a form that was never filed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import queries
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor


@transaction.atomic
def discard_draft(*, actor: Actor, at: datetime, draft_id: UUID) -> None:  # noqa: ARG001  (every action is told the time)
    """Delete the draft; its papers stay with their owner. :raises NotFound: absent, filed, or another's"""
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)

    # A dossier that waits for a supplement opens its form again, and still stands on it.
    if hasattr(draft, "dossier"):
        raise NotFound

    draft.delete()
