"""Write the file of one export, from the rights the officer has at that moment."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast
from uuid import UUID
from zipfile import ZipFile

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.dossiers import selecting
from tinhso.dossiers.exporting import columns, limits, record_rows
from tinhso.dossiers.exporting.papers_archive import ZIP_TYPE, Archive
from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.exporting.writers import CSV_TYPE, XLSX_TYPE, csv_into, rows_into
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.exports import Export
from tinhso.dossiers.selecting import Selection
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers import policies
from tinhso.registers import queries as records
from tinhso.registers.types import RecordView

TYPES = {
    Export.Format.CSV: CSV_TYPE,
    Export.Format.XLSX: XLSX_TYPE,
    Export.Format.ZIP: ZIP_TYPE,
    Export.Format.GEOJSON: "application/geo+json",
}
TELL_EVERY = 1000
INDEX = "danh-sach.csv"

Tell = Callable[[int], None]


@dataclass
class Made:
    """
    What was written so far.

    :param content: the file; it has no name, so that it is gone when the process is
    :param seen: one line for each person and dossier in it
    """

    content: BinaryIO
    seen: IO[str]
    count: int = 0
    left_out: int = 0
    scope: list[str] = field(default_factory=list)

    def looks(self) -> Iterator[tuple[UUID, UUID, str]]:
        """Yield whose data is in the file: person, dossier, code."""
        self.seen.seek(0)
        for person, dossier, code in csv.reader(self.seen):
            yield UUID(person), UUID(dossier), code


@contextmanager
def room_for_it() -> Iterator[Made]:
    """Give two nameless files on disk, and forget them."""
    with TemporaryFile() as content, TemporaryFile("w+", encoding="utf-8", newline="") as seen:
        yield Made(cast(BinaryIO, content), seen)


def make(
    made: Made,
    *,
    actor: Actor,
    at: datetime,
    format_: str,
    selection: Selection | RecordSelection,
    language: str,
    tell: Tell,
) -> None:
    """
    Write the file.

    :param actor: the officer, as they are now
    :param tell: called with how many dossiers or records are written, and may raise to stop
    :raises NothingToExport, NotListed: the officer sees no dossier, or no record, any more
    :raises TooManyPapers, ArchiveTooLarge: the archive would be too big
    """
    limits.require_right(actor, selection)
    if isinstance(selection, RecordSelection):
        made.scope = selection.scope(actor)
        with translation.override(language):
            _records(made, selection, actor=actor, format_=format_, language=language, tell=tell)
        _rewind(made)
        return
    made.scope = limits.scope_of(actor)
    rows = selecting.selected(actor=actor, at=at, selection=selection)
    with translation.override(language):
        if format_ == Export.Format.ZIP:
            _archive(made, rows, actor=actor, at=at, language=language, tell=tell)
        else:
            with rows_into(format_, made.content) as target:
                target.write(columns.headings())
                for one in _noted(made, rows, at=at, language=language, tell=tell):
                    target.write(one.cells)
    _rewind(made)


def _rewind(made: Made) -> None:
    made.content.flush()
    made.content.seek(0)


def count_of(*, actor: Actor, at: datetime, selection: Selection | RecordSelection) -> int:
    """Return how many dossiers or records the file would hold."""
    if isinstance(selection, RecordSelection):
        return records.count_records(actor=actor, **selection.question())
    return selecting.selected(actor=actor, at=at, selection=selection).order_by().count()


def require_size(*, format_: str, count: int, selection: Selection | RecordSelection) -> None:
    """:raises TooManyRows, TooManyRecords, TooManyPapers: the file would be too big"""
    if isinstance(selection, RecordSelection):
        if count > limits.MOST_RECORDS:
            raise limits.TooManyRecords(count=count, most=limits.MOST_RECORDS)
        return
    if format_ == Export.Format.ZIP and count > limits.MOST_PAPERS_OF:
        raise limits.TooManyPapers(count=count, most=limits.MOST_PAPERS_OF)
    if count > limits.MOST_ROWS:
        raise limits.TooManyRows(count=count, most=limits.MOST_ROWS)


def _records(
    made: Made, selection: RecordSelection, *, actor: Actor, format_: str, language: str, tell: Tell
) -> None:
    definition = selection.definition
    seen = policies.fields_seen(actor=actor, definition=definition)
    found = records.each_record(actor=actor, **selection.question())
    noted = _noted_records(made, found, definition, tell=tell)
    if format_ == Export.Format.GEOJSON:
        for part in record_rows.geojson(seen, noted):
            made.content.write(part.encode())
        return
    with rows_into(format_, made.content, name=_("Bản ghi")) as target:
        for cells in record_rows.rows(definition, seen, noted, language):
            target.write(cells)


def _noted_records(
    made: Made, found: Iterator[RecordView], definition: RegisterDefinition, *, tell: Tell
) -> Iterator[RecordView]:
    """Yield the records; whom they are about is written down, so many persons at a time."""
    lines, waiting = csv.writer(made.seen), list[tuple[str, UUID]]()
    for view in found:
        yield view
        made.count += 1
        waiting += ((str(view.values[one]), view.id) for one in definition.subjects if one in view.values)
        if made.count % TELL_EVERY == 0:
            _write_down(lines, waiting, definition)
            waiting = []
            tell(made.count)
    _write_down(lines, waiting, definition)


def _write_down(lines: Any, waiting: list[tuple[str, UUID]], definition: RegisterDefinition) -> None:
    known = people.persons_numbered(number for number, _record_id in waiting) if waiting else {}
    for number, record_id in waiting:
        if number in known:
            lines.writerow((known[number], record_id, definition.name.vi))


def _noted(
    made: Made, rows: QuerySet[Dossier], *, at: datetime, language: str, tell: Tell
) -> Iterator[columns.Listed]:
    seen = csv.writer(made.seen)
    for one in columns.listed(rows, at=at, language=language):
        yield one
        seen.writerow((one.person_id, one.dossier_id, one.code))
        made.count += 1
        if made.count % TELL_EVERY == 0:
            tell(made.count)


def _archive(
    made: Made, rows: QuerySet[Dossier], *, actor: Actor, at: datetime, language: str, tell: Tell
) -> None:
    with ZipFile(made.content, "w", allowZip64=True) as target:
        archive = Archive(target, actor)
        with TemporaryFile() as index:
            with csv_into(cast(BinaryIO, index)) as lines:
                lines.write(columns.headings())
                for one in _noted(made, rows, at=at, language=language, tell=tell):
                    lines.write(one.cells)
                    archive.add(code=one.code, parts=_parts(one.dossier_id))
                    tell(made.count)
            index.seek(0)
            _copy(cast(BinaryIO, index), target, name=INDEX)
        made.left_out = archive.left_out


def _parts(dossier_id: UUID) -> dict[str, list[str]]:
    """Return the papers of a dossier the officer was just shown."""
    parts: dict[str, list[str]] = Dossier.objects.values_list("papers", flat=True).get(pk=dossier_id)
    return parts


def _copy(source: BinaryIO, target: ZipFile, *, name: str) -> None:
    with target.open(name, "w") as entry:
        while chunk := source.read(io.DEFAULT_BUFFER_SIZE):
            entry.write(chunk)
