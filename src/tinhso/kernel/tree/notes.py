"""Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tinhso.kernel.tree.merkle import HASH

ED25519 = b"\x01"
DASH = "— "


class BadNote(Exception):  # noqa: N818  (named by what is wrong)
    """The text is no signed note, or nobody we know has signed it."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """
    Whose signatures count.

    :param name: the log's origin, e.g. ``dichvucong.quangninh.gov.vn/so-cai``
    :param raw: 32 bytes
    """

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that name the key in a signature line."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        """Return the key as it is handed to people: name+id+base64."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """:raises BadNote: this is no key of the kind we use"""
        try:
            name, key_id, encoded = text.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise BadNote("the key is not written as name+id+base64") from None
        if len(raw) != 1 + HASH or raw[:1] != ED25519:
            raise BadNote("the key is not an Ed25519 key")
        key = cls(name, raw[1:])
        if key.id.hex() != key_id:
            raise BadNote("the id of the key does not fit the key")
        return key


class NoteSigner(Protocol):
    """What can sign a note."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, text: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FileSigner:
    """A key that lies in the key file of the installation."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.name, self._key().public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        return self._key().sign(text)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: so many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """:raises BadNote: this is no checkpoint"""
        lines = text.split("\n")
        try:
            origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        except (IndexError, ValueError, binascii.Error):
            raise BadNote("the note is not a checkpoint") from None
        if not origin or len(root) != HASH or lines[1] != str(size) or size < 0:
            raise BadNote("the note is not a checkpoint")
        return cls(origin, size, root)


def sign(text: str, signers: Sequence[NoteSigner]) -> str:
    """Return the note: the text, an empty line, one line for each signature."""
    lines = []
    for signer in signers:
        key = signer.public
        signature = base64.b64encode(key.id + signer.sign(text.encode())).decode()
        lines.append(f"{DASH}{key.name} {signature}\n")
    return f"{text}\n{''.join(lines)}"


def opened(note: str, keys: Iterable[PublicKey]) -> tuple[str, tuple[PublicKey, ...]]:
    """
    Return the text and the known keys that signed it.

    :raises BadNote: no known key signed it, or a line of a known key does not hold
    """
    text, found, signatures = note.rpartition("\n\n")
    if not found or not note.endswith("\n"):
        raise BadNote("the note has no signature")
    text += "\n"
    known = {(key.name, key.id): key for key in keys}
    signed = []
    for line in signatures.splitlines():
        key, signature = _line(line, known)
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text.encode())
        except InvalidSignature:
            raise BadNote(f"the signature of {key.name} does not hold") from None
        signed.append(key)
    if not signed:
        raise BadNote("no known key has signed the note")
    return text, tuple(signed)


def open_checkpoint(note: str, keys: Iterable[PublicKey]) -> Checkpoint:
    """
    Return the checkpoint of a note.

    :raises BadNote: the signature does not hold, or the text is no checkpoint of the log of that name
    """
    text, signed = opened(note, keys)
    checkpoint = Checkpoint.parse(text)
    if all(key.name != checkpoint.origin for key in signed):
        raise BadNote("the checkpoint is of another log than its signature")
    return checkpoint


def _line(line: str, known: dict[tuple[str, bytes], PublicKey]) -> tuple[PublicKey | None, bytes]:
    name, found, encoded = line.removeprefix(DASH).rpartition(" ")
    if not line.startswith(DASH) or not found:
        raise BadNote("a line of the signatures is not one")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise BadNote("a line of the signatures is not one") from None
    return known.get((name, raw[:4])), raw[4:]
