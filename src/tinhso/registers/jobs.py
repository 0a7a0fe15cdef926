"""Jobs of the room: the night measures every register."""

from django.db import transaction
from procrastinate.contrib.django import app

from tinhso.definitions.registers.reading import registers
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, defer
from tinhso.people.types import system
from tinhso.registers.actions.measure_quality import measure_quality

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
