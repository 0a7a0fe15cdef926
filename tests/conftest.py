"""The test database is the embedded PostgreSQL, in a folder of its own."""

import gc
import os
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.color import Style
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import Min
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq.abc import PGresult
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from tests import database_kit
from tests.scheduling import (
    pytest_collection_modifyitems,
    pytest_runtest_logreport,
    pytest_sessionfinish,
    pytest_xdist_make_scheduler,
)
from tinhso.definitions import catalogue
from tinhso.definitions.events import ProcedurePublished
from tinhso.definitions.models import CurrentProcedure
from tinhso.kernel import ledger
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import system
from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

UNIT = Path(__file__).parent / "unit"
__all__ = [
    "pytest_collection_modifyitems",
    "pytest_runtest_logreport",
    "pytest_sessionfinish",
    "pytest_xdist_make_scheduler",
]
# What the session published once stays, and what Django says of models; their rows point at nothing else.
KEPT = {
    "definitions_procedureversion",
    "definitions_currentprocedure",
    "django_content_type",
    "auth_permission",
}
JOBS = ["procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers"]
# A table without a page in its file has no row. Those that point at an emptied one are emptied with it.
WRITTEN = """
WITH RECURSIVE written AS (
    SELECT oid FROM pg_class
    WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
    UNION SELECT conrelid FROM pg_constraint JOIN written ON confrelid = written.oid WHERE contype = 'f'
) SELECT relname FROM pg_class JOIN written USING (oid)
"""
_emptied: list[bool] = []
_is_set_up: list[bool] = []
# How fast the machine is must not decide what is right.
hypothesis.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("patient")
flush_tables = DatabaseOperations.sql_flush
discards = PrepareManager._should_discard
# Tables that only grow have a trigger of this name against TRUNCATE (bit 32 of its type).
SWITCH_GUARDS = """
DO $$ DECLARE guard record; BEGIN
    FOR guard IN SELECT tgrelid::regclass AS of_table, tgname FROM pg_trigger
        WHERE tgname LIKE '%_append_only' AND tgtype & 32 > 0
            AND tgrelid::regclass::text = ANY('{{{tables}}}')
    LOOP
        EXECUTE format('ALTER TABLE %s {switch} TRIGGER %I', guard.of_table, guard.tgname);
    END LOOP;
END $$
"""


def pytest_configure() -> None:
    DatabaseOperations.sql_flush = _flush_all
    PrepareManager._should_discard = _discards


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # or libraries complain at the end of what they still hold


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed nothing may be skipped: a missing tool would hide a broken promise."""
    report = yield
    if report.skipped and "CI" in os.environ:
        report.outcome, report.longrepr = "failed", f"skipped where CI is set: {report.longrepr}"
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before each test this process stands where the session began: the packs published and seen."""
    if UNIT in item.path.parents or not _is_set_up:
        return
    with item.config.stash[blocking_manager_key].unblock():
        if _emptied:
            _emptied.clear()
            _let_go_of_what_officers_published()
            catalogue.forget()
            catalogue.refresh()
            _write_down_what_stands_published()
        # A test with packs of its own would leave every later one to look at all packs at each question.
        catalogue.refresh()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker, django_test_environment: None
) -> None:
    """Start the server only for tests that ask for a database, and copy theirs from one that is made."""
    start_embedded(env, durable=False)
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = database_kit.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Publish the packs once for all tests: three hundred procedures a test would be a second a test."""
    with django_db_blocker.unblock():
        # What they make stays when tables are emptied.
        post_migrate.disconnect(create_contenttypes)
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        _let_go_of_what_officers_published()
        catalogue.publish_packs(at=datetime.now(UTC))
        _write_down_what_stands_published()
    _is_set_up.append(True)
    gc.freeze()


def _discards(self: PrepareManager, prep: Prepare, results: Sequence[PGresult]) -> bool:
    """
    Keep what the server has planned when a transaction is taken back, as nearly every test is.

    psycopg gives it up lest a table made within is meant; then PostgreSQL itself plans anew.
    """
    return discards(self, prep, [one for one in results if one.command_status != b"ROLLBACK"])


@transaction.atomic
def _write_down_what_stands_published() -> None:
    """The catalogue outlives a test that commits, but the ledger that tells its history does not."""
    if LedgerEntry.objects.filter(kind=ProcedurePublished.kind).exists():
        return
    rows = CurrentProcedure.objects.values_list("version_id", "code", "version__content_hash")
    told = [ProcedurePublished(version_id=one, code=code, content_hash=text) for one, code, text in rows]
    at = CurrentProcedure.objects.aggregate(first=Min("since"))["first"]
    ledger.record_all(actor=system("catalogue"), at=at, events=told)


def _let_go_of_what_officers_published() -> None:
    CurrentProcedure.objects.filter(by_officer=True).update(by_officer=False, file="", mark="")


@pytest.fixture(autouse=True)
def _own_files(request: pytest.FixtureRequest) -> None:
    """Every test has a file store and a key ring of its own; those without a database store nothing."""
    if UNIT in request.path.parents:
        return
    settings: Settings = request.getfixturevalue("settings")
    tmp_path: Path = request.getfixturevalue("tmp_path")
    settings.FILE_STORE = tmp_path / "files"
    settings.FILE_KEY_RING = tmp_path / "keys" / "files.json"
    settings.LEDGER_KEYS = tmp_path / "keys" / "ledger.json"
    settings.LEDGER_PUBLIC = tmp_path / "ledger"


def _flush_all(self: DatabaseOperations, style: Style, tables: Sequence[str], **options: bool) -> list[str]:
    """
    Empty what Django's own flush between tests with real transactions does not.

    The database rightly forbids to empty the ledger, and the tables of jobs are not Django's to manage.
    """
    _emptied.append(True)
    written = _written([*tables, *JOBS])
    flush = flush_tables(self, style, written, **options)
    if not flush:
        return []
    names = ",".join(written)
    off, on = (SWITCH_GUARDS.format(switch=how, tables=names) for how in ("DISABLE", "ENABLE ALWAYS"))
    return [off, *flush, on]


def _written(tables: Sequence[str]) -> list[str]:
    """Return which of them a test has written to; to empty all two hundred takes longer than many a test."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [[table for table in tables if table not in KEPT]])
        return [table for (table,) in cursor.fetchall()]
