"""Where sealed files lie: on disk now; anything that keeps bytes under a name can take its place."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol


class Storage(Protocol):
    """Keeps blobs by name. A blob is there whole or not at all, and never changes."""

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep the pieces as one blob; on return it survives a power cut."""

    def open(self, name: str) -> BinaryIO:
        """Return a seekable stream. :raises FileNotFoundError: there is no such blob"""

    def delete(self, name: str) -> None:
        """Remove the blob, if it is there."""

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Yield every blob's name and the moment it was written."""


class DiskStorage:
    """
    Blobs in a folder, spread over 256 sub-folders by the end of their names.

    The end, because the start of a UUIDv7 is the time and would fill one folder after the other.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = target.with_name(f".{name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as blob:
                blob.writelines(pieces)
                blob.flush()
                os.fsync(blob.fileno())
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        for path in self._root.glob("??/*"):
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)

    def _path(self, name: str) -> Path:
        if "/" in name or name.startswith("."):
            raise ValueError(f"not a blob's name: {name!r}")
        return self._root / name[-2:] / name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
