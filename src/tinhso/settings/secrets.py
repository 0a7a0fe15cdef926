"""Secrets that belong to one installation: given by the operator, or made once and kept in ``var/``."""

import secrets

from tinhso.settings.env import Environment


def secret_key(env: Environment) -> str:
    """
    Return the key that signs sessions.

    :raises RuntimeError: in production no key is given; one that nobody chose must not guard real people
    """
    if env.secret_key:
        return env.secret_key.get_secret_value()
    if env.mode == "production":
        raise RuntimeError("TINHSO_SECRET_KEY is not set. Set it to at least 50 random characters.")
    path = env.var / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")
