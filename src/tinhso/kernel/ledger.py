"""The ledger: one entry for everything that happens, in the transaction in which it happens."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tinhso.kernel.actors import LedgerActor
from tinhso.kernel.events import Event, for_many, listeners_of
from tinhso.kernel.locks import require_transaction
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.prepared import Prepared


def record(*, actor: LedgerActor, at: datetime, event: Event) -> LedgerEntry:
    """
    Write the event down and tell its listeners; all of it is undone if the transaction is.

    :raises RuntimeError: called outside a transaction, where a crash could keep the act and lose the entry
    """
    require_transaction("ledger.record()")
    entry = _entry(actor=actor, at=at, event=event)
    entry.save(force_insert=True)
    _tell(event, at=at)
    return entry


def record_all(*, actor: LedgerActor, at: datetime, events: Sequence[Event]) -> None:
    """
    Write many events down in their order, with one statement, then tell the listeners of each.

    :raises RuntimeError: called outside a transaction
    """
    require_transaction("ledger.record_all()")
    LedgerEntry.objects.bulk_create(_entry(actor=actor, at=at, event=event) for event in events)
    by_type: dict[type[Event], list[Event]] = {}
    for event in events:
        by_type.setdefault(type(event), []).append(event)
    for event_type, several in by_type.items():
        _tell_many(event_type, several, at=at)


def position() -> int:
    """Return the place of the last entry: as long as it stays, nothing has happened. 0 in an empty ledger."""
    return _LAST.first() or 0


def _last() -> QuerySet[LedgerEntry, int]:
    return LedgerEntry.objects.order_by("-position").values_list("position", flat=True)[:1]


_LAST = Prepared(_last)


def _entry(*, actor: LedgerActor, at: datetime, event: Event) -> LedgerEntry:
    ref = actor.ref
    return LedgerEntry(
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


def _tell(event: Event, *, at: datetime) -> None:
    for listener in listeners_of(type(event)):
        listener(event=event, at=at)


def _tell_many(event_type: type[Event], several: Sequence[Event], *, at: datetime) -> None:
    for listener in listeners_of(event_type):
        if (at_once := for_many(listener)) is not None:
            at_once(events=several, at=at)
            continue
        for event in several:
            listener(event=event, at=at)
