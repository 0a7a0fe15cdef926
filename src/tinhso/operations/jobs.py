"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.kernel.jobs import at_of
from tinhso.operations.actions.watch import watch_thresholds
from tinhso.people.types import system

ACTOR = system("operations")


@app.periodic(cron="*/5 * * * *")
@app.task(queue="housekeeping", queueing_lock="operations.watch")
def watch(timestamp: int) -> None:
    """Tell officers of thresholds that were crossed, and end the alerts that are over."""
    watch_thresholds(actor=ACTOR, at=at_of(timestamp))
