"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.kernel.jobs import at_of
from tinhso.outreach.actions.propose import propose_what_is_due
from tinhso.outreach.actions.prove import sweep_proofs
from tinhso.outreach.actions.remind import remind_of_expiry
from tinhso.outreach.charged import tell_of_new, warn_of_due
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


@app.periodic(cron="*/15 * * * *")
@app.task(queue="housekeeping", queueing_lock="outreach.tell_of_new_corrections")
def tell_of_corrections(timestamp: int) -> None:
    """Tell who is charged of requests for correction that officers opened."""
    tell_of_new(at=at_of(timestamp))


# At half past seven in the morning in Vietnam.
@app.periodic(cron="30 0 * * *")
@app.task(queue="housekeeping", queueing_lock="outreach.warn_of_corrections")
def warn_of_corrections(timestamp: int) -> None:
    """Warn who is charged of requests for correction whose days run out."""
    warn_of_due(at=at_of(timestamp))
