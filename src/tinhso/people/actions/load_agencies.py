"""Bring the rows of agencies in step with the packs."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tinhso.definitions import agencies
from tinhso.definitions.agencies import AgencyEntry
from tinhso.kernel import ledger, locks
from tinhso.people import policies
from tinhso.people.events import AgencyLoaded
from tinhso.people.models import Agency
from tinhso.people.types import Actor


@transaction.atomic
def load_agencies(*, actor: Actor, at: datetime, packs: Path, province: str) -> int:
    """
    Make, change or close agencies so that they are those of ``packs/<province>/agencies.yaml``.

    Loading the same file again changes nothing. An agency that left the file is closed: old papers name it.

    :return: how many changed
    :raises BrokenPack: the file is wrong
    :raises NotAllowed: the actor is neither the system nor a system operator
    """
    locks.hold("people.agencies")
    known = {row.code: row for row in Agency.objects.select_for_update()}

    policies.require_operator(actor)

    entries = agencies.load_agencies(packs, province)

    # Closing first: the successor of an agency may take its kind and unit.
    changes = [(row, "closed") for row in _close(known, entries)]
    opened: list[Agency] = []
    for entry in entries:
        row = known.get(entry.code) or Agency(code=entry.code)
        is_new = entry.code not in known
        known[entry.code] = row
        if _fill(row, entry, parent=known.get(entry.parent)) or is_new:
            changes.append((row, "opened" if is_new else "changed"))
            opened += [row] if is_new else []
            if not is_new:
                row.save()
    Agency.objects.bulk_create(opened)

    loaded = [AgencyLoaded(agency_id=row.pk, change=change) for row, change in changes]
    ledger.record_all(actor=actor, at=at, events=loaded)
    return len(changes)


def _close(known: dict[str, Agency], entries: tuple[AgencyEntry, ...]) -> list[Agency]:
    listed = {entry.code for entry in entries}
    gone = [row for code, row in known.items() if code not in listed and row.is_open]
    for row in gone:
        row.is_open = False
        row.save(update_fields=["is_open"])
    return gone


def _fill(row: Agency, entry: AgencyEntry, *, parent: Agency | None) -> bool:
    """Set the row's columns; say whether any of them changed."""
    values: dict[str, object] = {
        "name": entry.name.vi,
        "name_en": entry.name.en,
        "kind": entry.kind,
        "unit_code": entry.unit,
        "parent_id": parent.pk if parent else None,
        "document_code": entry.document_code,
        "dossier_code_pattern": entry.dossier_code_pattern,
        "place": entry.place,
        "address": entry.address,
        "phone": entry.phone,
        "email": entry.email,
        "accounts": {key: account.model_dump() for key, account in entry.accounts.items()},
        "is_open": True,
    }
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)
