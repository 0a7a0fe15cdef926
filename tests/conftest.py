"""The test database is the embedded PostgreSQL, in a folder of its own."""

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env


def pytest_configure() -> None:
    start_embedded(env, durable=False)
