"""Work of this room that is done later."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from tinhso.dossiers.actions.chase import chase_opinions, take_silences
from tinhso.dossiers.actions.file_together import file_next
from tinhso.dossiers.actions.make_export import expire_exports
from tinhso.dossiers.actions.measure_durations import measure_durations
from tinhso.dossiers.actions.release import release_steps
from tinhso.dossiers.actions.warn import warn_of_deadlines
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.actions.work_import import forget_sheets
from tinhso.dossiers.exporting import running
from tinhso.dossiers.importing import running as importing
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of, defer
from tinhso.people.types import system

ACTOR = system("dossiers")
# Then other work has its turn, and a worker that is told to stop need not wait for the whole batch.
AT_A_TIME = 20


@app.task(queue="default", retry=RETRY)
def follow(*, dossier_id: str) -> None:
    """File what was asked for together with this dossier and waited for its end."""
    file_next(at=clock.now(), dossier_id=UUID(dossier_id))


@app.task(queue="default", retry=RETRY)
def work_off(*, batch_id: str) -> None:
    """Do the next dossiers of a batch, each in a transaction of its own; another worker may go on with it."""
    for _turn in range(AT_A_TIME):
        if not work_next(at=clock.now(), batch_id=UUID(batch_id)):
            return
    with transaction.atomic():
        defer(work_off, batch_id=batch_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.chase")
def chase(timestamp: int) -> None:
    """Take silence for consent where the law does, and remind the others who owe an opinion."""
    at = at_of(timestamp)
    take_silences(actor=ACTOR, at=at)
    chase_opinions(actor=ACTOR, at=at)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.warn")
def warn(timestamp: int) -> None:
    """Warn of deadlines that are near or gone, until none is left to warn of."""
    while warn_of_deadlines(actor=ACTOR, at=at_of(timestamp)):
        pass


@app.periodic(cron="7 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.release_steps")
def release(timestamp: int) -> None:
    """Free what officers hold whose post or substitution ran out by itself, on a day nobody clicked."""
    release_steps(actor=ACTOR, at=at_of(timestamp))


@app.periodic(cron="47 3 * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.measure")
def measure(timestamp: int) -> None:
    """Measure anew, once a day, how long procedures usually take."""
    measure_durations(actor=ACTOR, at=at_of(timestamp))


@app.task(queue="exports", retry=RETRY)
def make_export(*, export_id: str) -> None:
    """Write a list or its papers into a file."""
    running.run(system=ACTOR, export_id=UUID(export_id), now=clock.now)


@app.periodic(cron="23 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.expire_exports")
def expire(timestamp: int) -> None:
    """Delete exports whose day is over."""
    while expire_exports(actor=ACTOR, at=at_of(timestamp)):
        pass


@app.task(queue="imports", retry=RETRY)
def check_import(*, import_id: str) -> None:
    """Check every row of a sheet."""
    importing.check(system=ACTOR, import_id=UUID(import_id), now=clock.now)


@app.task(queue="imports", retry=RETRY)
def load_import(*, import_id: str) -> None:
    """File the sound rows of a sheet."""
    importing.load(system=ACTOR, import_id=UUID(import_id), now=clock.now)


@app.periodic(cron="53 3 * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.forget_sheets")
def forget(timestamp: int) -> None:
    """Delete sheets nobody has needed for a month."""
    while forget_sheets(at=at_of(timestamp)):
        pass
