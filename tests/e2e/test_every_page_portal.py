"""No page outside the desk has a grave fault, in any state, on any size, in any language, scripts or not."""

import pytest
from pytest_django import Settings

from tests import dossiers_kit as kit
from tests import people_kit
from tests.e2e import portal_stages as stages
from tests.e2e import portal_stops as table
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, aside, named_routes, walk
from tests.fixtures_trust import Trust, trust

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
# Areas with a table of their own.
ELSEWHERE = (
    *("desk:", "flows:", "whatif:", "designer:", "gallery:", "api", "ogc:"),
    *("registers:", "corrections:", "mydata:"),
)
EVERY_STOP = (*table.OPEN, *table.DOORS, *table.FORM, *table.LIFE, *table.PAPERS, *table.signed(bytes, bytes))


def test_every_address_is_looked_at() -> None:
    named = {name for name in named_routes() if not name.startswith(ELSEWHERE)}
    looked_at = {stop.route for stop in EVERY_STOP}
    assert named - looked_at - set(table.NOT_PAGES) == set(), "no state of these pages is looked at"
    assert (looked_at | set(table.NOT_PAGES)) - set(named_routes()) == set(), "these addresses are gone"
    assert looked_at & set(table.NOT_PAGES) == set()
    names = [stop.name for stop in (*EVERY_STOP, *table.TROUBLES)]
    assert len(names) == len(set(names))


def test_the_way_to_a_dossier(live_server: object, readers: Readers, trust: Trust) -> None:
    province = kit.found(trust)
    people_kit.officer("lan")
    people_kit.officer("moi", totp_secret=None)
    stage = aside(lambda: stages.form_stage(province))
    walk(readers, stage, (*table.OPEN, *table.DOORS, *table.FORM))


def test_what_went_wrong(live_server: object, readers: Readers, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.e2e.trouble_urls"
    walk(readers, Stage(), table.TROUBLES)
