"""What the jobs do with a file: check its rows, write them piece by piece, end, give up, forget the bytes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import translation

from tinhso.kernel import files, ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers.events import FileChecked, FileLoaded, FileStopped
from tinhso.registers.importing.rows import Counts, Line, Run, work
from tinhso.registers.models import ImportProblem, RegisterImport
from tinhso.registers.types import ImportState, RowProblem

KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 100


class Stopped(Exception):  # noqa: N818  (nobody is told: whoever stopped it knows)
    """The import was cancelled, or another run of the job has taken it up."""


@dataclass(frozen=True, slots=True)
class Begun:
    """
    One run of a job over a file.

    :param done: rows an earlier run has been through; ``put_off`` those of them that wait still
    """

    row: RegisterImport
    attempt: int
    done: int
    state: ImportState
    put_off: tuple[int, ...] = ()


@transaction.atomic
def begin_import(*, actor: Actor, import_id: UUID, state: ImportState) -> Begun | None:
    """
    Take the file up; checking begins anew, loading goes on. None when nothing is left to do.

    :raises NotAllowed: not the system itself
    """
    row = RegisterImport.objects.select_for_update(no_key=True).filter(pk=import_id, state=state).first()

    require_system(actor)

    if row is None or row.file_id is None:
        return None

    row.attempt += 1
    if state is ImportState.CHECKING:
        row.done = row.new = row.changed = row.same = row.wrong = row.doubtful = 0
        row.put_off = []
        row.problems.all().delete()
    row.save()
    return Begun(row, row.attempt, row.done, state, tuple(row.put_off))


@transaction.atomic
def work_piece(*, begun: Begun, run: Run, lines: list[Line], last: int) -> None:
    """
    Check or write some rows, keep what is wrong with them, and move on, all of it or nothing.

    :param last: the number of the last row, for the progress
    :raises Stopped: it was cancelled meanwhile, or another run works on it
    """
    before = replace(run.counts)
    counts = work(run, lines)
    keep_problems(begun.row.pk, run.take_problems())
    _move_on(begun, counts=counts - before, done=last, put_off=[number for number, _given in run.put_off])


@transaction.atomic
def end_check(*, actor: Actor, at: datetime, begun: Begun, rows: int) -> None:
    """Say that every row was checked. :raises Stopped: it was cancelled meanwhile"""
    row = _lock(begun)

    row.state, row.checked_at, row.total, row.done = ImportState.CHECKED, at, rows, rows
    row.save()

    ledger.record(actor=actor, at=at, event=FileChecked(import_id=row.pk, rows=rows, wrong=row.wrong))


@transaction.atomic
def end_load(*, actor: Actor, at: datetime, begun: Begun) -> None:
    """Say that every good row is written. :raises Stopped: it was cancelled meanwhile"""
    row = _lock(begun)

    row.state, row.ended_at, row.done = ImportState.DONE, at, row.total
    row.save()

    event = FileLoaded(import_id=row.pk, new=row.new, changed=row.changed, wrong=row.wrong)
    ledger.record(actor=actor, at=at, event=event)


@transaction.atomic
def fail_import(*, actor: Actor, at: datetime, begun: Begun, refusal: Refusal) -> None:
    """Break off, and say why to who started it. :raises Stopped: it was cancelled meanwhile"""
    row = _lock(begun)

    with translation.override(row.language):
        row.sentence = refusal.sentence()
    row.state, row.ended_at = ImportState.FAILED, at
    row.save()

    ledger.record(actor=actor, at=at, event=FileStopped(import_id=row.pk, problem=refusal.code))


@transaction.atomic
def forget_files(*, actor: Actor, at: datetime) -> int:
    """Delete files nobody needed for a month; the report stays. Return how many."""
    require_system(actor)

    old = RegisterImport.objects.filter(file__isnull=False, started_at__lte=at - KEPT)
    idle = old.exclude(state__in=[ImportState.CHECKING, ImportState.LOADING])
    found = list(idle.select_for_update(skip_locked=True, no_key=True)[:FORGOTTEN_AT_ONCE])
    for row in found:
        file_id, row.file = row.file_id, None
        row.save(update_fields=["file"])
        if file_id is not None:
            files.delete(file_id)
    return len(found)


def keep_problems(import_id: UUID, problems: Iterable[RowProblem]) -> None:
    """Keep what is wrong with rows for who started the import."""
    ImportProblem.objects.bulk_create(
        ImportProblem(
            import_of_id=import_id,
            row=one.row,
            field=one.field[:80],
            sentence=one.sentence,
            left_out=one.left_out,
            of_file=one.of_file,
        )
        for one in problems
    )


def _move_on(begun: Begun, *, counts: Counts, done: int, put_off: list[int]) -> None:
    rows = RegisterImport.objects.filter(pk=begun.row.pk, attempt=begun.attempt, state=begun.state)
    moved = rows.update(
        done=done,
        put_off=put_off,
        new=F("new") + counts.new,
        changed=F("changed") + counts.changed,
        same=F("same") + counts.same,
        wrong=F("wrong") + counts.wrong,
        doubtful=F("doubtful") + counts.doubtful,
    )
    if not moved:
        raise Stopped


def _lock(begun: Begun) -> RegisterImport:
    rows = RegisterImport.objects.select_for_update(no_key=True)
    row = rows.filter(pk=begun.row.pk, attempt=begun.attempt, state=begun.state).first()
    if row is None:
        raise Stopped
    return row
