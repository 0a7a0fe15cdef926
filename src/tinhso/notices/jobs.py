"""Work of this room that is done later."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.notices import delivering

# Attempts are counted from 0; after this one nothing tries again by itself.
LAST_ATTEMPT = RETRY.max_attempts or 0


@app.task(queue="notices", retry=RETRY, pass_context=True)
def deliver(context: JobContext, *, delivery_id: str) -> None:
    """Send one e-mail or SMS; waits longer and longer while its server is down."""
    is_last = context.job.attempts >= LAST_ATTEMPT
    delivering.deliver(at=clock.now(), delivery_id=UUID(delivery_id), is_last=is_last)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="housekeeping", queueing_lock="notices.set_stuck_aside")
def set_stuck_aside(timestamp: int) -> None:
    """Show the operator what was being sent when its process died."""
    delivering.set_stuck_aside(at=at_of(timestamp))
