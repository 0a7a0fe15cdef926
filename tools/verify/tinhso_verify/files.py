"""The public files of a log (c2sp.org/tlog-tiles), from a folder or an address."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from tinhso_verify.trees import hash_children, hash_leaf, root_of_size
from tinhso_verify.words import Unreadable, Wrong

WIDTH, HASH, HEIGHT = 256, 32, 8
LARGEST = 64 * 1024
Read = Callable[[str], bytes | None]


def reader(place: str) -> Read:
    """Return a function that gives the bytes of a file below the place, None where there is none."""
    if place.startswith(("http://", "https://")):
        return lambda name: _fetched(f"{place.rstrip('/')}/{name}")
    folder = Path(place)
    if not folder.is_dir():
        raise Unreadable("not-reachable", file=place, why="folder")
    return lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None


def _fetched(url: str) -> bytes | None:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  (http and https only)
            content: bytes = answer.read(LARGEST)
            return content
    except urllib.error.HTTPError as problem:
        if problem.code in (404, 410):
            return None
        raise Unreadable("not-reachable", file=url, why=problem.code) from None
    except OSError as problem:
        raise Unreadable("not-reachable", file=url, why=problem) from None


def tile_name(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return ``tile/<L>/<N>[.p/<W>]``: the index in groups of three digits, all but the last with an x."""
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join(["tile", str(level), *(f"x{group}" for group in groups[:-1]), groups[-1]])
    return name if width == WIDTH else f"{name}.p/{width}"


class Tiles:
    """The tiles of one tree of this size."""

    def __init__(self, read: Read, size: int) -> None:
        self._read, self.size = read, size
        self.tile = lru_cache(maxsize=1024)(self._tile)

    def subtree(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree of 2^level leaves."""
        tile_level, height = divmod(level, HEIGHT)
        first, count = index << height, 1 << height
        content = self.tile(tile_level, first // WIDTH)
        at = first % WIDTH * HASH
        return _over(content[at : at + count * HASH])

    def root(self, size: int) -> bytes:
        """Return the root over the first ``size`` leaves."""
        return root_of_size(size, self.subtree)

    def entries(self) -> Iterator[tuple[int, str, list[bytes]]]:
        """Yield index, name and entries of each bundle. :raises Wrong: it is missing, cut off or malformed"""
        for index in range(-(-self.size // WIDTH)):
            width = min(WIDTH, self.size - index * WIDTH)
            name, content = self._had("entries", index, width, width * (HASH + 2))
            items = [content[at : at + HASH + 2] for at in range(0, width * (HASH + 2), HASH + 2)]
            for place, item in enumerate(items):
                if item[:2] != HASH.to_bytes(2, "big"):
                    raise Wrong("bundle-altered", file=name, place=place)
            yield index, name, [item[2:] for item in items]

    def _tile(self, level: int, index: int) -> bytes:
        width = min(WIDTH, (self.size >> (HEIGHT * level)) - index * WIDTH)
        return self._had(level, index, width, width * HASH)[1]

    def _had(self, level: int | str, index: int, width: int, wanted: int) -> tuple[str, bytes]:
        for name in dict.fromkeys((tile_name(level, index, width), tile_name(level, index))):
            content = self._read(name)
            if content is None:
                continue
            if len(content) < wanted:
                raise Wrong("file-truncated", file=name, there=len(content), wanted=wanted)
            return name, content[:wanted]
        raise Wrong("file-missing", file=tile_name(level, index, width))


def check_all(tiles: Tiles) -> None:
    """Compute every tile from the entries below it. :raises Wrong: one is not what they make"""
    for index, _name, entries in tiles.entries():
        _compare(tiles, 0, index, b"".join(hash_leaf(entry) for entry in entries))
    level = 1
    while wide := tiles.size >> (HEIGHT * level):
        for index in range(-(-wide // WIDTH)):
            below = range(index * WIDTH, min((index + 1) * WIDTH, wide))
            _compare(tiles, level, index, b"".join(_over(tiles.tile(level - 1, one)) for one in below))
        level += 1


def _compare(tiles: Tiles, level: int, index: int, wanted: bytes) -> None:
    there = tiles.tile(level, index)
    for place in range(len(wanted) // HASH):
        at = slice(place * HASH, (place + 1) * HASH)
        if there[at] != wanted[at]:
            name = tile_name(level, index, len(wanted) // HASH)
            raise Wrong("tile-altered", file=name, place=place)


def _over(hashes: bytes) -> bytes:
    row = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [hash_children(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
