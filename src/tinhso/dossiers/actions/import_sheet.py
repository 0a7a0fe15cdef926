"""A spreadsheet of filings: take it in, say what its columns hold, confirm what was checked, stop it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import jobs
from tinhso.dossiers.desk_events import ImportCancelled, ImportConfirmed, SheetMapped, SheetReceived
from tinhso.dossiers.importing import limits, targets
from tinhso.dossiers.importing.archive import require_sound
from tinhso.dossiers.importing.reading import headings_of
from tinhso.dossiers.models import ColumnMemory, Import
from tinhso.dossiers.models.importing import ImportState
from tinhso.kernel import files, ledger
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.text import fold
from tinhso.papers.inspecting import inspect, safe_name
from tinhso.papers.rules import rules
from tinhso.people import policies
from tinhso.people import queries as people
from tinhso.people.types import Actor

SHEET_TYPE = "application/octet-stream"
MAPPABLE = (ImportState.MAPPING, ImportState.CHECKED, ImportState.FAILED)
LOADABLE = (ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED)
ENDED = (ImportState.DONE, ImportState.CANCELLED)


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """One file that is handed in with every row."""

    name: str
    content: BinaryIO


@transaction.atomic
def receive_sheet(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    procedure_code: str,
    unit_code: str,
    file_name: str,
    content: BinaryIO,
    language: str = "vi",
) -> UUID:
    """
    Keep the sheet and read its headings; nothing is filed. Return the import's id.

    :param unit_code: the commune whose agency decides
    :raises NotAllowed: the actor is no one-stop officer of the agency
    :raises ProcedureMissing, AgencyMissing, NotImportable: nothing can be filed from rows
    :raises SheetUnreadable, SheetEmpty, SheetTooLong: it is no sheet of rows
    """
    policies.require_counter(actor, agency_id=agency_id)

    procedure = catalogue.current(procedure_code).procedure
    if not targets.is_importable(procedure):
        raise limits.NotImportable
    people.competent_agency(procedure.agency, unit_code)
    headings = headings_of(content)

    content.seek(0)
    stored = files.store(content=content, media_type=SHEET_TYPE)
    sheet = Import.objects.create(
        account_id=actor.signed_in_as,
        agency_id=agency_id,
        procedure_code=procedure.code,
        unit_code=unit_code,
        file=stored,
        file_name=file_name[:255],
        headings=list(headings),
        columns=targets.guessed(
            headings, targets.targets_of(procedure, "vi"), _remembered(agency_id, procedure.code)
        ),
        language=language,
        uploaded_at=at,
    )

    event = SheetReceived(
        import_id=sheet.pk, procedure=procedure.code, agency_id=agency_id, sha256=stored.sha256
    )
    ledger.record(actor=actor, at=at, event=event)
    return sheet.pk


@transaction.atomic
def check_sheet(
    *,
    actor: Actor,
    at: datetime,
    import_id: UUID,
    columns: Mapping[str, str],
    declared: bool,
    papers: Mapping[str, SheetPaper],
    archive: SheetPaper | None = None,
) -> None:
    """
    Say what the columns hold, remember it for the next sheet, and have every row checked.

    :param columns: place of a column → target; columns left out are not read
    :param papers: id of a paper of the procedure → the file for all rows; those given before stay
    :param archive: the ZIP with the files that rows name; one given before stays
    :raises NotFound: absent, or of another agency's counter
    :raises NotNow: it is being worked on, or has been loaded
    :raises ColumnsMissing, ColumnTwice, DeclarationMissing, SheetPaperMissing: as they say
    :raises ArchiveMissing, ArchiveUnreadable, ArchiveTooLarge: of the ZIP
    :raises Refusal: whatever ``papers`` finds wrong with a file
    """
    sheet = lock_sheet(actor=actor, import_id=import_id)

    policies.require_counter(actor, agency_id=sheet.agency_id)

    if sheet.state not in MAPPABLE or sheet.confirmed_at is not None or sheet.file_id is None:
        raise limits.NotNow
    procedure = catalogue.current(sheet.procedure_code).procedure
    chosen = _sound_columns(procedure, sheet, columns)
    if targets.declares(procedure) and not declared:
        raise limits.DeclarationMissing
    kept = {**sheet.papers, **{part: _kept(paper) for part, paper in papers.items()}}
    if archive is not None:
        kept[targets.ARCHIVE] = _kept_archive(archive)
    _require_papers(procedure, kept, chosen)

    sheet.columns, sheet.declared, sheet.papers = chosen, declared, kept
    sheet.state, sheet.sentence = ImportState.CHECKING, ""
    sheet.done = sheet.total = sheet.sound = 0
    sheet.account_id = actor.signed_in_as
    sheet.save()
    _remember(sheet)
    defer(jobs.check_import, import_id=str(sheet.pk))

    ledger.record(actor=actor, at=at, event=SheetMapped(import_id=sheet.pk, columns=len(chosen)))


@transaction.atomic
def confirm_import(*, actor: Actor, at: datetime, import_id: UUID) -> None:
    """
    Have the sound rows filed in the actor's name; what was stopped or broke off goes on where it was.

    :raises NotFound: absent, or of another agency's counter
    :raises NotNow: it was not checked, or is being loaded
    """
    sheet = lock_sheet(actor=actor, import_id=import_id)

    policies.require_counter(actor, agency_id=sheet.agency_id)

    if sheet.state not in LOADABLE or sheet.checked_at is None or sheet.file_id is None or not sheet.sound:
        raise limits.NotNow

    sheet.state, sheet.sentence, sheet.done = ImportState.LOADING, "", 0
    sheet.confirmed_at, sheet.ended_at = at, None
    sheet.account_id = actor.signed_in_as
    sheet.save()
    defer(jobs.load_import, import_id=str(sheet.pk))

    ledger.record(actor=actor, at=at, event=ImportConfirmed(import_id=sheet.pk, rows=sheet.sound))


@transaction.atomic
def cancel_import(*, actor: Actor, at: datetime, import_id: UUID) -> None:
    """
    Stop it; what was filed before stays filed. Stopping what has ended changes nothing.

    :raises NotFound: absent, or of another agency's counter
    """
    sheet = lock_sheet(actor=actor, import_id=import_id)

    policies.require_counter(actor, agency_id=sheet.agency_id)

    if sheet.state in ENDED:
        return

    sheet.state, sheet.ended_at = ImportState.CANCELLED, at
    sheet.save(update_fields=["state", "ended_at"])

    ledger.record(actor=actor, at=at, event=ImportCancelled(import_id=sheet.pk))


def lock_sheet(*, actor: Actor, import_id: UUID) -> Import:
    """:raises NotFound: absent, or of another agency's counter"""
    sheet = Import.objects.visible_to(actor).select_for_update().filter(pk=import_id).first()
    if sheet is None:
        raise NotFound
    return sheet


def _sound_columns(procedure: Procedure, sheet: Import, columns: Mapping[str, str]) -> dict[str, str]:
    """:raises ColumnsMissing, ColumnTwice: as they say"""
    known = {target.id: target for target in targets.targets_of(procedure, sheet.language)}
    places = {str(place) for place in range(len(sheet.headings))}
    chosen = {place: held for place, held in columns.items() if place in places and held in known}
    for held in chosen.values():
        if list(chosen.values()).count(held) > 1:
            raise limits.ColumnTwice(target=known[held].label)
    lacking = [one.label for one in known.values() if one.needed and one.id not in chosen.values()]
    if lacking:
        raise limits.ColumnsMissing(missing="; ".join(lacking))
    return chosen


def _kept(paper: SheetPaper) -> dict[str, str]:
    """Keep a file that goes with every row; each row's own copy is looked at again when it is filed."""
    found = inspect(paper.content, name=paper.name, rules=rules().upload)
    paper.content.seek(0)
    stored = files.store(content=paper.content, media_type=found.media_type)
    return {"file": str(stored.pk), "name": safe_name(paper.name, found.media_type)}


def _kept_archive(archive: SheetPaper) -> dict[str, str]:
    """Keep the ZIP. :raises ArchiveUnreadable, ArchiveTooLarge: as they say"""
    require_sound(archive.content)
    stored = files.store(content=archive.content, media_type=SHEET_TYPE)
    return {"file": str(stored.pk), "name": archive.name[:255]}


def _require_papers(procedure: Procedure, kept: Mapping[str, object], columns: Mapping[str, str]) -> None:
    """
    :raises SheetPaperMissing: one that no form of the procedure goes without, and no column names files of
    :raises ArchiveMissing: columns name files that did not come
    """
    named = {target.removeprefix(targets.FILE) for target in columns.values() if targets.FILE in target}
    if named and targets.ARCHIVE not in kept:
        raise limits.ArchiveMissing
    for paper in procedure.papers:
        is_given = paper.id in kept or paper.id in named
        if not paper.optional and paper.required == "true" and not is_given:
            raise limits.SheetPaperMissing(paper=paper.name.vi)


def _remembered(agency_id: UUID, procedure_code: str) -> dict[str, str]:
    rows = ColumnMemory.objects.filter(agency_id=agency_id, procedure_code=procedure_code)
    return dict(rows.values_list("heading", "target"))


def _remember(sheet: Import) -> None:
    """Keep what each heading holds, and that some hold nothing."""
    rows = {
        fold(heading)[:200]: sheet.columns.get(str(place), "-")
        for place, heading in enumerate(sheet.headings)
        if heading
    }
    ColumnMemory.objects.bulk_create(
        [
            ColumnMemory(
                agency_id=sheet.agency_id,
                procedure_code=sheet.procedure_code,
                heading=heading,
                target=target,
            )
            for heading, target in rows.items()
        ],
        update_conflicts=True,
        unique_fields=["agency", "procedure_code", "heading"],
        update_fields=["target"],
    )
