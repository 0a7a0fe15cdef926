"""One run of a job over a file: piece by piece, each piece a transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils import translation

from tinhso.definitions.registers.reading import register
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers.actions.work_import import (
    Begun,
    Stopped,
    begin_import,
    end_check,
    end_load,
    fail_import,
    work_piece,
)
from tinhso.registers.actions.work_lane import Lane, begin_lane, end_lane, work_lane
from tinhso.registers.importing.matching import values_of
from tinhso.registers.importing.rows import Line, Run, pass_over
from tinhso.registers.importing.sheets import Row
from tinhso.registers.importing.stored import stored_sheet
from tinhso.registers.types import ImportState

PIECE = 2000
Now = Callable[[], datetime]


def check(*, system: Actor, import_id: UUID, now: Now) -> None:
    """Check every row and keep what is wrong; nothing is written. Run again, it begins anew."""
    with _taken_up(system, import_id, ImportState.CHECKING, now) as begun:
        if begun is not None:
            run = _run(begun, system, at=now(), dry_run=True)
            rows = _work(begun, run)
            end_check(actor=run.actor, at=now(), begun=begun, rows=rows)


def load(*, system: Actor, import_id: UUID, now: Now) -> None:
    """Write the good rows, piece by piece. Run again, it passes over what an earlier run has done."""
    with _taken_up(system, import_id, ImportState.LOADING, now) as begun:
        if begun is not None:
            run = _run(begun, system, at=now(), dry_run=False)
            _work(begun, run)
            end_load(actor=run.actor, at=now(), begun=begun)


def load_lane(*, system: Actor, import_id: UUID, number: int, now: Now) -> None:
    """Write the good rows of one lane. Run again, it goes on behind what an earlier run has done."""
    lane = begin_lane(actor=system, import_id=import_id, number=number)
    with _telling(lane.begun if lane else None, system, now):
        if lane is not None:
            run = _run(lane.begun, system, at=now(), dry_run=False, told=lane.told)
            _work_lane(lane, run)
            end_lane(actor=run.actor, at=now(), lane=lane)


def _work_lane(lane: Lane, run: Run) -> None:
    row = lane.begun.row
    with stored_sheet(row) as sheet:
        waiting = islice(enumerate(sheet.rows(), 1), lane.begun.done, lane.last)
        while piece := list(islice(waiting, PIECE)):
            lines = list(_values(piece, row.mapping, row.guessed))
            work_lane(lane=lane, run=run, lines=lines, last=piece[-1][0])


def _work(begun: Begun, run: Run) -> int:
    last = begun.done
    with stored_sheet(begun.row) as sheet:
        mapping, guessed = begun.row.mapping, begun.row.guessed
        waiting = enumerate(sheet.rows(), 1)
        earlier = _values(islice(waiting, begun.done), mapping, guessed)
        pass_over(run, earlier, put_off=begun.put_off)
        while piece := list(islice(waiting, PIECE)):
            last = piece[-1][0]
            work_piece(begun=begun, run=run, lines=list(_values(piece, mapping, guessed)), last=last)
        while lines := run.take_put_off():
            work_piece(begun=begun, run=run, lines=lines, last=last)
    return last


def _values(
    rows: Iterable[tuple[int, Row]], mapping: Mapping[str, str], guessed: Mapping[str, str]
) -> Iterator[Line]:
    for number, row in rows:
        yield number, values_of(row, mapping, guessed)


def _run(
    begun: Begun, system: Actor, *, at: datetime, dry_run: bool, told: dict[int, bool] | None = None
) -> Run:
    account_id = begun.row.account_id
    actor = people.actor_of(account_id, at=at) if account_id else system
    definition = register(begun.row.register)
    return Run(
        actor=actor,
        at=at,
        definition=definition,
        reference=begun.row.file_name[:100],
        dry_run=dry_run,
        told=told,
        before=begun.row.confirmed_at if told is not None else None,
    )


@contextmanager
def _taken_up(system: Actor, import_id: UUID, state: ImportState, now: Now) -> Iterator[Begun | None]:
    """Take the file up, and tell what ends it."""
    begun = begin_import(actor=system, import_id=import_id, state=state)
    with _telling(begun, system, now):
        yield begun


@contextmanager
def _telling(begun: Begun | None, system: Actor, now: Now) -> Iterator[None]:
    """A refusal that is not a row's ends the run and is told, a stop is nobody's news."""
    try:
        with translation.override(begun.row.language if begun else "vi"):
            yield
    except Stopped:
        return
    except Refusal as refusal:
        if begun is None:
            raise
        fail_import(actor=system, at=now(), begun=begun, refusal=refusal)
