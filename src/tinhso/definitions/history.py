"""What happened to a procedure: every version that was published, when and by whom, and withdrawals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import Published
from tinhso.definitions.comparing import Difference, compare
from tinhso.definitions.events import ProcedurePublished, ProcedureWithdrawn
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound

# Who writes the ledger when files of the packs are published.
BY_FILES = "catalogue"


class VersionMissing(NotFound):
    """The procedure has no such version."""

    code = "version-missing"
    message = _("Thủ tục này không có phiên bản đó. Hãy chọn lại trong lịch sử của thủ tục.")


@dataclass(frozen=True, slots=True)
class Happened:
    """
    One entry of a procedure's history.

    :param number: of the version, 1 for the oldest; the same content published again keeps its number
    :param by: ``files`` of the packs, or an ``officer``
    :param is_current: dossiers are filed under it now
    """

    what: Literal["published", "withdrawn"]
    at: datetime
    version_id: UUID
    number: int
    by: Literal["files", "officer"]
    is_current: bool


def history_of(code: str) -> tuple[Happened, ...]:
    """Return everything that happened to the procedure, the newest first; two queries. Empty: unknown."""
    current = CurrentProcedure.objects.filter(code=code).values_list("version_id", flat=True).first()
    versions = ProcedureVersion.objects.filter(code=code)
    entries = LedgerEntry.objects.filter(
        subject_id__in=versions.values("id"), kind__in=(ProcedurePublished.kind, ProcedureWithdrawn.kind)
    ).order_by("position")
    return _told(list(entries), current)


def compare_versions(code: str, old: UUID, new: UUID) -> tuple[Published, Published, tuple[Difference, ...]]:
    """Return both versions and what differs. :raises VersionMissing: one is none of this procedure"""
    before, after = version_of(code, old), version_of(code, new)
    return before, after, compare(before.procedure, after.procedure)


def version_of(code: str, version_id: UUID) -> Published:
    """Return the version of this procedure. :raises VersionMissing: it is of another, or there is none"""
    try:
        found = catalogue.of_version(version_id)
    except catalogue.ProcedureMissing:
        raise VersionMissing(procedure=code) from None
    if found.procedure.code != code:
        raise VersionMissing(procedure=code)
    return found


def first_published_at(code: str) -> datetime | None:
    """Return when the procedure was first published here."""
    entries = LedgerEntry.objects.filter(
        subject_id__in=ProcedureVersion.objects.filter(code=code).values("id"), kind=ProcedurePublished.kind
    )
    return entries.order_by("position").values_list("at", flat=True).first()


def _told(entries: list[LedgerEntry], current: UUID | None) -> tuple[Happened, ...]:
    numbers: dict[UUID, int] = {}
    latest = entries[-1].position if entries else None
    told: list[Happened] = []
    for entry in entries:
        number = numbers.setdefault(entry.subject_id, len(numbers) + 1)
        is_published = entry.kind == ProcedurePublished.kind
        told.append(
            Happened(
                what="published" if is_published else "withdrawn",
                at=entry.at,
                version_id=entry.subject_id,
                number=number,
                by="files" if entry.actor_id == BY_FILES else "officer",
                is_current=is_published and entry.position == latest and entry.subject_id == current,
            )
        )
    return tuple(reversed(told))
