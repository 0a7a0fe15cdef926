"""Signed notes and checkpoints: c2sp.org/signed-note and c2sp.org/tlog-checkpoint, Ed25519 only."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tinhso_verify.words import Unreadable, Wrong


@dataclass(frozen=True)
class Key:
    """A public key with the name it signs under."""

    name: str
    key_id: bytes
    public: Ed25519PublicKey


@dataclass(frozen=True)
class Checkpoint:
    """What was signed: so many entries, this root. ``note`` are the very bytes a time stamp is over."""

    origin: str
    size: int
    root: bytes
    note: bytes


def read_key(text: str) -> Key:
    """Read ``name+id+base64``. :raises Unreadable: it is none"""
    try:
        name, key_id, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if raw[:1] != b"\x01" or len(raw) != 33:
            raise ValueError
        expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if expected.hex() != key_id:
            raise ValueError
        return Key(name, expected, Ed25519PublicKey.from_public_bytes(raw[1:]))
    except (ValueError, binascii.Error):
        raise Unreadable("key-unreadable", key=text.strip()[:60]) from None


def open_checkpoint(note: bytes, keys: list[Key]) -> Checkpoint:
    """
    Return the checkpoint, once a known key has signed it.

    :raises Wrong: a signature of a known key does not hold, or no known key has signed
    :raises Unreadable: this is no signed checkpoint
    """
    try:
        text, _blank, lines = note.decode().rpartition("\n\n")
        signed = (text + "\n").encode()
        origin, size, root = text.split("\n")[:3]
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), note)
        signatures = [line.split(" ") for line in lines.splitlines()]
        parsed = [(name, base64.b64decode(blob, validate=True)) for _dash, name, blob in signatures]
        if len(found.root) != 32 or str(found.size) != size or found.size < 0:
            raise ValueError
    except (ValueError, binascii.Error):
        raise Unreadable("checkpoint-unreadable") from None
    _require_signature(signed, parsed, keys, origin)
    return found


def _require_signature(
    signed: bytes, signatures: list[tuple[str, bytes]], keys: list[Key], origin: str
) -> None:
    known = {(key.name, key.key_id): key for key in keys if key.name == origin}
    good = 0
    for name, blob in signatures:
        key = known.get((name, blob[:4]))
        if key is None:
            continue
        try:
            key.public.verify(blob[4:], signed)
        except InvalidSignature:
            raise Wrong("signature-forged", key=name) from None
        good += 1
    if not good:
        raise Wrong("signed-by-nobody-known", origin=origin)
