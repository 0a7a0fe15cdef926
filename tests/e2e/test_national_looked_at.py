"""The pages of the national portal alone, seen by every reader of the desk."""

from collections.abc import Iterator

import pytest

from tests import dossiers_kit as kit
from tests.e2e.conftest import Readers
from tests.e2e.desk_arrivals import arrivals
from tests.e2e.desk_world import DeskWorld
from tests.e2e.pages_kit import Stop
from tests.e2e.test_every_page_desk import LOOKING, InTurns, aside
from tests.fixtures_trust import Trust, trust

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]


def test_every_state_of_arrivals_is_accessible_and_fits(trust: Trust, readers: Readers) -> None:
    world = DeskWorld(aside(lambda: kit.found(trust)), LOOKING)

    def coming() -> Iterator[Stop]:
        told = arrivals(world)
        while (stop := aside(lambda: next(told, None))) is not None:
            yield stop

    walk = InTurns(readers, world.stage)
    walk.see(coming())
    walk.assert_nothing_wrong()
