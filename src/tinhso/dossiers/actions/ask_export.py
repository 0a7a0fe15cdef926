"""Ask for a list, or its papers, as a file; stop it; take it away."""

import hashlib
import json
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import jobs
from tinhso.dossiers.desk_events import ExportAsked, ExportCancelled, ExportFetched
from tinhso.dossiers.exporting import limits
from tinhso.dossiers.exporting.making import count_of, require_size
from tinhso.dossiers.exporting.record_selection import RecordSelection, selection_of
from tinhso.dossiers.models import Export
from tinhso.dossiers.models.exports import UNDER_WAY, ExportState
from tinhso.dossiers.selecting import Selection
from tinhso.kernel import files, ledger, locks
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor


@transaction.atomic
def ask_export(
    *,
    actor: Actor,
    at: datetime,
    format_: str,
    selection: Selection | RecordSelection,
    language: str = "vi",
) -> UUID:
    """
    Have the dossiers, or the records, of the selection written out later; return the export's id.

    The same list asked for again while it is under way is the same export.

    :param format_: one of ``Export.Format``
    :raises NothingToExport, NotListed: the actor is no officer who sees dossiers, or lists the register
    :raises TooManyExports: as many of theirs are under way as one may have
    :raises TooManyRows, TooManyRecords, TooManyPapers: the file would be too big
    :raises FieldNotAskable: the records are narrowed by what the actor does not see
    """
    locks.hold(f"dossiers.exports:{actor.account_id}")

    limits.require_right(actor, selection)

    said = selection.as_json()
    under_way = Export.objects.visible_to(actor).filter(state__in=UNDER_WAY)
    asked = _key(said)
    if (same := under_way.filter(format=format_, selection_key=asked).first()) is not None:
        return same.pk
    if under_way.count() >= limits.MOST_UNDER_WAY:
        raise limits.TooManyExports(most=limits.MOST_UNDER_WAY)
    total = count_of(actor=actor, at=at, selection=selection)
    require_size(format_=format_, count=total, selection=selection)

    export = Export.objects.create(
        account_id=actor.signed_in_as,
        format=format_,
        selection=said,
        selection_key=asked,
        language=language,
        total=total,
        asked_at=at,
    )
    defer(jobs.make_export, export_id=str(export.pk))

    # What was searched for may be a name: it stays with the export and out of the ledger.
    kept = _told(selection)
    ledger.record(actor=actor, at=at, event=ExportAsked(export_id=export.pk, format=format_, selection=kept))
    return export.pk


@transaction.atomic
def cancel_export(*, actor: Actor, at: datetime, export_id: UUID) -> None:
    """
    Stop it; what was written so far is thrown away. Stopping what has ended changes nothing.

    :raises NotFound: absent, or another officer's
    """
    export = _lock(actor, export_id)

    if export.state not in UNDER_WAY:
        return

    export.state, export.ended_at = ExportState.CANCELLED, at
    export.save(update_fields=["state", "ended_at"])

    ledger.record(actor=actor, at=at, event=ExportCancelled(export_id=export.pk))


@transaction.atomic
def fetch_export(*, actor: Actor, at: datetime, export_id: UUID) -> BinaryIO:
    """
    Return the bytes; close the stream.

    :raises NotFound: absent, or another officer's
    :raises ExportNotReady: it is not written, was stopped, or its day is over
    :raises ScopeChanged: the officer may not see any more all that is in it
    """
    export = _lock(actor, export_id)

    selection = selection_of(export.selection)
    limits.require_right(actor, selection)
    limits.require_scope(actor, selection, export.agencies)

    if export.state != ExportState.READY or export.file_id is None or not _is_kept(export, at):
        raise limits.ExportNotReady

    ledger.record(actor=actor, at=at, event=ExportFetched(export_id=export.pk))
    return files.open_file(export.file_id)


def _told(selection: Selection | RecordSelection) -> dict[str, object]:
    if isinstance(selection, RecordSelection):
        return selection.told()
    return {name: value for name, value in selection.as_json().items() if name != "words"}


def _lock(actor: Actor, export_id: UUID) -> Export:
    export = Export.objects.visible_to(actor).select_for_update().filter(pk=export_id).first()
    if export is None:
        raise NotFound
    return export


def _is_kept(export: Export, at: datetime) -> bool:
    return export.expires_at is not None and at < export.expires_at


def _key(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
