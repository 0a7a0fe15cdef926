"""Work of this room that is done later: opening what came, sending what is to go out."""

import logging

from procrastinate.contrib.django import app

# Modules, not names: the actions defer these jobs.
from tinhso.exchange import fetching, waiting
from tinhso.exchange.actions import send_dispatch as sending
from tinhso.exchange.actions.follow_population import follow_population
from tinhso.exchange.population.client import PopulationUnreachable, the_population
from tinhso.exchange.population.contract import agreement
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.people.types import system

ACTOR, COPYIST = system("national_portal"), system("population")
_log = logging.getLogger(__name__)


@app.task(queue="default", retry=RETRY)
def open_it(*, envelope_id: str) -> None:
    """Fetch the files of an envelope and open it."""
    fetching.fetch_and_open(actor=ACTOR, at=clock.now(), envelope_id=envelope_id)


@app.task(queue="default", retry=RETRY)
def send(*, code: str) -> None:
    """Send what the portal is to be told of a dossier, in order, until one does not go."""
    while sending.send_dispatch(actor=ACTOR, at=clock.now(), code=code):
        pass


@app.periodic(cron="* * * * *")
@app.task(queue="default", queueing_lock="exchange.take_up_again")
def take_up_again(timestamp: int) -> None:
    """Open and send what has waited its time, and what a worker that died left lying."""
    at = at_of(timestamp)
    for envelope_id in waiting.envelopes_due(at=at):
        fetching.fetch_and_open(actor=ACTOR, at=at, envelope_id=envelope_id)
    for code in waiting.codes_due(at=at):
        while sending.send_dispatch(actor=ACTOR, at=at, code=code):
            pass


@app.periodic(cron="*/10 * * * *")
@app.task(queue="default", queueing_lock="exchange.copy_population")
def copy_population(timestamp: int) -> None:
    """Take in what the population database changed; where it does not answer, next time."""
    population = the_population()
    if population is None:
        return
    for feed in agreement().feeds:
        try:
            follow_population(actor=COPYIST, at=at_of(timestamp), population=population, feed=feed)
        except PopulationUnreachable:
            _log.warning("%s: the population database does not answer", feed.register_id)
