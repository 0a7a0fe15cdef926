"""Fixtures of the tests that read pages."""

import pytest

from tests.web.client import Browser


@pytest.fixture
def browser() -> Browser:
    """A client that checks every page it reads."""
    return Browser()
