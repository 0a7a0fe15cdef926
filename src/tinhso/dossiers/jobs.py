"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.dossiers.actions.release import release_steps
from tinhso.kernel.jobs import at_of
from tinhso.people.types import system

ACTOR = system("dossiers")


@app.periodic(cron="7 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.release_steps")
def release(timestamp: int) -> None:
    """Free what officers hold whose post or substitution ran out by itself, on a day nobody clicked."""
    release_steps(actor=ACTOR, at=at_of(timestamp))
