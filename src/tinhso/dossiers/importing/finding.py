"""Imports as the counter's officers see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from tinhso.dossiers.importing import reading
from tinhso.dossiers.importing.targets import ARCHIVE
from tinhso.dossiers.models import Import, ImportFault
from tinhso.dossiers.models.importing import ImportState
from tinhso.kernel import files
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor

SHOWN = 30
FIRST_ROWS = 3


@dataclass(frozen=True, slots=True)
class ImportView:
    """
    :param faulty: rows something is wrong with, as checked
    :param missed: sound rows that could not be filed after all
    :param archive: name of the ZIP beside the sheet; empty for none
    :param has_file: the sheet is still kept
    """

    id: UUID
    procedure_code: str
    unit_code: str
    agency_id: UUID
    file_name: str
    headings: tuple[str, ...]
    columns: dict[str, str]
    papers: dict[str, str]
    archive: str
    declared: bool
    state: ImportState
    total: int
    done: int
    sound: int
    faulty: int
    filed: int
    repeated: int
    missed: int
    sentence: str
    uploaded_at: datetime
    is_checked: bool
    is_confirmed: bool
    has_file: bool

    @property
    def is_under_way(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.LOADING)

    @property
    def percent(self) -> int | None:
        return self.done * 100 // self.total if self.state == ImportState.LOADING and self.total else None


def imports_of(actor: Actor) -> tuple[ImportView, ...]:
    """Return the newest imports of the actor's counters."""
    rows = Import.objects.visible_to(actor).order_by("-uploaded_at", "-pk")
    return tuple(_view(row, faulty=0, missed=0) for row in rows[:SHOWN])


def access_import(*, actor: Actor, import_id: UUID) -> ImportView:
    """:raises NotFound: absent, or of another agency's counter"""
    row = _row(actor, import_id)
    lines = ImportFault.objects.filter(sheet=row).values_list("line", flat=True)
    faulty = lines.filter(while_loading=False).distinct().count()
    missed = lines.filter(while_loading=True).distinct().count()
    return _view(row, faulty=faulty, missed=missed)


def faults_of(*, actor: Actor, import_id: UUID) -> Iterator[ImportFault]:
    """Yield everything that is wrong, line by line. :raises NotFound: see :func:`access_import`"""
    row = _row(actor, import_id)
    return ImportFault.objects.filter(sheet=row).order_by("line", "id").iterator(chunk_size=2000)


def first_rows(*, actor: Actor, import_id: UUID) -> tuple[reading.Cells, ...]:
    """Return some rows under the headings, to look at. :raises NotFound: absent, or the sheet is not kept"""
    row = _row(actor, import_id)
    if row.file_id is None:
        raise NotFound
    content: BinaryIO
    with files.open_file(row.file_id) as content:
        return tuple(cells for _line, cells in islice(reading.lines(content), 1, 1 + FIRST_ROWS))


def _row(actor: Actor, import_id: UUID) -> Import:
    row = Import.objects.visible_to(actor).filter(pk=import_id).first()
    if row is None:
        raise NotFound
    return row


def _view(row: Import, *, faulty: int, missed: int) -> ImportView:
    return ImportView(
        id=row.pk,
        procedure_code=row.procedure_code,
        unit_code=row.unit_code,
        agency_id=row.agency_id,
        file_name=row.file_name,
        headings=tuple(row.headings),
        columns=row.columns,
        papers={part: kept["name"] for part, kept in row.papers.items() if part != ARCHIVE},
        archive=row.papers.get(ARCHIVE, {}).get("name", ""),
        declared=row.declared,
        state=ImportState(row.state),
        total=row.total,
        done=row.done,
        sound=row.sound,
        faulty=faulty,
        filed=row.filed,
        repeated=row.repeated,
        missed=missed,
        sentence=row.sentence,
        uploaded_at=row.uploaded_at,
        is_checked=row.checked_at is not None,
        is_confirmed=row.confirmed_at is not None,
        has_file=row.file_id is not None,
    )
