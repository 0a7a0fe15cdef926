"""
The ring of keys that wrap the files' own keys: ``var/keys/files.json``, readable by its owner only.

Whoever has the ring and the storage can read every file; whoever loses the ring can read none. Back it up,
apart from both. Old keys stay on the ring, because old backups need them.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from tinhso.kernel.sealing import new_key


@dataclass(frozen=True)
class KeyRing:
    """
    :param current: id of the key that wraps new files
    :param keys: key by id, 32 bytes each
    """

    current: str
    keys: dict[str, bytes]

    def with_new_key(self, key_id: str) -> "KeyRing":
        """Return the ring with a fresh key as the current one. Ids are never used twice."""
        if key_id in self.keys:
            raise ValueError(f"key {key_id} is on the ring already")
        return replace(self, current=key_id, keys=self.keys | {key_id: new_key()})


class MissingKey(Exception):  # noqa: N818  (named by what is wrong)
    """The ring, or a key that files are wrapped with, is gone; the remedy is the operators' backup."""


def load(path: Path) -> KeyRing:
    """
    Read the ring.

    :raises MissingKey: there is none
    """
    try:
        content = json.loads(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise MissingKey(f"there is no key ring at {path}; bring it back from the backup") from None
    return KeyRing(content["current"], {name: base64.b64decode(key) for name, key in content["keys"].items()})


def create(path: Path, *, key_id: str) -> KeyRing:
    """Make a ring with one key, unless somebody made one in the meantime; return the one that is there."""
    partial = _write_partial(path, KeyRing(key_id, {key_id: new_key()}))
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    return load(path)


def save(path: Path, ring: KeyRing) -> None:
    """Replace the ring in one step."""
    _write_partial(path, ring).replace(path)


def _write_partial(path: Path, ring: KeyRing) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = {key_id: base64.b64encode(key).decode() for key_id, key in ring.keys.items()}
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"current": ring.current, "keys": keys}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return partial
