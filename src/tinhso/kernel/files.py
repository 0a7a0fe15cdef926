"""
Files, kept encrypted: a fresh key for each, wrapped by the key ring; the bytes lie in a :class:`Storage`.

The blob is written before its row: a crash or a rollback leaves at worst a blob that nobody knows, which
:func:`sweep_orphans` removes. Deleting goes the other way round. Who may read a file, the caller decides.
"""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tinhso.kernel import keyring, sealing
from tinhso.kernel.ids import new_id
from tinhso.kernel.keyring import KeyRing, MissingKey
from tinhso.kernel.models import StoredFile
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.sealing import DamagedFile
from tinhso.kernel.storage import DiskStorage, Storage

FIRST_KEY = "key-1"
ORPHAN_AGE = timedelta(days=1)  # longer than any transaction that may still bring the row


def store(*, content: BinaryIO, media_type: str) -> StoredFile:
    """
    Keep the bytes, read from where the stream stands to its end.

    :param media_type: what the caller found the content to be; not checked here
    """
    ring, file_id, key = _ring_for_writing(), new_id(), sealing.new_key()
    sealer = sealing.Sealer(content=content, key=key, file_id=file_id)
    storage().write(str(file_id), sealer.chunks())
    return StoredFile.objects.create(
        id=file_id,
        media_type=media_type,
        sha256=sealer.sha256,
        size=sealer.size,
        key_id=ring.current,
        wrapped_key=sealing.wrap_key(wrapping_key=ring.keys[ring.current], key=key, file_id=file_id),
    )


def open_file(stored_file_id: UUID) -> BinaryIO:
    """
    Return the plain bytes as a seekable stream; close it. The caller has checked that the reader may.

    :raises NotFound: there is no such file
    :raises DamagedFile: here or while reading, when the blob is not as it was written
    :raises MissingKey: the key it is wrapped with is not on the ring
    """
    row = StoredFile.objects.filter(id=stored_file_id).first()
    if row is None:
        raise NotFound()
    return _open(row)


def delete(stored_file_id: UUID) -> None:
    """Forget the file; its bytes go when the transaction is through. An absent file is no fault."""
    StoredFile.objects.filter(id=stored_file_id).delete()
    transaction.on_commit(partial(storage().delete, str(stored_file_id)))


def sweep_orphans(*, at: datetime) -> int:
    """Remove blobs older than a day that no row knows; return how many."""
    removed = 0
    for batch in _batches(name for name, written in storage().names() if written < at - ORPHAN_AGE):
        known = set(StoredFile.objects.filter(id__in=batch).values_list("id", flat=True))
        for file_id in batch - known:
            storage().delete(str(file_id))
            removed += 1
    return removed


def damages() -> Iterator[tuple[UUID, str]]:
    """Read every file through and yield those that are not as they were written, with what is wrong."""
    for row in StoredFile.objects.order_by("id").iterator():
        try:
            with _open(row) as plain:
                digest = hashlib.file_digest(plain, "sha256").hexdigest()
        except (DamagedFile, MissingKey) as problem:
            yield row.id, str(problem)
            continue
        if digest != row.sha256:
            yield row.id, "the content is not the one that was recorded"


def storage() -> Storage:
    """Return the storage of this installation."""
    return DiskStorage(Path(settings.FILE_STORE))


def ring_path() -> Path:
    """Return where the key ring of this installation lies."""
    return Path(settings.FILE_KEY_RING)


def _open(row: StoredFile) -> io.BufferedReader:
    ring = keyring.load(ring_path())
    if row.key_id not in ring.keys:
        raise MissingKey(f"file {row.id} is wrapped with {row.key_id}, which is not on the ring")
    key = sealing.unwrap_key(
        wrapping_key=ring.keys[row.key_id], wrapped=bytes(row.wrapped_key), file_id=row.id
    )
    try:
        sealed = storage().open(str(row.id))
    except FileNotFoundError:
        raise DamagedFile(f"the bytes of file {row.id} are gone") from None
    raw = sealing.Unsealer(sealed=sealed, key=key, file_id=row.id, size=row.size)
    return io.BufferedReader(raw, buffer_size=sealing.CHUNK)


def _ring_for_writing() -> KeyRing:
    try:
        return keyring.load(ring_path())
    except MissingKey:
        if StoredFile.objects.exists():
            raise
        return keyring.create(ring_path(), key_id=FIRST_KEY)


def _batches(names: Iterator[str], size: int = 500) -> Iterator[set[UUID]]:
    batch: set[UUID] = set()
    for name in names:
        if (file_id := _as_uuid(name)) is not None:
            batch.add(file_id)
        if len(batch) == size:
            yield batch
            batch = set()
    if batch:
        yield batch


def _as_uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
