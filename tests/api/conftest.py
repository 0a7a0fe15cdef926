"""Fixtures of the tests of the API."""

from datetime import timedelta

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.edge import session

__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    """The real packs, officers with keys, citizens."""
    return kit.found(trust)


@pytest.fixture(autouse=True)
def _seen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute every request would write its session, and a long test does it thousands of times."""
    monkeypatch.setattr(session, "SEEN_STEP", timedelta(days=1))
