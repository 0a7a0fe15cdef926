"""A connection that was kept is used again while its server holds it, and replaced when it does not."""

import time
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from tinhso.kernel.postgresql.base import is_silent


def other() -> "psycopg.Connection[tuple[object, ...]]":
    settings = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{name: settings[name] for name in names if settings.get(name)}, autocommit=True)


def until_told(ended: "psycopg.Connection[tuple[object, ...]]") -> None:
    for _turn in range(200):
        if not is_silent(ended):
            return
        time.sleep(0.05)


@pytest.mark.django_db
def test_a_connection_is_silent_until_its_server_ends_it() -> None:
    with other() as kept, other() as watcher:
        pid = kept.info.backend_pid
        kept.execute("SELECT 1")
        assert is_silent(kept)

        watcher.execute("SELECT pg_terminate_backend(%s)", [pid])
        until_told(kept)
        assert not is_silent(kept)
        with pytest.raises(psycopg.OperationalError):
            kept.execute("SELECT 1")
        assert not is_silent(kept)


@pytest.mark.django_db
def test_a_silent_connection_costs_no_question_and_one_that_is_not_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def is_usable() -> bool:
        asked.append(True)
        return True

    kept: Any = connections["default"]
    monkeypatch.setattr(kept, "is_usable", is_usable)
    monkeypatch.setattr(kept, "health_check_enabled", True)
    for is_quiet, questions in ((True, 0), (False, 1)):
        monkeypatch.setattr("tinhso.kernel.postgresql.base.is_silent", lambda _one, quiet=is_quiet: quiet)
        kept.health_check_done = False
        kept.close_if_health_check_failed()
        assert len(asked) == questions
        assert kept.health_check_done
