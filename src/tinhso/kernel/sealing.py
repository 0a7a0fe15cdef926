"""
How a file is sealed: AES-256-GCM in chunks, so that a big one never sits in memory and any part can be read.

Layout: ``TINHSO1\\0``, then chunks of :data:`CHUNK` bytes of plain text (the last shorter, perhaps empty),
each followed by its 16-byte tag. A chunk's nonce is its index, which is safe because no two files share a
key. The additional data of a chunk are the file's id, the index and whether it is the last: a chunk that was
moved, dropped, repeated or taken from another file does not open (the STREAM construction of Hoang et al.,
*Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance*, CRYPTO 2015).
"""

import hashlib
import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"TINHSO1\0"
CHUNK = 256 * 1024
TAG = 16
NONCE = 12


class DamagedFile(Exception):  # noqa: N818  (named by what is wrong)
    """The sealed bytes are not those that were written, or the key is not theirs. A matter for operators."""


def new_key() -> bytes:
    """Return 32 fresh bytes for AES-256."""
    return secrets.token_bytes(32)


def wrap_key(*, wrapping_key: bytes, key: bytes, file_id: UUID) -> bytes:
    """Return a file's key sealed under a key of the ring: nonce, then text and tag (60 bytes)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, key, file_id.bytes)


def unwrap_key(*, wrapping_key: bytes, wrapped: bytes, file_id: UUID) -> bytes:
    """
    Return a file's key.

    :raises DamagedFile: the wrapping key is not the right one, or the row was altered
    """
    try:
        return AESGCM(wrapping_key).decrypt(wrapped[:NONCE], wrapped[NONCE:], file_id.bytes)
    except InvalidTag:
        raise DamagedFile(f"the key of file {file_id} does not open") from None


def sealed_size(size: int) -> int:
    """Return how many bytes a plain text of this size takes when sealed."""
    return len(MAGIC) + size + TAG * _count(size)


class Sealer:
    """Seals one stream; afterwards ``size`` and ``sha256`` describe the plain text."""

    def __init__(self, *, content: BinaryIO, key: bytes, file_id: UUID) -> None:
        self._content = content
        self._cipher = AESGCM(key)
        self._file_id = file_id
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """Yield the sealed file piece by piece."""
        yield MAGIC
        index, chunk = 0, self._read()
        while True:
            following = self._read() if len(chunk) == CHUNK else b""
            is_last = not following
            yield self._cipher.encrypt(_nonce(index), chunk, _context(self._file_id, index, is_last))
            if is_last:
                return
            index, chunk = index + 1, following

    def _read(self) -> bytes:
        parts: list[bytes] = []
        missing = CHUNK
        while missing and (part := self._content.read(missing)):
            parts.append(part)
            missing -= len(part)
        chunk = b"".join(parts)
        self._digest.update(chunk)
        self.size += len(chunk)
        return chunk


class Unsealer(io.RawIOBase):
    """
    Reads a sealed file as if it were plain; any position may be sought.

    :raises DamagedFile: on opening or reading, as soon as something is not as it was written
    """

    def __init__(self, *, sealed: BinaryIO, key: bytes, file_id: UUID, size: int) -> None:
        super().__init__()
        self._sealed = sealed
        self._cipher = AESGCM(key)
        self._file_id = file_id
        self._size = size
        self._position = 0
        self._loaded: tuple[int, bytes] = (-1, b"")
        if sealed.seek(0, io.SEEK_END) != sealed_size(size):
            raise DamagedFile(f"file {file_id} is not as long as it was written")
        sealed.seek(0)
        if sealed.read(len(MAGIC)) != MAGIC:
            raise DamagedFile(f"file {file_id} does not start as a sealed file does")
        if size == 0:
            self._chunk(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._position >= self._size:
            return 0
        index, start = divmod(self._position, CHUNK)
        piece = self._chunk(index)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._sealed.close()
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._loaded[0] != index:
            self._sealed.seek(len(MAGIC) + index * (CHUNK + TAG))
            sealed = self._sealed.read(CHUNK + TAG)
            context = _context(self._file_id, index, index == _count(self._size) - 1)
            try:
                self._loaded = (index, self._cipher.decrypt(_nonce(index), sealed, context))
            except InvalidTag:
                raise DamagedFile(f"file {self._file_id} is damaged in chunk {index}") from None
        return self._loaded[1]


def _count(size: int) -> int:
    return max(1, -(-size // CHUNK))


def _nonce(index: int) -> bytes:
    return index.to_bytes(NONCE, "big")


def _context(file_id: UUID, index: int, is_last: bool) -> bytes:
    return file_id.bytes + index.to_bytes(8, "big") + (b"\1" if is_last else b"\0")
