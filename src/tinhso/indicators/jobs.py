"""Jobs of figures."""

from procrastinate.contrib.django import app

from tinhso.indicators.actions.refresh import count_waiting, sweep
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of


@app.task(queue="figures", retry=RETRY)
def count_asked() -> None:
    """Count what pages asked for."""
    count_waiting(at=clock.now())


@app.periodic(cron="7 4 * * *")
@app.task(queue="housekeeping", queueing_lock="indicators.sweep")
def sweep_cuts(timestamp: int) -> None:
    """Forget figures nobody asked for any more."""
    sweep(at=at_of(timestamp))
