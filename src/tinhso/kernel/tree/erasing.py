"""
Erasing a value that the law demands to be gone. Entries hold identifiers only, so this is for mistakes.

The value goes, the digest of its part stays: the leaf and every proof of the entry's other parts hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import connection, transaction

from tinhso.kernel import ledger
from tinhso.kernel.actors import LedgerActor
from tinhso.kernel.events import Event
from tinhso.kernel.models import LedgerEntry, LedgerErasure, LedgerLeaf
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.tree import canonical

# The owner of the table only. Writers wait for as long as one statement takes.
OPEN = "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only"
SHUT = "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only"
ERASE = "UPDATE ledger_entry SET payload = payload - %s::text[] WHERE position = %s"


@dataclass(frozen=True, kw_only=True)
class LedgerPartErased(Event):
    kind: ClassVar[str] = "ledger.part_erased"
    subject_kind: ClassVar[str] = "ledger_entry"
    subject_field: ClassVar[str] = "entry_id"

    entry_id: UUID
    position: int
    parts: tuple[str, ...]


@transaction.atomic
def erase_parts(
    *, actor: LedgerActor, at: datetime, position: int, parts: Sequence[str], reason: str
) -> None:
    """
    Erase values of a sealed entry's payload.

    :param parts: their names, ``payload.`` and the key
    :param reason: the decision that demands it, without the value
    :raises NotFound: no such entry, it is not sealed yet, or it has no such part
    """
    entry = LedgerEntry.objects.filter(position=position).first()
    if entry is None or not LedgerLeaf.objects.filter(position=position).exists():
        raise NotFound
    told = {name: value for name, value in canonical.parts_of(entry) if name.startswith(canonical.PAYLOAD)}
    if not parts or not set(parts) <= told.keys():
        raise NotFound

    salt = bytes(entry.salt)
    LedgerErasure.objects.bulk_create(
        LedgerErasure(
            position=position,
            part=name,
            digest=canonical.part_digest(name, told[name], canonical.part_salt(salt, name)),
            reason=reason,
            erased_at=at,
        )
        for name in parts
    )
    keys = [name.removeprefix(canonical.PAYLOAD) for name in parts]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may wait while the table is altered
        cursor.execute(OPEN)
        cursor.execute(ERASE, [keys, position])
        cursor.execute(SHUT)

    event = LedgerPartErased(entry_id=entry.id, position=position, parts=tuple(parts))
    ledger.record(actor=actor, at=at, event=event)
