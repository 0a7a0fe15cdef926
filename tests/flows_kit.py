"""Dossiers whose ways are known by hand: copies of one that was really filed, each with acts of its own."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Model

from tinhso.dossiers.models import Dossier, Draft, Involvement
from tinhso.kernel.models import LedgerEntry

FILED, ACCEPTED = "dossier.filed", "dossier.accepted"
EXAMINED, SENT_BACK = "dossier.step_completed/examine", "dossier.step_returned/examine"
ASKED, ANSWERED = "dossier.supplement_requested", "dossier.supplement_answered"
SIGNED = "dossier.result_signed"

Way = list[tuple[str, float]]


def copy_of(dossier_id: UUID, *, number: int, filed_at: datetime) -> Dossier:
    """Return another dossier of the same person and agencies, without acts."""
    dossier = Dossier.objects.select_related("draft").get(pk=dossier_id)
    draft = Draft(**_values(dossier.draft))
    draft.save()
    told = {"draft_id": draft.pk, "code": f"{dossier.code}-{number}", "rating_token": f"copy-{number}"}
    fresh = Dossier(**_values(dossier) | told | {"filed_at": filed_at})
    fresh.save()
    for part in Involvement.objects.filter(dossier_id=dossier_id):
        Involvement(**_values(part) | {"dossier_id": fresh.pk}).save()
    return fresh


def walk(dossier: Dossier, way: Way) -> None:
    """Write acts of the dossier into the ledger, each so many hours after the one before; nobody is told."""
    at = dossier.filed_at
    for key, hours in way:
        at += timedelta(hours=hours)
        kind, _slash, step = key.partition("/")
        LedgerEntry.objects.create(
            at=at,
            kind=kind,
            subject_kind="dossier",
            subject_id=dossier.pk,
            actor_kind="system",
            payload={"step": step} if step else {},
            salt=bytes(16),
        )


def _values(row: Model) -> dict[str, object]:
    return {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname != "id"
    }
