"""Jobs of the room: the night measures every register, files are checked and loaded."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import FieldType
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of, defer
from tinhso.people.types import system
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.actions.review_retention import review_retention
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.actions.work_import import forget_files
from tinhso.registers.importing import running
from tinhso.registers.twins.columns import compared_fields

ACTOR = system("registers")


@app.periodic(cron="7 2 * * *")
@app.task(queue="housekeeping", queueing_lock="registers.measure_all")
def measure_all(timestamp: int) -> None:
    """Ask for the measuring of every register, each as a job of its own."""
    del timestamp
    with transaction.atomic():
        for register_id in registers():
            defer(measure, register_id=register_id)


@app.task(queue="default", retry=RETRY)
def measure(*, register_id: str) -> None:
    """Check every record of a register against its rules."""
    measure_quality(actor=ACTOR, at=clock.now(), register_id=register_id)


@app.periodic(cron="37 2 * * *")
@app.task(queue="housekeeping", queueing_lock="registers.seek_all")
def seek_all(timestamp: int) -> None:
    """Ask for the search of twins in every register that holds names of persons, each as a job of its own."""
    del timestamp
    with transaction.atomic():
        for definition in registers().values():
            if any(one.type is FieldType.PERSON_NAME for one in compared_fields(definition)):
                defer(seek, register_id=definition.id)


@app.task(queue="default", retry=RETRY)
def seek(*, register_id: str) -> None:
    """Look for records of a register that are there twice."""
    seek_twins(actor=ACTOR, at=clock.now(), register_id=register_id)


@app.periodic(cron="7 4 * * *")
@app.task(queue="housekeeping", queueing_lock="registers.review_all")
def review_all(timestamp: int) -> None:
    """Look in every register for records whose time of keeping is over."""
    for register_id in registers():
        review_retention(actor=ACTOR, at=at_of(timestamp), register_id=register_id)


@app.task(queue="imports", retry=RETRY)
def check_import(*, import_id: str) -> None:
    """Check every row of a file; nothing is written to the register."""
    running.check(system=ACTOR, import_id=UUID(import_id), now=clock.now)


@app.task(queue="imports", retry=RETRY)
def load_import(*, import_id: str) -> None:
    """Write the good rows of a file; run again, it goes on behind the rows that are done."""
    running.load(system=ACTOR, import_id=UUID(import_id), now=clock.now)


@app.task(queue="imports", retry=RETRY)
def load_lane(*, import_id: str, number: int) -> None:
    """Write the good rows of one lane of a long file; run again, it goes on behind those that are done."""
    running.load_lane(system=ACTOR, import_id=UUID(import_id), number=number, now=clock.now)


@app.periodic(cron="47 3 * * *")
@app.task(queue="housekeeping", queueing_lock="registers.forget_import_files")
def forget_import_files(timestamp: int) -> None:
    """Delete files of imports that nobody needed for a month."""
    forget_files(actor=ACTOR, at=at_of(timestamp))
