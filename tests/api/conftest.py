"""Fixtures of the tests of the API."""

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust

__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    """The real packs, officers with keys, citizens."""
    return kit.found(trust)
