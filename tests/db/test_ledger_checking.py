"""``tinhso verify ledger`` finds and names what somebody changed behind the back of the program."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tests import people_kit
from tests.fixtures_trust import Trust, trust
from tests.ledger_kit import AT, WRITER, note, notes, public_folder, seal_and_publish, tamper
from tinhso.kernel.models import LedgerCheckpoint, LedgerEntry, LedgerStamp, LedgerTree
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.tree import checking, keys, proofs, publishing, queries, sealing, stamps, tiles, watching
from tinhso.kernel.tree.erasing import erase_parts
from tinhso.notices.models import Message

pytestmark = pytest.mark.django_db
__all__ = ["public_folder", "trust"]
OTHER = '{"text": "khác"}'


def found() -> list[str]:
    return [one.sentence for one in checking.check() if not one.is_remark]


@pytest.fixture
def size(public_folder: Path, trust: Trust) -> int:
    """A tree of three checkpoints, the second stamped."""
    notes(520)
    seal_and_publish()
    note()
    seal_and_publish(AT + timedelta(seconds=5))
    stamps.stamp()
    note()
    size = seal_and_publish(AT + timedelta(seconds=9))
    assert found() == []
    return size


@pytest.fixture
def one(size: int) -> LedgerEntry:
    """An entry in the middle, and the one after it is of the same kind."""
    return LedgerEntry.objects.get(position=queries.positions_of(size - 20, size)[0])


def test_a_changed_payload_time_or_actor_is_named_by_its_entry(one: LedgerEntry) -> None:
    for change in (
        """payload = payload || '{"number": 99999}'""",
        "at = at - interval '1 microsecond'",
        "actor_id = 'another'",
        "payload = payload - 'text'",
        "salt = decode('00', 'hex')",
    ):
        tamper(f"UPDATE ledger_entry SET {change} WHERE position = %s", one.position)
        assert [text.split(" as leaf")[0] for text in found()] == [
            f"entry {one.position} (kit.noted) is not what was sealed"
        ]
        tamper("DELETE FROM ledger_entry WHERE position = %s", one.position)
        one.save(force_insert=True)
        assert found() == []


def test_a_deleted_and_an_inserted_row_are_named(one: LedgerEntry) -> None:
    tamper("DELETE FROM ledger_entry WHERE position = %s", one.position)
    assert found() == [
        f"entry {one.position} was deleted; it is leaf {queries.leaf_indexes([one.position])[one.position]}"
    ]
    one.save(force_insert=True)

    gap = -5
    columns = "at, recorded_at, kind, subject_kind, subject_id, actor_kind, actor_id, payload, salt"
    tamper(
        f"INSERT INTO ledger_entry (position, id, {columns})"
        f" SELECT %s, gen_random_uuid(), {columns} FROM ledger_entry WHERE position = %s",
        gap,
        one.position,
    )
    (sentence,) = found()
    assert sentence.startswith("entry -5 (kit.noted) is in no leaf")


def test_rows_that_changed_places_are_named_together(one: LedgerEntry) -> None:
    two = one.position + 1
    for old, new in ((one.position, 0), (two, one.position), (0, two)):
        tamper("UPDATE ledger_entry SET position = %s WHERE position = %s", new, old)
    assert found() == [f"entries {one.position} and {two} have changed places"]


def test_leaves_and_checkpoints_that_were_altered_are_named(size: int) -> None:
    tamper("UPDATE ledger_leaf SET commitment = sha256(commitment) WHERE index = 7", table="ledger_leaf")
    sentences = found()
    assert any("as leaf 7" in text for text in sentences)
    assert any("nor any after it" in text for text in sentences)
    assert any("tile/0/000 is altered at byte 224" in text for text in sentences)


def test_forged_signatures_and_notes_are_named(size: int) -> None:
    note_of = LedgerCheckpoint.objects.get(size=size).note
    forged = note_of[:-6] + ("AAAA" if note_of[-6:-2] != "AAAA" else "BBBB") + note_of[-2:]
    tamper("UPDATE ledger_checkpoint SET note = %s WHERE size = %s", forged, size, table="ledger_checkpoint")
    (sentence,) = found()
    assert sentence.startswith(f"the checkpoint of {size} entries is not signed by us")

    keys.save(keys.LogKeys(keys.load().origin, (bytes(32),)))
    assert "signature-forged" in {finding.code for finding in checking.check()}


def test_a_forged_stamp_is_named(size: int) -> None:
    stamp = LedgerStamp.objects.get()
    token = bytes(stamp.token)
    for forged in (token[:-1] + bytes([token[-1] ^ 1]), b"garbage"):
        tamper("UPDATE ledger_stamp SET token = %s", forged, table="ledger_stamp")
        assert any("does not hold" in text for text in found())
    later = stamps.authority().stamp(b"another note")
    tamper("UPDATE ledger_stamp SET token = %s", later, table="ledger_stamp")
    assert any("does not hold" in text for text in found())


def test_public_files_that_were_cut_altered_or_taken_are_named(public_folder: Path, size: int) -> None:
    tile, bundle = public_folder / "tile/0/000", public_folder / "tile/entries/001"
    upper = public_folder / tiles.tile_path(1, 0, size // 256)
    whole = {file: file.read_bytes() for file in (tile, bundle, upper)}
    tile.write_bytes(whole[tile][:-40])
    bundle.write_bytes(whole[bundle][:50] + b"?" + whole[bundle][51:])
    upper.unlink()
    sentences = found()
    assert "the public file tile/0/000 is cut off after 8152 bytes" in sentences
    assert "the public file tile/entries/001 is altered at byte 50 (entry 257 of its level)" in sentences
    publishing.publish(anew=True)
    assert found() == []

    tile.unlink()
    assert found() == ["the public file tile/0/000 is missing"]
    shutil.rmtree(public_folder / "tile/0")
    assert any("tile/0/000 is missing" in text for text in found())


def test_a_tree_that_was_cut_behind_what_was_published_is_named(size: int) -> None:
    with connection.cursor() as cursor:
        for table, column in (("ledger_checkpoint", "size"), ("ledger_leaf", "index")):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
            cursor.execute(f"DELETE FROM {table} WHERE {column} >= %s", [size - (table == "ledger_leaf")])
        cursor.execute("UPDATE ledger_tree SET size = %s", [size - 1])
    assert f"{size} entries were published, the tree has {size - 1}: it was set back" in found()


def test_sealing_may_go_on_while_the_ledger_is_checked(size: int) -> None:
    def more(_done: int, _all: int) -> None:
        for _round in range(2):
            notes(40)
            sealing.seal(at=AT)
        publishing.publish()

    assert [one.sentence for one in checking.check(progress=more) if not one.is_remark] == []
    assert found() == []


def test_the_watch_goes_round_and_tells_operators_once_a_day(
    size: int, one: LedgerEntry, caplog: pytest.LogCaptureFixture
) -> None:
    operator = people_kit.officer("van-hanh", role="system_operator", agency_id=people_kit.agency())
    assert watching.watch(at=AT) == watching.watch(at=AT, stretch=256) == ()
    assert LedgerTree.objects.get().checked == 256
    for _round in range(size // 256):
        assert watching.watch(at=AT, stretch=256) == ()
    assert LedgerTree.objects.get().checked == 0

    tamper("UPDATE ledger_entry SET at = now() WHERE position = %s", one.position)
    for at in (AT, AT + timedelta(hours=1)):
        (wrong,) = watching.watch(at=at)
        assert wrong.position == one.position
    message = Message.objects.get(template="ledger_alarm")
    assert message.account_id == operator
    assert str(one.position) in message.body_vi
    assert f"entry {one.position}" in caplog.text
    watching.watch(at=AT + timedelta(days=2))
    assert Message.objects.filter(template="ledger_alarm").count() == 2


def test_a_stretch_finds_what_lies_in_it_and_what_spoils_the_whole(public_folder: Path, size: int) -> None:
    tile = public_folder / "tile/0/001"
    content = tile.read_bytes()
    tile.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert {wrong.code for wrong in checking.check_stretch(256, 512)} == {"tile-altered"}
    tile.write_bytes(content)
    (public_folder / "tile/1").rename(public_folder / "tile/2")
    codes = {wrong.code for wrong in checking.check_stretch(0, 256)}
    assert codes == {"tile-missing", "tile-damaged"}


def test_a_value_erased_by_law_leaves_the_tree_whole(size: int, one: LedgerEntry) -> None:
    erase_parts(
        actor=WRITER, at=AT, position=one.position, parts=["payload.text"], reason="Quyết định 12/QĐ-UBND"
    )
    one.refresh_from_db()
    assert "text" not in one.payload
    assert found() == []
    told = proofs.prove([one], may_show=lambda _entry, _name: True, about={})
    assert [part for part in told["acts"][0]["parts"] if "digest" in part]
    with pytest.raises(NotFound):
        erase_parts(actor=WRITER, at=AT, position=one.position, parts=["act"], reason="Không được")
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.filter(position=one.position).update(payload={})
    tamper(f"UPDATE ledger_entry SET payload = payload || '{OTHER}' WHERE position = %s", one.position)
    assert [text.split(" as leaf")[0] for text in found()] == [
        f"entry {one.position} (kit.noted) is not what was sealed"
    ]
