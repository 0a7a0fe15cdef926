"""Rotation: every file's key is wrapped anew under a fresh key of the ring; the files stay untouched."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tinhso.kernel import keyring, locks, sealing
from tinhso.kernel.files import ring_path
from tinhso.kernel.keyring import KeyRing, MissingKey
from tinhso.kernel.models import StoredFile

BATCH = 500


@dataclass(frozen=True)
class Rotation:
    """
    :param key_id: the key that is current now
    :param files: how many files were wrapped anew
    :param resumed: an earlier rotation had stopped half-way and was finished instead of starting another
    """

    key_id: str
    files: int
    resumed: bool


def rotate_keys(*, at: datetime) -> Rotation:
    """
    Put a fresh key on the ring and wrap every file's key with it. Interrupted, call it again: it goes on.

    Files stay readable all the while. A file stored during the rotation may still carry the old key, which
    stays on the ring; the next rotation takes it along.

    :raises MissingKey: the ring, or a key a file is wrapped with, is gone; nothing was changed
    """
    with transaction.atomic():
        locks.hold("files.rotate_keys")
        ring = keyring.load(ring_path())
        _require_all_keys(ring)
        resumed = StoredFile.objects.exclude(key_id=ring.current).exists()
        if not resumed:
            ring = ring.with_new_key(f"key-{at:%Y%m%dT%H%M%S}-{len(ring.keys) + 1}")
            keyring.save(ring_path(), ring)
    files = 0
    while wrapped := _rewrap_batch(ring):
        files += wrapped
    return Rotation(key_id=ring.current, files=files, resumed=resumed)


@transaction.atomic
def _rewrap_batch(ring: KeyRing) -> int:
    rows = list(StoredFile.objects.exclude(key_id=ring.current).select_for_update().order_by("id")[:BATCH])
    for row in rows:
        key = sealing.unwrap_key(
            wrapping_key=ring.keys[row.key_id], wrapped=bytes(row.wrapped_key), file_id=row.id
        )
        row.key_id = ring.current
        row.wrapped_key = sealing.wrap_key(wrapping_key=ring.keys[ring.current], key=key, file_id=row.id)
    StoredFile.objects.bulk_update(rows, ["key_id", "wrapped_key"])
    return len(rows)


def _require_all_keys(ring: KeyRing) -> None:
    used = set(StoredFile.objects.values_list("key_id", flat=True).distinct())
    if missing := sorted(used - set(ring.keys)):
        raise MissingKey(f"files are wrapped with {', '.join(missing)}, which is not on the ring")
