"""Secrets that belong to one installation: given by the operator, or made once and kept in ``var/``."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from tinhso.settings.env import Environment


def secret_key(env: Environment) -> str:
    """
    Return the key that signs sessions.

    :raises RuntimeError: in production no key is given; one that nobody chose must not guard real people
    """
    return _given_or_kept(env, env.secret_key, "secret_key")


def bank_secret(env: Environment) -> str:
    """
    Return the secret shared with the bank; the stand-in bank reads the same file.

    :raises RuntimeError: in production none is given
    """
    return _given_or_kept(env, env.bank_secret, "bank_secret")


def platform_keys(env: Environment) -> tuple[str, str]:
    """
    Return key 1 and key 2 of the portal's payment platform; the stand-in reads the same files.

    :raises RuntimeError: in production it is connected and a key is not given
    """
    if not env.platform_url:
        return "", ""
    return (
        _given_or_kept(env, env.platform_key1, "platform_key1"),
        _given_or_kept(env, env.platform_key2, "platform_key2"),
    )


def national_portal_secrets(env: Environment) -> tuple[str, str]:
    """
    Return our password at the national portal and the key it signs with; the stand-in reads the same files.

    :raises RuntimeError: in production it is connected and one is not given
    """
    if not env.national_portal_url:
        return "", ""
    return (
        _given_or_kept(env, env.national_portal_password, "national_portal_password"),
        _given_or_kept(env, env.national_portal_key, "national_portal_key"),
    )


def population_token(env: Environment) -> str:
    """
    Return the bearer token of the population database; the stand-in reads the same file.

    :raises RuntimeError: in production it is connected and none is given
    """
    return _given_or_kept(env, env.population_token, "population_token") if env.population_url else ""


def _given_or_kept(env: Environment, given: SecretStr | None, name: str) -> str:
    if given:
        return given.get_secret_value()
    if env.mode == "production":
        raise RuntimeError(f"TINHSO_{name.upper()} is not set. Set it to at least 50 random characters.")
    path = env.var / name
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Make the file whole or not at all: two processes that start together must agree on one secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent) as folder:
        fresh = Path(folder) / path.name
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
