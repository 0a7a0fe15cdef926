"""Keeping figures beside the facts: the running ones first, each kind at the pace it can be counted."""

import logging
from threading import Event, Thread
from time import monotonic

from django.db import DatabaseError, connection

from tinhso.indicators.actions.refresh import TIERS, Tier, refresh
from tinhso.kernel import clock

EVERY = 0.5
AFTER_TROUBLE = 5.0
# Seconds between two rounds of a kind at least; and so many times what the last round took, so that a server
# that is busy all day gives a third of one processor for figures and no more.
LEAST: dict[Tier, float] = {"now": 1.0, "units": 5.0, "past": 30.0, "asked": 5.0}
REST: dict[Tier, float] = {"now": 4.0, "units": 15.0, "past": 30.0, "asked": 15.0}
log = logging.getLogger(__name__)


def follow(stop: Event) -> None:
    """Count what changed until told to stop."""
    due: dict[Tier, float] = dict.fromkeys(TIERS, 0.0)
    while not stop.is_set():
        stop.wait(carry_on(due))
    connection.close()


def beside(stop: Event) -> Thread:
    """Follow in a thread of its own, beside the jobs of a worker."""
    thread = Thread(target=follow, args=(stop,), name="figures", daemon=True)
    thread.start()
    return thread


def carry_on(due: dict[Tier, float]) -> float:
    """
    Count what is due; return how long to rest.

    :param due: when each kind is looked at again, by the clock of this process; it is moved on
    """
    try:
        for tier in TIERS:
            began = monotonic()
            if began >= due[tier]:
                refresh(at=clock.now(), tier=tier)
                ended = monotonic()
                due[tier] = ended + max(LEAST[tier], REST[tier] * (ended - began))
    except DatabaseError:
        # The database restarts, or is not set up yet: the figures that are there stay.
        log.warning("figures could not be carried on", exc_info=True)
        connection.close()
        return AFTER_TROUBLE
    return EVERY
