"""What happened to a procedure is told from the ledger, and any two versions can be compared."""

from typing import Any
from uuid import uuid4

import pytest

from tests.db.test_definitions_catalogue import CODE, Packs, packs, renamed
from tinhso.definitions import catalogue, history
from tinhso.definitions.models import ProcedureVersion

__all__ = ["packs"]
pytestmark = pytest.mark.django_db


def test_every_version_is_told_the_newest_first_with_who_published_it(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.write(packs.file, renamed)
    new = catalogue.current(CODE)

    told = history.history_of(CODE)

    assert [(one.what, one.number, one.by, one.is_current) for one in told] == [
        ("published", 2, "files", True),
        ("published", 1, "files", False),
    ]
    assert [one.version_id for one in told] == [new.version_id, old.version_id]


def test_an_older_content_that_returns_keeps_its_number(packs: Packs) -> None:
    before = packs.file.read_text(encoding="utf-8")
    catalogue.current(CODE)
    packs.write(packs.file, renamed)
    catalogue.current(CODE)
    packs.write(packs.file, lambda _: before)
    catalogue.current(CODE)
    told = history.history_of(CODE)
    assert [(one.number, one.is_current) for one in told] == [(1, True), (2, False), (1, False)]


def test_a_withdrawal_is_told_and_nothing_is_current_then(packs: Packs) -> None:
    catalogue.current(CODE)
    packs.file.unlink()
    catalogue.entries()
    told = history.history_of(CODE)
    assert [one.what for one in told] == ["withdrawn", "published"]
    assert not any(one.is_current for one in told)


def test_two_versions_are_compared(packs: Packs) -> None:
    old = catalogue.current(CODE)
    packs.write(packs.file, renamed)
    new = catalogue.current(CODE)
    _before, _after, found = history.compare_versions(CODE, old.version_id, new.version_id)
    assert [(one.part, one.name) for one in found] == [("name", "name")]


def test_a_version_of_another_procedure_is_not_compared(packs: Packs) -> None:
    own = catalogue.current(CODE).version_id
    with pytest.raises(history.VersionMissing):
        history.compare_versions(CODE, own, uuid4())
    with pytest.raises(history.VersionMissing):
        history.compare_versions("1.999999", own, own)
    assert ProcedureVersion.objects.filter(code=CODE).count() == 1


def test_history_costs_two_queries_however_long_it_is(packs: Packs, django_assert_num_queries: Any) -> None:
    catalogue.current(CODE)
    packs.write(packs.file, renamed)
    catalogue.current(CODE)
    with django_assert_num_queries(2):
        history.history_of(CODE)
    assert history.history_of("1.999999") == ()
