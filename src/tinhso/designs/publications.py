"""Why a version was published: reason and decision, as the ledger has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.designs.events import DesignPublished, ProcedureGivenBack, VersionRestored
from tinhso.kernel.models import LedgerEntry
from tinhso.people.models import Account


@dataclass(frozen=True, slots=True)
class Publication:
    """
    :param decision: number of the decision that announces it; empty when a procedure was given back
    :param who: who published; ``proposed_by`` who wrote it; empty where nobody did
    """

    reason: str
    decision: str
    who: str
    proposed_by: str


def publications_of(code: str) -> Mapping[tuple[UUID, datetime], Publication]:
    """Return the publications of the procedure from the desk by version and moment; two queries."""
    kinds = (DesignPublished.kind, VersionRestored.kind, ProcedureGivenBack.kind)
    entries = list(LedgerEntry.objects.filter(kind__in=kinds, payload__code=code))
    ids = {one.actor_id for one in entries} | {one.payload.get("proposed_by", "") for one in entries}
    known = Account.objects.filter(pk__in=[UUID(one) for one in ids if one]).only("full_name")
    names = {str(one.pk): one.full_name for one in known}
    return {(_version(one), one.at): _publication(one, names) for one in entries}


def _version(entry: LedgerEntry) -> UUID:
    return UUID(entry.payload.get("version_id") or str(entry.subject_id))


def _publication(entry: LedgerEntry, names: Mapping[str, str]) -> Publication:
    return Publication(
        reason=entry.payload.get("reason", ""),
        decision=entry.payload.get("decision", ""),
        who=names.get(entry.actor_id, ""),
        proposed_by=names.get(entry.payload.get("proposed_by", ""), ""),
    )
