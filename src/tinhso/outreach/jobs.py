"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.kernel.jobs import at_of
from tinhso.outreach.actions.propose import propose_what_is_due
from tinhso.outreach.actions.prove import sweep_proofs
from tinhso.outreach.actions.remind import remind_of_expiry
from tinhso.people.types import system

ACTOR = system("outreach")


# At eight in the morning in Vietnam: what goes out by SMS should not wake anybody.
@app.periodic(cron="0 1 * * *")
@app.task(queue="housekeeping", queueing_lock="outreach.propose")
def propose(timestamp: int) -> None:
    """Propose what comes due, and remind of what expires."""
    at = at_of(timestamp)
    propose_what_is_due(actor=ACTOR, at=at)
    remind_of_expiry(actor=ACTOR, at=at)


@app.periodic(cron="40 19 * * *")
@app.task(queue="housekeeping", queueing_lock="outreach.sweep_proofs")
def sweep_papers(timestamp: int) -> None:
    """Throw away papers of requests that were never sent."""
    sweep_proofs(actor=ACTOR, at=at_of(timestamp))
