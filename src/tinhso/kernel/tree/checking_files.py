"""Checking the public files: tiles and bundles against the leaves, tiles above against those below."""

from collections.abc import Iterator, Sequence
from itertools import count

from django.db.models import Max

from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.models import LedgerCheckpoint, LedgerLeaf
from tinhso.kernel.tree import keys, notes, tiles
from tinhso.kernel.tree.findings import Finding
from tinhso.kernel.tree.merkle import HASH, leaf_hash, tree_root
from tinhso.kernel.tree.sealing import HistoryForked, published_checkpoint
from tinhso.kernel.tree.tiles import HEIGHT, WIDTH, TileTree


class LeafFiles:
    """Compares the files of level 0 and the bundles with leaves as they come."""

    def __init__(self, size: int) -> None:
        self._size = min(size, published_size())
        self._waiting: list[LedgerLeaf] = []

    def against(self, leaves: Sequence[LedgerLeaf]) -> Iterator[Finding]:
        """Yield what is wrong with the tiles that end here; the leaves run on from the last call's."""
        self._waiting += leaves
        while self._waiting:
            index = self._waiting[0].index // WIDTH
            width = min(WIDTH, self._size - index * WIDTH)
            if width <= 0:
                self._waiting.clear()
                return
            mine = [leaf for leaf in self._waiting if leaf.index < index * WIDTH + width]
            if self._waiting[-1].index < index * WIDTH + width - 1:
                return
            self._waiting = [leaf for leaf in self._waiting if leaf.index >= (index + 1) * WIDTH]
            commitments = [bytes(leaf.commitment) for leaf in mine]
            yield from _compare(0, index, width, b"".join(map(leaf_hash, commitments)))
            yield from _compare(tiles.ENTRIES, index, width, tiles.bundle(commitments))


def published_size() -> int:
    """Return how many entries the public checkpoint speaks of; 0 without a readable one."""
    try:
        found = published_checkpoint()
    except HistoryForked:
        return 0
    return found.size if found else 0


def check(size: int, *, start: int = 0, end: int | None = None) -> Iterator[Finding]:
    """
    Yield what is wrong with the public checkpoint and with the tiles above level 0.

    :param start: with ``end``, the leaves above which level 1 is looked at; the levels above it always are
    """
    if not size:
        return
    yield from _published(size)
    published = min(size, published_size())
    looked = range(start // WIDTH // WIDTH, -(-(size if end is None else end) // WIDTH // WIDTH) + 1)
    for level in count(1):
        wide = published >> (HEIGHT * level)
        if not wide:
            break
        for index in range(-(-wide // WIDTH)):
            if level > 1 or index in looked:
                yield from _level(level, index, min(WIDTH, wide - index * WIDTH))
    if end is None:
        yield from _stamped()


def root() -> Iterator[Finding]:
    """Yield what is wrong when the public tiles do not make the root of the public checkpoint."""
    try:
        published = published_checkpoint()
        if published and tree_root(published.size, TileTree(published.size)) != published.root:
            yield Finding(
                "root-differs", f"the public tiles do not make the root over {published.size} entries"
            )
    except (HistoryForked, tiles.TileDamaged) as problem:
        yield Finding("tile-damaged", f"the public files cannot be read: {problem}")


def _published(size: int) -> Iterator[Finding]:
    file = tiles.folder() / tiles.CHECKPOINT
    if not file.is_file():
        yield Finding("nothing-published", f"{file.name} is missing from the public files")
        return
    try:
        told = notes.open_checkpoint(file.read_text("utf-8"), keys.load().public)
    except (notes.BadNote, UnicodeDecodeError, MissingKey) as problem:
        yield Finding("published-forged", f"the public checkpoint is not signed by us: {problem}")
        return
    # Sealing goes on while this checks.
    newest = LedgerCheckpoint.objects.aggregate(size=Max("size"))["size"] or 0
    if told.size > max(size, newest):
        yield Finding("tree-cut", f"{told.size} entries were published, the tree has {size}: it was set back")
        return
    ours = LedgerCheckpoint.objects.filter(size=told.size).values_list("root", flat=True).first()
    if ours is None or bytes(ours) != told.root:
        yield Finding(
            "published-forked", f"the public checkpoint over {told.size} entries is of another tree"
        )


def _level(level: int, index: int, width: int) -> Iterator[Finding]:
    try:
        below = [
            tiles.tile_root(tiles.read_tile(level - 1, one, WIDTH))
            for one in range(index * WIDTH, index * WIDTH + width)
        ]
    except tiles.TileDamaged:
        return  # it is named where it lies
    yield from _compare(level, index, width, b"".join(below))


def _stamped() -> Iterator[Finding]:
    rows = LedgerCheckpoint.objects.filter(stamp__isnull=False).select_related("stamp").order_by("size")
    for row in rows.iterator(chunk_size=500):
        name = f"{tiles.CHECKPOINTS}/{row.size}"
        for path, content in ((name, row.note.encode()), (name + tiles.STAMP, bytes(row.stamp.token))):
            file = tiles.folder() / path
            if file.is_file() and file.read_bytes() != content:
                yield Finding("file-altered", f"the public file {path} is not what was signed")


def _compare(level: int | str, index: int, width: int, wanted: bytes) -> Iterator[Finding]:
    name = tiles.tile_path(level, index, width)
    file = tiles.find(level, index, width)
    if file is None:
        yield Finding("tile-missing", f"the public file {name} is missing")
        return
    content = file.read_bytes()[: len(wanted)]
    if content == wanted:
        return
    if wanted.startswith(content):
        yield Finding("tile-truncated", f"the public file {name} is cut off after {len(content)} bytes")
        return
    first = next(
        (at for at in range(len(wanted)) if content[at : at + 1] != wanted[at : at + 1]), len(wanted)
    )
    item = HASH if level != tiles.ENTRIES else HASH + 2
    place = index * WIDTH + first // item
    yield Finding(
        "tile-altered", f"the public file {name} is altered at byte {first} (entry {place} of its level)"
    )
