"""One run of a job over a sheet: row by row, each on its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.dossiers.actions.file_rows import NotTogether, file_rows, go_together
from tinhso.dossiers.actions.work_import import (
    Begun,
    Stopped,
    begin_import,
    end_check,
    end_load,
    fail_import,
    faults_of,
    file_row,
    tell_progress,
)
from tinhso.dossiers.importing import reading, rows
from tinhso.dossiers.importing.archive import Archive, opened
from tinhso.dossiers.importing.limits import SheetUnreadable
from tinhso.dossiers.models import ImportedRow, ImportFault
from tinhso.dossiers.models.importing import ImportState
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.kernel import files
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.queries import AgencyMissing
from tinhso.people.types import Actor

BATCH = 500
# So many rows hold the counter's number series, and other filings at it, for less than a second.
TOGETHER = 50
TELL_LOADED = 20
Now = Callable[[], datetime]
Line = tuple[int, dict[str, str]]


@dataclass
class Checked:
    """What the checking has counted; ``keys`` are those of the rows so far, 16 bytes each."""

    total: int = 0
    sound: int = 0
    repeated: int = 0
    keys: set[bytes] = field(default_factory=set)


def check(*, system: Actor, import_id: UUID, now: Now) -> None:
    """Check every row and keep what is wrong; nothing is filed. Run again, it begins anew."""
    with _taken_up(system=system, import_id=import_id, state=ImportState.CHECKING, now=now) as begun:
        if begun is not None:
            _check(begun, now=now)


def load(*, system: Actor, import_id: UUID, now: Now) -> None:
    """File the sound rows, each in a transaction of its own. Run again, it passes over what is filed."""
    with _taken_up(system=system, import_id=import_id, state=ImportState.LOADING, now=now) as begun:
        if begun is not None:
            _load(begun, now=now)


@contextmanager
def _taken_up(*, system: Actor, import_id: UUID, state: ImportState, now: Now) -> Iterator[Begun | None]:
    """Take the sheet up; a refusal that is not a row's ends the run and is told, a stop is nobody's news."""
    begun = begin_import(import_id=import_id, state=state)
    try:
        with translation.override(begun.language if begun else "vi"):
            yield begun
    except Stopped:
        return
    except Refusal as refusal:
        if begun is None:
            raise
        fail_import(actor=system, at=now(), begun=begun, state=state, refusal=refusal)


def _check(begun: Begun, *, now: Now) -> None:
    at, found = now(), Checked()
    with opened(begun.archive_id) as archive:
        for batch in _batches(begun):
            known = _filed_before(begun, batch)
            wrong: list[ImportFault] = []
            for line, row in batch:
                wrong += _check_row(begun, found, archive, line=line, row=row, known=known, at=at)
            ImportFault.objects.bulk_create(wrong)
            counted = {"done": found.total, "total": found.total, "sound": found.sound}
            tell_progress(begun=begun, state=ImportState.CHECKING, **counted)
    officer = people.actor_of(begun.account_id, at=now())
    end_check(
        actor=officer,
        at=now(),
        begun=begun,
        total=found.total,
        sound=found.sound,
        repeated=found.repeated,
    )


def _check_row(
    begun: Begun,
    found: Checked,
    archive: Archive | None,
    *,
    line: int,
    row: dict[str, str],
    known: set[str],
    at: datetime,
) -> list[ImportFault]:
    found.total += 1
    key = begun.plan.key(row)
    short = bytes.fromhex(key[:32])
    if short in found.keys:
        sentence = _("Dòng này giống hệt một dòng ở trên; chỉ dòng trên được nạp.")
        return [ImportFault(sheet_id=begun.import_id, line=line, sentence=sentence)]
    found.keys.add(short)
    if key in known:
        found.repeated += 1
        return []
    read = rows.read(begun.plan, row, at=at, archive=archive)
    found.sound += not read.faults
    return faults_of(begun, line=line, read=read)


def _load(begun: Begun, *, now: Now) -> None:
    done, repeated, wrong = 0, 0, _wrong_lines(begun)
    officer = people.actor_of(begun.account_id, at=now())
    at_once = TOGETHER if go_together(begun) else 1
    with opened(begun.archive_id) as archive:
        for batch in _batches(begun, at_once):
            officer = people.actor_of(begun.account_id, at=now())
            sound = [(line, row) for line, row in batch if line not in wrong]
            known = _filed_before(begun, sound)
            new = [(line, row) for line, row in sound if begun.plan.key(row) not in known]
            repeated += len(sound) - len(new) + _load_rows(begun, officer, new, at=now(), archive=archive)
            done += len(batch)
            if done // TELL_LOADED > (done - len(batch)) // TELL_LOADED:
                tell_progress(begun=begun, state=ImportState.LOADING, done=done)
    end_load(actor=officer, at=now(), begun=begun, repeated=repeated)


def _load_rows(
    begun: Begun, officer: Actor, lines: list[Line], *, at: datetime, archive: Archive | None
) -> int:
    """
    File rows; when one of them cannot go with the others, the half it is in is filed apart, and so on.

    :return: how many turned out to be filed before
    :raises NotAllowed: the officer may file nothing at this counter any more
    """
    if len(lines) > 1:
        try:
            file_rows(actor=officer, at=at, begun=begun, lines=lines)
        except (NotTogether, IntegrityError, Refusal):
            half = len(lines) // 2
            first = _load_rows(begun, officer, lines[:half], at=at, archive=archive)
            return first + _load_rows(begun, officer, lines[half:], at=at, archive=archive)
        return 0
    return sum(not _load_row(begun, officer, archive, line=line, row=row, at=at) for line, row in lines)


def _load_row(
    begun: Begun, officer: Actor, archive: Archive | None, *, line: int, row: dict[str, str], at: datetime
) -> bool:
    """
    File one row, or say why not; return False when it was filed before.

    :raises NotAllowed: the officer may file nothing at this counter any more
    """
    try:
        filed = file_row(actor=officer, at=at, begun=begun, line=line, row=row, archive=archive)
    except (NotAllowed, AgencyMissing, SheetUnreadable):
        raise
    except FormIncomplete as refusal:
        faults = [begun.plan.fault_of(one, row) for one in refusal.errors]
        wrong = [(one.heading, one.sentence) for one in faults]
    except NotFound:
        raise
    except Refusal as refusal:
        wrong = [("", refusal.sentence())]
    else:
        return filed is not None
    ImportFault.objects.bulk_create(
        ImportFault(
            sheet_id=begun.import_id, line=line, heading=heading[:200], sentence=sentence, while_loading=True
        )
        for heading, sentence in wrong
    )
    return True


def _wrong_lines(begun: Begun) -> set[int]:
    """Return the lines that were found wrong: of a sheet they are a few thousand numbers at most."""
    faults = ImportFault.objects.filter(sheet_id=begun.import_id, while_loading=False)
    return set(faults.values_list("line", flat=True))


def _filed_before(begun: Begun, batch: list[Line]) -> set[str]:
    keys = [begun.plan.key(row) for _line, row in batch]
    return set(ImportedRow.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _batches(begun: Begun, size: int = BATCH) -> Iterator[list[Line]]:
    """Yield the rows under the headings, so many at a time."""
    with files.open_file(begun.file_id) as content:
        batch: list[Line] = []
        for line in _rows(begun, reading.lines(content)):
            batch.append(line)
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch


def _rows(begun: Begun, lines: Iterator[tuple[int, reading.Cells]]) -> Iterator[Line]:
    """Yield each row with the number of its first line; lines that only have further entries go with it."""
    first, together = 0, list[dict[str, str]]()
    for line, cells in list_after_headings(lines):
        row = begun.plan.row(cells)
        if together and begun.plan.goes_on(row):
            together.append(row)
            continue
        if together:
            yield first, begun.plan.joined(together)
        first, together = line, [row]
    if together:
        yield first, begun.plan.joined(together)


def list_after_headings(lines: Iterator[tuple[int, reading.Cells]]) -> Iterator[tuple[int, reading.Cells]]:
    """Yield the lines under the first."""
    next(lines, None)
    yield from lines
