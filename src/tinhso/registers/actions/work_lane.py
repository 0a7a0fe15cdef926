"""
What the job of one lane does: rows of a long file, loaded beside the others of the same file.

Each piece is a transaction that also moves the lane and the whole import on; who ends last ends the import.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tinhso.kernel import ledger
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers.actions.work_import import Begun, Stopped, keep_problems
from tinhso.registers.events import FileLoaded
from tinhso.registers.importing.rows import Line, Run, work
from tinhso.registers.models import ImportLane, RegisterImport
from tinhso.registers.types import ImportState


@dataclass(frozen=True, slots=True)
class Lane:
    """
    One run of a job over a lane.

    :param begun: the whole import, and the last row an earlier run of the lane has been through
    :param told: see ``importing.run.Run``
    """

    begun: Begun
    number: int
    attempt: int
    last: int
    told: dict[int, bool]


@transaction.atomic
def begin_lane(*, actor: Actor, import_id: UUID, number: int) -> Lane | None:
    """
    Take the lane up behind what an earlier run of it has done. None when nothing is left to do.

    :raises NotAllowed: not the system itself
    """
    lane = (
        ImportLane.objects.select_for_update(no_key=True).filter(import_of=import_id, number=number).first()
    )
    row = RegisterImport.objects.filter(pk=import_id, state=ImportState.LOADING).first()

    require_system(actor)

    if lane is None or row is None or row.file_id is None:
        return None

    lane.attempt += 1
    lane.save(update_fields=["attempt"])
    known = row.problems.filter(of_file=True, row__gt=lane.done, row__lte=lane.last)
    begun = Begun(row, row.attempt, lane.done, ImportState.LOADING)
    return Lane(begun, number, lane.attempt, lane.last, dict(known.values_list("row", "left_out")))


@transaction.atomic
def work_lane(*, lane: Lane, run: Run, lines: list[Line], last: int) -> None:
    """
    Write some rows, keep what is wrong with them, and move on, all of it or nothing.

    :param last: the number of the last row
    :raises Stopped: the import was cancelled meanwhile, or another run works on the lane
    :raises IntegrityError: another lane, or an import of another file, wrote one of the keys in the meantime;
        who tries again finds it
    """
    before = replace(run.counts)
    counts = work(run, lines) - before
    keep_problems(lane.begun.row.pk, run.take_problems())
    mine = ImportLane.objects.filter(import_of=lane.begun.row.pk, number=lane.number, attempt=lane.attempt)
    whole = RegisterImport.objects.filter(pk=lane.begun.row.pk, state=ImportState.LOADING)
    moved = mine.update(done=last) and whole.update(
        done=F("done") + len(lines),
        new=F("new") + counts.new,
        changed=F("changed") + counts.changed,
        same=F("same") + counts.same,
        wrong=F("wrong") + counts.wrong,
        doubtful=F("doubtful") + counts.doubtful,
    )
    if not moved:
        raise Stopped


@transaction.atomic
def end_lane(*, actor: Actor, at: datetime, lane: Lane) -> None:
    """Say that every good row is written, once the last lane says so. :raises Stopped: it was cancelled"""
    rows = RegisterImport.objects.select_for_update(no_key=True)
    row = rows.filter(pk=lane.begun.row.pk, state=ImportState.LOADING).first()
    if row is None:
        raise Stopped
    if row.lanes.filter(done__lt=F("last")).exists():
        return

    row.state, row.ended_at = ImportState.DONE, at
    row.save(update_fields=["state", "ended_at"])

    event = FileLoaded(import_id=row.pk, new=row.new, changed=row.changed, wrong=row.wrong)
    ledger.record(actor=actor, at=at, event=event)
