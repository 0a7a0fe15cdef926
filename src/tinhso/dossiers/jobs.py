"""Work of this room that is done later."""

from uuid import UUID

from procrastinate.contrib.django import app

from tinhso.dossiers.actions.chase import chase_opinions, take_silences
from tinhso.dossiers.actions.file_together import file_next
from tinhso.dossiers.actions.release import release_steps
from tinhso.dossiers.actions.warn import warn_of_deadlines
from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.people.types import system

ACTOR = system("dossiers")


@app.task(queue="default", retry=RETRY)
def follow(*, dossier_id: str) -> None:
    """File what was asked for together with this dossier and waited for its end."""
    file_next(at=clock.now(), dossier_id=UUID(dossier_id))


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.chase")
def chase(timestamp: int) -> None:
    """Take silence for consent where the law does, and remind the others who owe an opinion."""
    at = at_of(timestamp)
    take_silences(actor=ACTOR, at=at)
    chase_opinions(actor=ACTOR, at=at)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.warn")
def warn(timestamp: int) -> None:
    """Warn of deadlines that are near or gone, until none is left to warn of."""
    while warn_of_deadlines(actor=ACTOR, at=at_of(timestamp)):
        pass


@app.periodic(cron="7 * * * *")
@app.task(queue="housekeeping", queueing_lock="dossiers.release_steps")
def release(timestamp: int) -> None:
    """Free what officers hold whose post or substitution ran out by itself, on a day nobody clicked."""
    release_steps(actor=ACTOR, at=at_of(timestamp))
