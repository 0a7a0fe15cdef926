"""Secrets that a stand-in shares with the platform through a file in ``var/``."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory


def shared_secret(path: Path) -> str:
    """Read the secret the platform keeps, or make it, whoever of the two comes first."""
    if not path.exists():
        with TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
            with suppress(FileExistsError):
                path.hardlink_to(fresh)
    return path.read_text(encoding="ascii")
