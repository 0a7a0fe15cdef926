"""Write the file of one export, from the rights the officer has at that moment."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast
from uuid import UUID
from zipfile import ZipFile

from django.db.models import QuerySet
from django.utils import translation

from tinhso.dossiers import selecting
from tinhso.dossiers.exporting import columns, limits
from tinhso.dossiers.exporting.papers_archive import ZIP_TYPE, Archive
from tinhso.dossiers.exporting.writers import CSV_TYPE, XLSX_TYPE, csv_into, rows_into
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.exports import Export
from tinhso.dossiers.selecting import Selection
from tinhso.people.types import Actor

TYPES = {Export.Format.CSV: CSV_TYPE, Export.Format.XLSX: XLSX_TYPE, Export.Format.ZIP: ZIP_TYPE}
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
    made: Made, *, actor: Actor, at: datetime, format_: str, selection: Selection, language: str, tell: Tell
) -> None:
    """
    Write the file.

    :param actor: the officer, as they are now
    :param tell: called with how many dossiers are written, and may raise to stop
    :raises NothingToExport: the officer sees no dossier any more
    :raises TooManyPapers, ArchiveTooLarge: the archive would be too big
    """
    limits.require_exporter(actor)
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
    made.content.flush()
    made.content.seek(0)


def require_size(*, format_: str, count: int) -> None:
    """:raises TooManyRows, TooManyPapers: the file would be too big"""
    if format_ == Export.Format.ZIP and count > limits.MOST_PAPERS_OF:
        raise limits.TooManyPapers(count=count, most=limits.MOST_PAPERS_OF)
    if count > limits.MOST_ROWS:
        raise limits.TooManyRows(count=count, most=limits.MOST_ROWS)


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
