"""
The public files of the log (c2sp.org/tlog-tiles): plain files in one folder that any web server can give out.

``checkpoint`` · ``tile/<L>/<N>[.p/<W>]`` (up to 256 hashes) · ``tile/entries/<N>[.p/<W>]`` (up to 256:
two bytes of length and the 32 bytes of the commitment) · ``checkpoints/<size>`` with its time stamp
``checkpoints/<size>.tsr``, the newest of them also as ``stamped`` · ``keys``. Whole tiles never change; a
partial one goes when it is full.
"""

import os
import secrets
import shutil
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.tree.merkle import HASH, node_hash

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
CHECKPOINT = "checkpoint"
CHECKPOINTS = "checkpoints"
STAMPED = "stamped"
KEYS = "keys"
STAMP = ".tsr"


class TileDamaged(Exception):  # noqa: N818  (named by what is wrong)
    """A public file is missing, too short, or not what the tree says. A matter for operators."""


def folder() -> Path:
    """Return where the public files of this installation lie."""
    return Path(settings.LEDGER_PUBLIC)


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile below the folder, e.g. ``tile/0/x001/234.p/17``."""
    groups = []
    rest = index
    while True:
        groups.append(f"{rest % 1000:03}")
        rest //= 1000
        if not rest:
            break
    *high, low = reversed(groups)
    whole = "/".join(["tile", str(level), *(f"x{group}" for group in high), low])
    return whole if width == WIDTH else f"{whole}.p/{width}"


def bundle(commitments: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle of entries."""
    return b"".join(len(one).to_bytes(2, "big") + one for one in commitments)


def write(name: str, content: bytes) -> None:
    """Put a file there whole or not at all; one that is the same already is left."""
    target = folder() / name
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)


def forget_partials(level: int | str, index: int) -> None:
    """Remove the narrower tiles of one that is whole now."""
    shutil.rmtree(folder() / f"{tile_path(level, index)}.p", ignore_errors=True)


def find(level: int | str, index: int, width: int) -> Path | None:
    """Return the file with the first ``width`` of a tile: that partial one, the whole one, or a wider one."""
    exact, whole = (folder() / tile_path(level, index, one) for one in (width, WIDTH))
    if exact.is_file():
        return exact
    if whole.is_file() or width == WIDTH:
        return whole if whole.is_file() else None
    # Sealed twice, published once: the width in between was never a file.
    there = (file for file in exact.parent.glob("[0-9]*") if int(file.name) > width)
    return min(there, key=lambda file: int(file.name), default=None)


def read_tile(level: int, index: int, width: int) -> bytes:
    """
    Return the first ``width`` hashes of a tile.

    :raises TileDamaged: there is none, or it is too short
    """
    file = find(level, index, width)
    content = file.read_bytes() if file else b""
    if len(content) < width * HASH or len(content) % HASH:
        raise TileDamaged(tile_path(level, index, width))
    return content[: width * HASH]


class TileTree:
    """Answers for perfect subtrees of a tree of this size from the files."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tile = lru_cache(maxsize=512)(self._read)

    def __call__(self, level: int, index: int) -> bytes:
        """:raises TileDamaged: a file that is needed is not as it should be"""
        tile_level, height = divmod(level, HEIGHT)
        start = index << height
        hashes = self._tile(tile_level, start // WIDTH)
        first = start % WIDTH
        return _perfect(hashes[first * HASH : (first + (1 << height)) * HASH])

    def _read(self, level: int, index: int) -> bytes:
        there = (self.size >> (HEIGHT * level)) - index * WIDTH
        return read_tile(level, index, min(WIDTH, there))


def tile_root(content: bytes) -> bytes:
    """Return the hash over a whole tile, which stands in the tile above it."""
    return _perfect(content)


def _perfect(hashes: bytes) -> bytes:
    row = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
