"""The test database is the embedded PostgreSQL, in a folder of its own."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management.color import Style
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import Settings

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

flush_tables = DatabaseOperations.sql_flush
# Tables that the database itself lets only grow, with the trigger that says so.
APPEND_ONLY = {
    "ledger_entry": "ledger_entry_append_only",
    "payment_event": "payment_event_append_only",
}


def pytest_configure() -> None:
    start_embedded(env, durable=False)
    DatabaseOperations.sql_flush = _flush_all


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    """Every test has a file store and a key ring of its own."""
    settings.FILE_STORE = tmp_path / "files"
    settings.FILE_KEY_RING = tmp_path / "keys" / "files.json"


def _flush_all(self: DatabaseOperations, style: Style, tables: Sequence[str], **options: bool) -> list[str]:
    """
    Empty what Django's own flush between tests with real transactions does not.

    The database rightly forbids to empty the ledger, and the tables of jobs are not Django's to manage.
    """
    off = [f"ALTER TABLE {table} DISABLE TRIGGER {trigger}" for table, trigger in APPEND_ONLY.items()]
    on = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}" for table, trigger in APPEND_ONLY.items()]
    jobs = "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers CASCADE"
    flush = flush_tables(self, style, tables, **options)
    return [*off, *flush, jobs, *on] if flush else []
