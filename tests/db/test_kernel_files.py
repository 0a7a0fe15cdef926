import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tinhso.kernel import files, key_rotation, keyring
from tinhso.kernel.ids import new_id
from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.models import StoredFile
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.sealing import CHUNK, DamagedFile

AT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)


def store(content: bytes = b"Giay chung sinh") -> StoredFile:
    return files.store(content=io.BytesIO(content), media_type="application/pdf")


def read(row: StoredFile) -> bytes:
    with files.open_file(row.id) as plain:
        return plain.read()


def blobs(settings: Settings) -> list[Path]:
    return [path for path in Path(settings.FILE_STORE).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_stored_file_reads_back_and_lies_on_disk_unreadable(settings: Settings) -> None:
    content = b"Nguyen Van An " * 40_000

    row = store(content)

    assert read(row) == content
    assert (row.size, row.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    (blob,) = blobs(settings)
    assert b"Nguyen" not in blob.read_bytes()
    assert blob.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_same_content_twice_shares_neither_key_nor_bytes(settings: Settings) -> None:
    first, second = store(), store()

    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)
    assert len({blob.read_bytes() for blob in blobs(settings)}) == 2


@pytest.mark.django_db
def test_the_ring_is_made_once_for_its_owner_only(settings: Settings) -> None:
    store()
    ring = Path(settings.FILE_KEY_RING)
    before = ring.read_bytes()

    store()

    assert ring.read_bytes() == before
    assert ring.stat().st_mode & 0o777 == 0o600
    assert ring.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_a_lost_ring_is_never_replaced_by_a_new_one(settings: Settings) -> None:
    row = store()
    Path(settings.FILE_KEY_RING).unlink()

    with pytest.raises(MissingKey, match="backup"):
        store()
    with pytest.raises(MissingKey):
        files.open_file(row.id)

    assert not Path(settings.FILE_KEY_RING).exists()
    assert StoredFile.objects.count() == len(blobs(settings)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("position", [0, 20, -1])
def test_a_flipped_byte_is_noticed(settings: Settings, position: int) -> None:
    row = store()
    (blob,) = blobs(settings)
    sealed = bytearray(blob.read_bytes())
    sealed[position] ^= 1
    blob.write_bytes(sealed)

    with pytest.raises(DamagedFile):
        read(row)
    assert [file_id for file_id, _ in files.damages()] == [row.id]


@pytest.mark.django_db
def test_a_truncated_and_a_vanished_file_are_noticed(settings: Settings) -> None:
    cut, gone, whole = store(b"x" * (CHUNK + 1)), store(), store()
    storage = Path(settings.FILE_STORE)
    os.truncate(storage / str(cut.id)[-2:] / str(cut.id), CHUNK)
    (storage / str(gone.id)[-2:] / str(gone.id)).unlink()

    for row in (cut, gone):
        with pytest.raises(DamagedFile):
            read(row)
    assert {file_id for file_id, _ in files.damages()} == {cut.id, gone.id}
    assert read(whole) == b"Giay chung sinh"


@pytest.mark.django_db
def test_another_rings_key_of_the_same_name_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    row = store()
    settings.FILE_KEY_RING = tmp_path / "other" / "files.json"
    keyring.create(files.ring_path(), key_id=files.FIRST_KEY)

    with pytest.raises(DamagedFile):
        read(row)


@pytest.mark.django_db
def test_an_absent_file_is_not_found() -> None:
    with pytest.raises(NotFound):
        files.open_file(new_id())


@pytest.mark.django_db
def test_a_deleted_file_loses_its_bytes_only_when_the_act_is_through(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = store()

    with django_capture_on_commit_callbacks(execute=True):
        files.delete(row.id)
        assert len(blobs(settings)) == 1

    assert blobs(settings) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_rolled_back_store_leaves_an_orphan_that_the_sweep_removes(settings: Settings) -> None:
    kept = store()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store()
        raise ZeroDivisionError
    assert len(blobs(settings)) == 2

    assert files.sweep_orphans(at=datetime.now(tz=UTC)) == 0, "a transaction may still bring its row"
    assert files.sweep_orphans(at=LONG_AFTER) == 1

    assert [blob.name for blob in blobs(settings)] == [str(kept.id)]


@pytest.mark.django_db
def test_a_stream_that_breaks_off_leaves_nothing(settings: Settings) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.store(content=Broken(), media_type="application/pdf")

    assert blobs(settings) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_rotation_wraps_every_key_anew_and_keeps_all_readable(settings: Settings) -> None:
    rows = [store(f"file {number}".encode()) for number in range(5)]
    sealed = {blob: blob.read_bytes() for blob in blobs(settings)}

    done = key_rotation.rotate_keys(at=AT)

    assert (done.files, done.resumed) == (5, False)
    assert set(StoredFile.objects.values_list("key_id", flat=True)) == {done.key_id} != {files.FIRST_KEY}
    assert [read(row) for row in rows] == [f"file {number}".encode() for number in range(5)]
    assert {blob: blob.read_bytes() for blob in blobs(settings)} == sealed
    assert read(store(b"later")) == b"later"
    assert key_rotation.rotate_keys(at=AT + timedelta(seconds=1)).files == 6


@pytest.mark.django_db
def test_an_interrupted_rotation_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [store() for _ in range(5)]
    monkeypatch.setattr(key_rotation, "BATCH", 2)
    wrap, calls = key_rotation.sealing.wrap_key, []

    def wrap_until_the_power_fails(**arguments: object) -> bytes:
        calls.append(arguments)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return wrap(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(key_rotation.sealing, "wrap_key", wrap_until_the_power_fails)
    with pytest.raises(KeyboardInterrupt):
        key_rotation.rotate_keys(at=AT)
    assert StoredFile.objects.filter(key_id=files.FIRST_KEY).count() == 3
    assert len({read(row) for row in rows}) == 1, "half-way, all are readable"

    done = key_rotation.rotate_keys(at=AT + timedelta(hours=1))

    assert (done.files, done.resumed) == (3, True)
    assert len(keyring.load(files.ring_path()).keys) == 2
    assert {read(row) for row in rows} == {b"Giay chung sinh"}


@pytest.mark.django_db
def test_rotation_without_the_old_key_changes_nothing() -> None:
    row = store()
    ring = keyring.KeyRing("key-9", {"key-9": bytes(32)})
    keyring.save(files.ring_path(), ring)

    with pytest.raises(MissingKey, match="key-1"):
        key_rotation.rotate_keys(at=AT)

    assert keyring.load(files.ring_path()) == ring
    row.refresh_from_db()
    assert row.key_id == files.FIRST_KEY
