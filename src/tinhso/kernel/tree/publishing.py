"""Publishing: the tree of the database as files; the checkpoint last: whoever reads it finds the tiles."""

from itertools import count

from django.db import transaction
from django.db.models import QuerySet

from tinhso.kernel import locks
from tinhso.kernel.models import LedgerCheckpoint, LedgerLeaf
from tinhso.kernel.tree import keys, tiles
from tinhso.kernel.tree.merkle import HASH, leaf_hash, tree_root
from tinhso.kernel.tree.sealing import published_checkpoint, refuse_fork
from tinhso.kernel.tree.tiles import HEIGHT, WIDTH, TileDamaged, TileTree

LOCK = "ledger.publish"


@transaction.atomic
def publish(*, anew: bool = False) -> int:
    """
    Write the files of the latest checkpoint; return its size. Interrupted, call it again.

    :param anew: write every file again, also those that should be there
    :raises HistoryForked: what was published is not the beginning of what the database holds
    :raises TileDamaged: the files there do not make the root that was signed; ``anew`` mends it
    """
    checkpoint = LedgerCheckpoint.objects.order_by("-size").first()
    if checkpoint is None or not locks.try_hold(LOCK):
        return 0
    refuse_fork(checkpoint.size)
    published = published_checkpoint()
    done = 0 if anew or published is None else published.size
    if done < checkpoint.size:
        _write_tiles(done, checkpoint.size)
        if tree_root(checkpoint.size, TileTree(checkpoint.size)) != bytes(checkpoint.root):
            raise TileDamaged(f"the tiles of {checkpoint.size} entries do not make the root that was signed")
    _write_stamped(anew=anew)
    _write_latest_stamped()
    tiles.write(tiles.KEYS, "".join(f"{key}\n" for key in keys.load().public).encode())
    tiles.write(tiles.CHECKPOINT, checkpoint.note.encode())
    return checkpoint.size


def _write_tiles(done: int, size: int) -> None:
    _write_leaves(done, size)
    for level in count(1):
        if not size >> (HEIGHT * level):
            return
        _write_level(level, done >> (HEIGHT * level), size >> (HEIGHT * level))


def _write_leaves(done: int, size: int) -> None:
    for index in range(done // WIDTH, -(-size // WIDTH)):
        start, end = index * WIDTH, min((index + 1) * WIDTH, size)
        leaves = LedgerLeaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
        commitments = [bytes(one) for one in leaves.values_list("commitment", flat=True)]
        if len(commitments) != end - start:
            raise TileDamaged(f"the database has {len(commitments)} of the leaves {start} to {end - 1}")
        _write_both(index, commitments)


def _write_both(index: int, commitments: list[bytes]) -> None:
    _write(tiles.ENTRIES, index, len(commitments), tiles.bundle(commitments))
    _write(0, index, len(commitments), b"".join(map(leaf_hash, commitments)))


def _write_level(level: int, done: int, size: int) -> None:
    """Write the tiles of a level that hold its hashes from ``done`` to before ``size``."""
    for index in range(done // WIDTH, -(-size // WIDTH)):
        start, end = index * WIDTH, min((index + 1) * WIDTH, size)
        kept = max(done - start, 0)
        before = tiles.read_tile(level, index, kept) if kept else b""
        new = [
            tiles.tile_root(tiles.read_tile(level - 1, below, WIDTH)) for below in range(start + kept, end)
        ]
        content = before + b"".join(new)
        _write(level, index, len(content) // HASH, content)


def _write(level: int | str, index: int, width: int, content: bytes) -> None:
    tiles.write(tiles.tile_path(level, index, width), content)
    if width == WIDTH:
        tiles.forget_partials(level, index)


def _write_stamped(*, anew: bool) -> None:
    """Write each checkpoint that has a time stamp under its size, and the stamp beside it."""
    for checkpoint in _stamped().iterator():
        name = f"{tiles.CHECKPOINTS}/{checkpoint.size}"
        if not anew and (tiles.folder() / f"{name}{tiles.STAMP}").is_file():
            return
        tiles.write(name, checkpoint.note.encode())
        tiles.write(f"{name}{tiles.STAMP}", bytes(checkpoint.stamp.token))


def _write_latest_stamped() -> None:
    latest = _stamped().first()
    if latest is not None:
        tiles.write(tiles.STAMPED, latest.note.encode())
        tiles.write(f"{tiles.STAMPED}{tiles.STAMP}", bytes(latest.stamp.token))


def _stamped() -> QuerySet[LedgerCheckpoint]:
    return LedgerCheckpoint.objects.filter(stamp__isnull=False).select_related("stamp").order_by("-size")
