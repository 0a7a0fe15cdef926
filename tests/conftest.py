"""The test database is the embedded PostgreSQL, in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env


def pytest_configure() -> None:
    start_embedded(env, durable=False)


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    """Every test has a file store and a key ring of its own."""
    settings.FILE_STORE = tmp_path / "files"
    settings.FILE_KEY_RING = tmp_path / "keys" / "files.json"
