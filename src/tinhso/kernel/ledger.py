"""The ledger: one entry for everything that happens, in the transaction in which it happens."""

import secrets
from datetime import datetime

from tinhso.kernel.actors import LedgerActor
from tinhso.kernel.events import Event, listeners_of
from tinhso.kernel.locks import require_transaction
from tinhso.kernel.models import LedgerEntry


def record(*, actor: LedgerActor, at: datetime, event: Event) -> LedgerEntry:
    """
    Write the event down and tell its listeners; all of it is undone if the transaction is.

    :raises RuntimeError: called outside a transaction, where a crash could keep the act and lose the entry
    """
    require_transaction("ledger.record()")
    ref = actor.ref
    entry = LedgerEntry.objects.create(
        at=at,
        kind=event.kind,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        actor_kind=ref.kind,
        actor_id=ref.id,
        post_id=ref.post_id,
        for_person_id=ref.for_person_id,
        payload=event.payload(),
        # The salt lets a leaf of a public hash tree reveal nothing about a guessable payload.
        salt=secrets.token_bytes(16),
    )
    for listener in listeners_of(type(event)):
        listener(event=event, at=at)
    return entry
