"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.appointments.actions import sweep
from tinhso.kernel.jobs import at_of
from tinhso.people.types import system

ACTOR = system("appointments")


@app.periodic(cron="7 * * * *")
@app.task(queue="housekeeping", queueing_lock="appointments.remind")
def remind(timestamp: int) -> None:
    """Remind who is booked for tomorrow."""
    sweep.remind(actor=ACTOR, at=at_of(timestamp))


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="appointments.tidy")
def tidy(timestamp: int) -> None:
    """Write down who did not come, end the queues of yesterday and free its counters."""
    at = at_of(timestamp)
    sweep.note_no_shows(actor=ACTOR, at=at)
    sweep.expire_turns(actor=ACTOR, at=at)
    sweep.free_counters(actor=ACTOR, at=at)
