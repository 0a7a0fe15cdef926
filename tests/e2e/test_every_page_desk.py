"""No page of the desk, in no state, may shut anybody out or stick out of its window."""

import os
from collections.abc import Iterable, Iterator

import pytest

from tests import dossiers_kit as kit
from tests.e2e.conftest import Readers
from tests.e2e.desk_states import states
from tests.e2e.desk_world import DeskWorld
from tests.e2e.pages_kit import READERS, Stop, Walk, aside, named_routes
from tests.fixtures_trust import Trust, trust

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["trust"]
# Every state before all four readers takes minutes; else they take turns, page by page.
LOOKING = tuple(READERS) if "TINHSO_EVERY_READER" in os.environ else ("each in turn",)

OF_THE_DESK = ("desk:", "flows:", "gallery:", "whatif:")
# Addresses the walk leaves out, and why.
NOT_HERE = {
    "desk:beside": "leads to the next dossier of the list",
    "desk:book": "looked at in test_afterwards_looked_at.py",
    "desk:control-sheet": "is a PDF",
    "desk:volume": "is a PDF",
    "desk:queue": "looked at in test_halls_looked_at.py",
    "desk:queue-bookings": "looked at in test_halls_looked_at.py",
    "desk:queue-book": "looked at in test_halls_looked_at.py",
    "desk:queue-booking-move": "looked at in test_halls_looked_at.py",
    "desk:queue-figures": "looked at in test_halls_looked_at.py",
    "desk:queue-turns": "looked at in test_halls_looked_at.py",
    "desk:hall": "looked at in test_halls_looked_at.py",
    "desk:hall-service-new": "looked at in test_halls_looked_at.py",
    "desk:hall-service": "looked at in test_halls_looked_at.py",
    "desk:hall-counter-new": "looked at in test_halls_looked_at.py",
    "desk:hall-counter": "looked at in test_halls_looked_at.py",
    "desk:scan-draft": "looked at in test_wallet_looked_at.py",
    "desk:scan-person": "looked at in test_wallet_looked_at.py",
    "desk:scan": "looked at in test_wallet_looked_at.py",
    "desk:once-only": "looked at in test_once_only_looked_at.py",
    "desk:extract": "looked at in test_once_only_looked_at.py",
    "desk:queue-call": "leads back to the queue",
    "desk:queue-draw": "leads back to the queue",
    "desk:counter-take": "leads back to the queue",
    "desk:counter-leave": "leads back to the queue",
    "desk:queue-act": "leads back to the queue",
    "desk:hall-open": "leads back to the set-up",
    "desk:hall-keys": "leads back to the set-up",
    "desk:hall-close": "leads back to the set-up",
    "desk:hall-reopen": "leads back to the set-up",
    "desk:queue-booking-cancel": "leads back to the booking",
    "desk:books-bill": "leads to the receipt",
    "desk:books-csv": "is a file",
    "desk:books-pdf": "is a PDF",
    "desk:books-count": "leads back to the day",
    "desk:export-file": "is a file",
    "desk:export-stop": "leads back to the exports",
    "desk:import-load": "leads back to the sheet",
    "desk:import-stop": "leads back to the sheet",
    "desk:import-faults": "is a file",
    "desk:survey": "looked at in test_citizen_looked_at.py",
    "desk:thread": "looked at in test_citizen_looked_at.py",
    "desk:thread-file": "is the file itself",
    "desk:strike": "leads back to the dossier",
    "desk:withdraw": "leads back to the dossier",
    "flows:log": "is a file",
}


class InTurns(Walk):
    """Readers of whom the first looks at the first state of a page, the second at its second state …"""

    def see(self, stops: Iterable[Stop]) -> None:
        readers, seen = list(self._readers.items()), dict[str, int]()
        for stop in stops:
            turn = seen.get(stop.route, 0)
            seen[stop.route] = turn + 1
            self._readers = dict(readers if len(LOOKING) > 1 else [readers[turn % len(readers)]])
            super().see([stop])


def test_every_state_of_every_page_is_accessible_and_fits(trust: Trust, readers: Readers) -> None:
    world, visited = DeskWorld(aside(lambda: kit.found(trust)), LOOKING), set[str]()

    def coming() -> Iterator[Stop]:
        told = states(world)
        while (stop := aside(lambda: next(told, None))) is not None:
            visited.add(stop.route)
            yield stop

    walk = InTurns(readers, world.stage)
    walk.see(coming())
    walk.assert_nothing_wrong()
    of_the_desk = {name for name in named_routes() if name.startswith(OF_THE_DESK)}
    without = sorted(of_the_desk - visited - set(NOT_HERE))
    assert without == [], "no state of these pages is looked at: write one in desk_states.py"
