"""Keeping facts beside the ledger, less than two seconds behind it."""

import logging
from threading import Event, Thread

from django.db import DatabaseError, connection

from tinhso.facts.actions.project import project
from tinhso.kernel import clock

# A look costs one short query; half the two seconds are left for what is found.
EVERY = 0.5
AFTER_TROUBLE = 5.0
log = logging.getLogger(__name__)


def follow(stop: Event) -> None:
    """Read the ledger until told to stop. Several may follow: they take turns."""
    while not stop.is_set():
        stop.wait(_look())
    connection.close()


def beside(stop: Event) -> Thread:
    """Follow in a thread of its own, beside the jobs of a worker."""
    thread = Thread(target=follow, args=(stop,), name="facts", daemon=True)
    thread.start()
    return thread


def _look() -> float:
    """Return how long to rest."""
    try:
        return 0.0 if project(at=clock.now()).behind else EVERY
    except DatabaseError:
        # The database restarts, or is not set up yet: facts wait, and lose nothing.
        log.warning("facts could not be carried on", exc_info=True)
        connection.close()
        return AFTER_TROUBLE
