"""Sealing: every committed entry gets one leaf, in an order that stays, whatever the writers do."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tests.ledger_kit import AT, note, notes, public_folder, seal_and_publish
from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.models import LedgerCheckpoint, LedgerEntry, LedgerLeaf, LedgerTree
from tinhso.kernel.tree import keys, publishing, queries, sealing, tiles
from tinhso.kernel.tree.merkle import tree_root
from tinhso.kernel.tree.notes import open_checkpoint
from tinhso.kernel.tree.sealing import HistoryForked
from tinhso.kernel.tree.tiles import TileTree

pytestmark = pytest.mark.usefixtures("public_folder")
__all__ = ["public_folder"]


@pytest.mark.django_db
def test_each_entry_has_one_leaf_and_the_files_make_the_signed_root() -> None:
    notes(600)
    size = seal_and_publish()
    last = note()
    assert seal_and_publish(AT + timedelta(seconds=5)) == size + 1 == LedgerEntry.objects.count()

    latest = queries.latest_checkpoint()
    assert latest is not None
    assert latest.size == size + 1
    assert tree_root(latest.size, TileTree(latest.size)) == latest.root
    file = (tiles.folder() / "checkpoint").read_text("utf-8")
    assert open_checkpoint(file, keys.load().public).root == latest.root
    assert queries.leaf_indexes([last.position, 10**12]) == {last.position: size}
    assert queries.positions_of(size, size + 1) == [last.position]
    assert not list(tiles.folder().glob("tile/0/000.p/*"))
    whole, partial = divmod(latest.size, 256)
    assert (tiles.folder() / tiles.tile_path(0, whole, partial)).stat().st_size == partial * 32
    assert seal_and_publish() == latest.size
    assert LedgerCheckpoint.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_sealed_late_and_none_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "PATIENCE", 0.0)
    written, go_on = threading.Event(), threading.Event()
    position: list[int] = []

    def late() -> None:
        with transaction.atomic():
            position.append(note(1).position)
            written.set()
            go_on.wait(30)
        connection.close()

    writer = threading.Thread(target=late)
    writer.start()
    assert written.wait(30)
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        note(2)
        raise RuntimeError("undone")
    early = note(3)
    assert early.position > position[0] + 1

    seal_and_publish()
    assert queries.leaf_indexes([position[0], early.position]).keys() == {early.position}
    assert queries.decided_through() < position[0]

    go_on.set()
    writer.join()
    size = seal_and_publish()
    indexes = queries.leaf_indexes([position[0], early.position])
    assert indexes[position[0]] == size - 1 > indexes[early.position]
    assert queries.decided_through() >= early.position
    assert size == LedgerEntry.objects.count() == LedgerLeaf.objects.count()


def _write_some() -> None:
    for number in range(40):
        with transaction.atomic():
            note(number)
            transaction.set_rollback(number % 7 == 0)


def _thread(work: Callable[[], object], failures: list[BaseException]) -> threading.Thread:
    def guarded() -> None:
        try:
            work()
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_two_sealers_at_once_leave_one_leaf_for_each_entry() -> None:
    over, failures = threading.Event(), list[BaseException]()

    def keep_sealing() -> None:
        while not over.is_set():
            seal_and_publish()

    sealers = [_thread(keep_sealing, failures) for _ in range(2)]
    for writer in [_thread(_write_some, failures) for _ in range(4)]:
        writer.join()
    over.set()
    for sealer in sealers:
        sealer.join()

    assert failures == []
    size = seal_and_publish()
    positions = set(LedgerEntry.objects.values_list("position", flat=True))
    assert size == len(positions) == LedgerLeaf.objects.count()
    assert set(LedgerLeaf.objects.values_list("position", flat=True)) == positions
    assert tree_root(size, TileTree(size)) == bytes(LedgerCheckpoint.objects.get(size=size).root)


@pytest.mark.django_db
def test_a_clock_that_was_set_back_is_told_and_changes_no_order() -> None:
    note(1)
    seal_and_publish(AT)
    note(2)
    seal_and_publish(AT - timedelta(hours=1))
    latest = queries.latest_checkpoint()
    assert latest is not None
    assert (latest.at, latest.behind) == (AT, 3600)


@pytest.mark.django_db
def test_a_database_that_was_set_back_signs_nothing_more() -> None:
    note(1)
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        note(2)
        size = seal_and_publish()
        raise RuntimeError("undone")
    note(3)
    with pytest.raises(HistoryForked, match=f"{size} entries were published"):
        sealing.seal(at=AT)
    assert not LedgerCheckpoint.objects.exists()
    with pytest.raises(HistoryForked):
        note(4)
        LedgerCheckpoint.objects.create(size=size, root=bytes(32), at=AT, note="x\n")
        publishing.publish()


@pytest.mark.django_db
def test_keys_that_are_gone_are_not_made_anew() -> None:
    note(1)
    seal_and_publish()
    keys.path().unlink()
    note(2)
    with pytest.raises(MissingKey, match="bring them back"):
        sealing.seal(at=AT)
    assert not keys.path().exists()


@pytest.mark.django_db
def test_files_that_went_are_written_anew_from_the_database(public_folder: Path) -> None:
    notes(600)
    size = seal_and_publish()
    files = [public_folder / "tile/0/001", public_folder / tiles.tile_path(1, 0, size // 256)]
    before = [file.read_bytes() for file in files]
    for file in files:
        file.write_bytes(bytes(32) + file.read_bytes()[32:])
    note()
    sealing.seal(at=AT)
    with pytest.raises(tiles.TileDamaged, match="do not make the root"):
        publishing.publish()
    assert publishing.publish(anew=True) == size + 1
    assert [file.read_bytes() for file in files] == before


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_leaf", "ledger_checkpoint"])
def test_what_was_sealed_only_grows(table: str) -> None:
    note()
    seal_and_publish()
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")
    assert LedgerTree.objects.get().size == LedgerLeaf.objects.count()
