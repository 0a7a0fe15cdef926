"""Hundreds of procedures cost a process only what it asks for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tinhso.definitions import catalogue, reading
from tinhso.definitions.models import CurrentProcedure
from tinhso.kernel.models import LedgerEntry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
BIRTH = "1.001193"


@pytest.fixture(autouse=True)
def _published() -> None:
    """The packs are published, as they are when a process starts again."""
    catalogue.publish_packs(at=AT)
    catalogue.forget()


def test_a_process_that_starts_examines_nothing_that_was_published(monkeypatch: pytest.MonkeyPatch) -> None:
    def examined(*_: object, **__: object) -> None:
        raise AssertionError("examined again")

    monkeypatch.setattr(reading, "examine", examined)
    reading.sight.cache_clear()
    reading.read.cache_clear()

    assert catalogue.current(BIRTH).procedure.code == BIRTH
    assert catalogue.problems() == ()
    assert catalogue.publish_packs(at=AT) == ()


def test_a_process_holds_only_what_it_was_asked_for() -> None:
    catalogue._held.clear()

    catalogue.current(BIRTH)
    assert len(catalogue._held) == 1


def test_all_of_them_cost_as_many_queries_as_one(
    django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        catalogue.refresh()
    with django_assert_num_queries(2):
        assert len(catalogue.all_current()) > 300
    with django_assert_num_queries(1):
        catalogue.all_current()


def test_all_of_them_are_published_by_a_handful_of_statements(django_assert_max_num_queries: Any) -> None:
    before = LedgerEntry.objects.filter(kind="procedure.published").count()
    CurrentProcedure.objects.all().delete()
    catalogue.forget()

    with django_assert_max_num_queries(14):
        changed = catalogue.publish_packs(at=AT)

    assert len(changed) == CurrentProcedure.objects.count() > 300
    assert LedgerEntry.objects.filter(kind="procedure.published").count() == before + len(changed)


def test_a_look_at_packs_that_did_not_change_asks_the_database_nothing(
    django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        catalogue.refresh()
    monkeypatch.setattr(catalogue, "LOOK_EVERY", 0.0)

    with django_assert_num_queries(0):
        catalogue.refresh()
