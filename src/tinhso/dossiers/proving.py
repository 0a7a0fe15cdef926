"""What happened to a dossier, in a file that proves it to whoever does not trust us."""

from typing import Any
from uuid import UUID

from tinhso.dossiers import queries
from tinhso.dossiers.events import DossierEvent
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.timeline import FOR_EVERYBODY, INTERNAL
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.tree import proofs
from tinhso.kernel.tree.canonical import PAYLOAD
from tinhso.people.types import Actor

ACT, WHO = "act", "actor"


def proof_of(*, actor: Actor, dossier_id: UUID) -> tuple[Dossier, dict[str, Any]]:
    """
    Return the dossier and the proof of its acts, with what the reader may know of them.

    :raises NotFound: absent, or not visible to the actor
    :raises NotSealedYet: none of its acts is in the published tree yet
    :raises ProofBroken: an act is not what was sealed
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    rows = LedgerEntry.objects.filter(subject_kind=DossierEvent.subject_kind, subject_id=dossier.pk)
    if not actor.is_officer:
        rows = rows.exclude(kind__in=INTERNAL)

    def may_show(entry: LedgerEntry, name: str) -> bool:
        if actor.is_officer or name == ACT:
            return True
        if name == WHO:
            return entry.actor_id == str(actor.account_id)
        return name.removeprefix(PAYLOAD) in FOR_EVERYBODY

    about = {"kind": DossierEvent.subject_kind, "id": str(dossier.pk), "code": dossier.code}
    return dossier, proofs.prove(list(rows.order_by("position")), may_show=may_show, about=about)
