"""Work of this room that is done later."""

from procrastinate.contrib.django import app

from tinhso.kernel.jobs import at_of
from tinhso.reports.actions.remind import remind_of_reports


# At twenty past seven in the morning in Vietnam, before offices open.
@app.periodic(cron="20 0 * * *")
@app.task(queue="housekeeping", queueing_lock="reports.remind")
def remind(timestamp: int) -> None:
    """Remind of returns that are due or late."""
    remind_of_reports(at=at_of(timestamp))
