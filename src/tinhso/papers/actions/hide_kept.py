"""Put a kept paper out of sight, and back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.papers import policies
from tinhso.papers.events import KeptHidden, KeptRestored
from tinhso.people.types import Actor


@transaction.atomic
def hide_kept(*, actor: Actor, at: datetime, kept_id: UUID) -> None:
    """
    Put it out of sight; it is offered to no form any more and stays what it is. Twice changes nothing.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor only deals with a case of its owner
    """
    row = policies.lock_kept(actor=actor, kept_id=kept_id)

    policies.require_keeper(actor=actor)

    if row.hidden_at is not None:
        return
    row.hidden_at = at
    row.save(update_fields=["hidden_at"])

    ledger.record(actor=actor, at=at, event=KeptHidden(kept_id=kept_id))


@transaction.atomic
def restore_kept(*, actor: Actor, at: datetime, kept_id: UUID) -> None:
    """Take it back into sight. Twice changes nothing. :raises NotFound, NotAllowed: see :func:`hide_kept`"""
    row = policies.lock_kept(actor=actor, kept_id=kept_id)

    policies.require_keeper(actor=actor)

    if row.hidden_at is None:
        return
    row.hidden_at = None
    row.save(update_fields=["hidden_at"])

    ledger.record(actor=actor, at=at, event=KeptRestored(kept_id=kept_id))
