"""Jobs of facts."""

from procrastinate.contrib.django import app

from tinhso.facts.actions.sweep_files import sweep_files
from tinhso.facts.actions.write_files import write_files
from tinhso.kernel.jobs import at_of


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="facts.write_files")
def write_facts(timestamp: int) -> None:
    """Write the months that changed to files, so that figures read little from the database."""
    write_files()
    sweep_files(at=at_of(timestamp))
