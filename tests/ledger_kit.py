"""A ledger with a tree of its own folder, and ways to write into it and to spoil it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tinhso.kernel import ledger
from tinhso.kernel.events import Event
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.tree import publishing, sealing
from tinhso.people.types import system

AT = datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
WRITER = system("ledger kit")


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    kind: ClassVar[str] = "kit.noted"
    subject_kind: ClassVar[str] = "kit"
    subject_field: ClassVar[str] = "thing_id"

    thing_id: UUID
    number: int
    text: str = "Xã Bình Liêu «thử»"


@pytest.fixture
def public_folder(settings: Settings) -> Path:
    """Where the test's own public files lie."""
    return Path(settings.LEDGER_PUBLIC)


def note(number: int = 1, *, thing: UUID | None = None) -> LedgerEntry:
    """Record one thing."""
    with transaction.atomic():
        return ledger.record(actor=WRITER, at=AT, event=Noted(thing_id=thing or new_id(), number=number))


def notes(count: int) -> None:
    """Record many things."""
    with transaction.atomic():
        events = [Noted(thing_id=new_id(), number=number) for number in range(count)]
        ledger.record_all(actor=WRITER, at=AT, events=events)


def seal_and_publish(at: datetime = AT) -> int:
    """Do one round as the job does; return the size of the tree."""
    sealing.seal(at=at)
    return publishing.publish()


@contextmanager
def unguarded(table: str = "ledger_entry") -> Iterator[None]:
    """Go round the trigger, as the owner of the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may wait while a table is altered
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")


def tamper(sql: str, *values: Any, table: str = "ledger_entry") -> None:
    """Carry out a statement behind the back of the trigger."""
    with unguarded(table), connection.cursor() as cursor:
        cursor.execute(sql, values)
