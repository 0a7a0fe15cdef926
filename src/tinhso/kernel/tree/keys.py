"""
The keys that sign checkpoints: ``var/keys/ledger.json``, readable by its owner only.

Whoever has a key can sign another history; whoever loses all of them can seal no more under this name, while
everything sealed stays checkable. Retired keys stay in the file, because old checkpoints need them.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.tree.notes import FileSigner, PublicKey

SEED = 32


@dataclass(frozen=True)
class LogKeys:
    """
    :param origin: the log's name for ever: host and path of its public files, without a scheme
    :param signing: seeds of the keys that sign now; two of them while one takes over from the other
    :param retired: public keys that signed before
    """

    origin: str
    signing: tuple[bytes, ...]
    retired: tuple[bytes, ...] = ()

    @property
    def signers(self) -> tuple[FileSigner, ...]:
        return tuple(FileSigner(self.origin, seed) for seed in self.signing)

    @property
    def public(self) -> tuple[PublicKey, ...]:
        """Every key whose signatures count, those that sign now first."""
        now = tuple(signer.public for signer in self.signers)
        return now + tuple(PublicKey(self.origin, raw) for raw in self.retired)

    def with_new_key(self) -> "LogKeys":
        """Return the keys with a fresh one that signs first."""
        return replace(self, signing=(secrets.token_bytes(SEED), *self.signing))

    def without(self, key_id: str) -> "LogKeys":
        """
        Return the keys with one of them retired: it signs no more, what it signed still counts.

        :raises ValueError: no key that signs has this id, or it is the only one
        """
        going = next((one for one in self.signers if one.public.id.hex() == key_id), None)
        if going is None:
            raise ValueError(f"no key that signs has the id {key_id}")
        if len(self.signing) == 1:
            raise ValueError("the only key cannot be retired; make a new one first")
        left = tuple(seed for seed in self.signing if seed != going.seed)
        return replace(self, signing=left, retired=(*self.retired, going.public.raw))


def path() -> Path:
    """Return where the keys of this installation's log lie."""
    return Path(settings.LEDGER_KEYS)


def load() -> LogKeys:
    """:raises MissingKey: there are none; they come back from the backup"""
    try:
        content = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingKey(
            f"there are no keys of the ledger at {path()}; bring them back from the backup"
        ) from None
    signing, retired = (tuple(map(base64.b64decode, content[name])) for name in ("signing", "retired"))
    return LogKeys(content["origin"], signing, retired)


def create(origin: str) -> LogKeys:
    """Make the first key, unless somebody made one in the meantime; return what is there."""
    partial = _write_partial(LogKeys(origin, (secrets.token_bytes(SEED),)))
    try:
        os.link(partial, path())
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    return load()


def save(keys: LogKeys) -> None:
    """Replace the file in one step."""
    _write_partial(keys).replace(path())


def origin_of(base_url: str) -> str:
    """Return the name of a log that is published below this address."""
    return f"{base_url.partition('://')[2].rstrip('/')}/so-cai"


def _write_partial(keys: LogKeys) -> Path:
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "origin": keys.origin,
        "signing": [base64.b64encode(one).decode() for one in keys.signing],
        "retired": [base64.b64encode(one).decode() for one in keys.retired],
    }
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return partial
