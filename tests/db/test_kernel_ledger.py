from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.db.kernel_samples import Keeper, LampLit
from tinhso.kernel import events, ledger
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry, Sequence
from tinhso.kernel.sequences import next_number

AT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)


def light(brightness: int = 3) -> LedgerEntry:
    return ledger.record(actor=Keeper(), at=AT, event=LampLit(lamp_id=new_id(), brightness=brightness))


@pytest.mark.django_db
def test_an_entry_says_what_happened_when_and_by_whom() -> None:
    entry = light(brightness=7)

    entry.refresh_from_db()
    assert (entry.kind, entry.subject_kind, entry.at) == ("lamp.lit", "lamp", AT)
    assert (entry.actor_kind, entry.actor_id) == ("system", "lighthouse")
    assert entry.payload == {"brightness": 7}
    assert len(bytes(entry.salt)) == 16


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'lamp.broken'",
        "UPDATE ledger_entry SET kind = 'lamp.broken' WHERE false",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "SET LOCAL session_replication_role = replica; DELETE FROM ledger_entry",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry(statement: str) -> None:
    entry = light()

    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert LedgerEntry.objects.get(id=entry.id).kind == "lamp.lit"


@pytest.mark.django_db
def test_many_entries_are_written_in_order_by_one_statement(django_assert_num_queries: Any) -> None:
    lamps = [LampLit(lamp_id=new_id(), brightness=number) for number in range(5)]

    with django_assert_num_queries(1):
        ledger.record_all(actor=Keeper(), at=AT, events=lamps)

    rows = LedgerEntry.objects.filter(kind="lamp.lit").order_by("position")
    assert [row.payload["brightness"] for row in rows] == [0, 1, 2, 3, 4]


@pytest.mark.django_db
def test_an_entry_vanishes_with_the_act_that_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        light()
        raise ZeroDivisionError

    assert not LedgerEntry.objects.filter(kind="lamp.lit").exists()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        light()

    assert not LedgerEntry.objects.filter(kind="lamp.lit").exists()


@pytest.fixture
def listening() -> Iterator[None]:
    def count(*, event: LampLit, at: datetime) -> None:
        assert at == AT
        next_number(f"lamps of brightness {event.brightness}")

    events.listen(LampLit, count)
    yield
    events._listeners[LampLit].remove(count)


@pytest.mark.django_db
@pytest.mark.usefixtures("listening")
def test_listeners_hear_of_it_in_the_same_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        light(brightness=5)
        assert Sequence.objects.get().series == "lamps of brightness 5"
        raise ZeroDivisionError

    assert not Sequence.objects.exists()
    light(brightness=6)
    assert Sequence.objects.get().series == "lamps of brightness 6"
