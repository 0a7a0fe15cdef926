"""What the job does with an export: begin, tell how far it is, keep the file, give up, let it lapse."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from tinhso.dossiers.desk_events import ExportExpired, ExportFailed, ExportMade
from tinhso.dossiers.exporting import limits
from tinhso.dossiers.exporting.making import TYPES, Made
from tinhso.dossiers.exporting.record_selection import RecordSelection, selection_of
from tinhso.dossiers.models import Export
from tinhso.dossiers.models.exports import UNDER_WAY, ExportState
from tinhso.dossiers.selecting import Selection
from tinhso.kernel import files, ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.actions import note_accesses
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers.events import RecordsExported

LAPSED_AT_ONCE = 200


class Stopped(Exception):  # noqa: N818  (nobody is told: whoever stopped it knows)
    """The export was cancelled, or another run of the job has taken it up."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One run of the job."""

    export_id: UUID
    attempt: int
    account_id: UUID
    format: str
    selection: Selection | RecordSelection
    language: str


@transaction.atomic
def begin_export(*, export_id: UUID) -> Begun | None:
    """Take the export up, from its beginning if an earlier run died; None when nothing is left to do."""
    export = Export.objects.select_for_update().filter(pk=export_id, state__in=UNDER_WAY).first()
    if export is None:
        return None
    export.state, export.attempt, export.done = ExportState.RUNNING, export.attempt + 1, 0
    export.save(update_fields=["state", "attempt", "done"])
    selection = selection_of(export.selection)
    return Begun(export.pk, export.attempt, export.account_id, export.format, selection, export.language)


def tell_progress(*, begun: Begun, done: int) -> None:
    """Write down how many dossiers are written. :raises Stopped: nobody wants the rest"""
    running = Export.objects.filter(pk=begun.export_id, attempt=begun.attempt, state=ExportState.RUNNING)
    if not running.update(done=done):
        raise Stopped


@transaction.atomic
def keep_export(*, actor: Actor, at: datetime, begun: Begun, made: Made) -> None:
    """
    Keep the file for a day, and note for every person in it that the officer has their data now.

    :raises Stopped: it was cancelled meanwhile; nothing is kept
    """
    export = _lock(begun)

    limits.require_right(actor, begun.selection)

    stored = files.store(content=made.content, media_type=TYPES[Export.Format(begun.format)])
    export.state, export.file, export.ended_at = ExportState.READY, stored, at
    export.expires_at = at + limits.KEPT
    export.total = export.done = made.count
    export.left_out, export.agencies = made.left_out, made.scope
    export.save()

    note_accesses(actor=actor, at=at, purpose=AccessPurpose.EXPORT, looks=made.looks())
    event = ExportMade(export_id=export.pk, dossiers=made.count, size=stored.size, sha256=stored.sha256)
    ledger.record(actor=actor, at=at, event=event)
    if isinstance(begun.selection, RecordSelection):
        ledger.record(actor=actor, at=at, event=_taken(begun, begun.selection))


def _taken(begun: Begun, selection: RecordSelection) -> RecordsExported:
    """Return the entry that every export of records has, whichever way it was made."""
    return RecordsExported(
        export_id=begun.export_id,
        register=selection.register,
        format=begun.format,
        valid_on=date.fromisoformat(selection.valid),
        unit=selection.unit,
        narrowed_by=tuple(
            sorted({*selection.filters, *selection.spans, *(["text"] if selection.text else [])})
        ),
    )


@transaction.atomic
def fail_export(*, actor: Actor, at: datetime, begun: Begun, refusal: Refusal) -> None:
    """Give up for good, and say why in the officer's language. :raises Stopped: it was cancelled meanwhile"""
    export = _lock(begun)

    with translation.override(begun.language):
        export.sentence = refusal.sentence()
    export.state, export.problem, export.ended_at = ExportState.FAILED, refusal.code, at
    export.save(update_fields=["state", "problem", "sentence", "ended_at"])

    ledger.record(actor=actor, at=at, event=ExportFailed(export_id=export.pk, problem=refusal.code))


@transaction.atomic
def expire_exports(*, actor: Actor, at: datetime) -> int:
    """Delete files whose day is over; return how many."""
    lapsed = Export.objects.filter(state=ExportState.READY, expires_at__lte=at)
    found = list(lapsed.select_for_update(skip_locked=True).order_by("expires_at")[:LAPSED_AT_ONCE])
    for export in found:
        file_id, export.file, export.state = export.file_id, None, ExportState.EXPIRED
        export.save(update_fields=["file", "state"])
        if file_id is not None:
            files.delete(file_id)
    ledger.record_all(actor=actor, at=at, events=[ExportExpired(export_id=one.pk) for one in found])
    return len(found)


def _lock(begun: Begun) -> Export:
    running = Export.objects.filter(pk=begun.export_id, attempt=begun.attempt, state=ExportState.RUNNING)
    export = running.select_for_update().first()
    if export is None:
        raise Stopped
    return export
