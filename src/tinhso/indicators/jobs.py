"""Jobs of figures."""

from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app

from tinhso.indicators.actions.publish import publish
from tinhso.indicators.actions.refresh import count_waiting, sweep
from tinhso.indicators.definitions import indicator
from tinhso.indicators.formulas import Period
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.people.queries import actor_of
from tinhso.people.types import system


@app.task(queue="figures", retry=RETRY)
def count_asked() -> None:
    """Count what pages asked for."""
    count_waiting(at=clock.now())


@app.task(queue="figures", retry=RETRY)
def tell(*, indicator_id: str, since: str, until: str, account_id: str) -> None:
    """Publish the figures of the whole province and by unit, for whoever asked, if they still may."""
    actor = actor_of(UUID(account_id), at=clock.now()) if account_id else system("indicators")
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    ways = [(), ("unit",)] if "unit" in indicator(indicator_id).dimensions else [()]
    for by in ways:
        publish(actor=actor, at=clock.now(), indicator_id=indicator_id, period=period, by=by)


@app.periodic(cron="7 4 * * *")
@app.task(queue="housekeeping", queueing_lock="indicators.sweep")
def sweep_cuts(timestamp: int) -> None:
    """Forget figures nobody asked for any more."""
    sweep(at=at_of(timestamp))
