"""Work of this room that is done later."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from tinhso.bookkeeping import queries
from tinhso.bookkeeping.actions.compare_days import compare_days
from tinhso.bookkeeping.actions.issue_receipt import try_to_issue
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.people.types import system

ACTOR = system("bookkeeping")
PATIENCE = timedelta(minutes=2)
DAYS_BACK = 7


@app.task(queue="default", retry=RETRY)
def issue(*, duty_id: str) -> None:
    """Make one receipt; what stands in the way is noted, and tried again by :func:`issue_owed`."""
    try_to_issue(actor=ACTOR, at=clock.now(), duty_id=UUID(duty_id))


@app.periodic(cron="40 18 * * *")
@app.task(queue="housekeeping", queueing_lock="bookkeeping.compare")
def compare(timestamp: int) -> None:
    """At 1:40 in Vietnam, compare the day before and the week before that: late news changes a day."""
    at = at_of(timestamp)
    compare_days(at=at, days=DAYS_BACK)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="bookkeeping.issue_owed")
def issue_owed(timestamp: int) -> None:
    """Make what could not be made before, in the order it was owed."""
    at = at_of(timestamp)
    for duty in queries.owed(before=at - PATIENCE):
        try_to_issue(actor=ACTOR, at=at, duty_id=duty.pk)
