"""
A database with the tables made and the packs published, from which each process of tests copies its own.

To make it takes a quarter of a minute, to copy it a quarter of a second. Its name tells what it was made of:
other migrations or packs, or other ways to read the packs, make another, and those before it are removed.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tinhso.definitions import catalogue
from tinhso.definitions.packs import packs_folder
from tinhso.settings.env import env

PREFIX, UNFINISHED = "tinhso_tests_", "tinhso_tests_unfinished"
SOURCES = {".py", ".sql", ".yaml", ".typ"}
HOME = "postgres"  # the database to stand in while others are made and removed


def template() -> str:
    """Return the name of the database to copy, and make it if it is not there."""
    name = PREFIX + _fingerprint()
    with _alone(), _standing_in(HOME):
        present = _all()
        if name in present:
            return name
        for old in present:
            _do(f'DROP DATABASE "{old}"')
        _do(f'CREATE DATABASE "{UNFINISHED}"')
        with _standing_in(UNFINISHED):
            call_command("migrate", interactive=False, verbosity=0)
            catalogue.publish_packs(at=datetime.now(UTC))
            catalogue.forget()
        _do(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')
    return name


def _fingerprint() -> str:
    """Return a number for what the tables and what is published are made of."""
    digest = sha256()
    for folder in [*_migrations(), Path(catalogue.__file__).parent, packs_folder()]:
        for path in sorted(one for one in folder.rglob("*") if one.suffix in SOURCES):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrations() -> Iterator[Path]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.migrations"):
            yield Path(str(import_module(f"{config.name}.migrations").__path__[0]))


def _all() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [name for (name,) in cursor.fetchall()]


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _standing_in(name: str) -> Iterator[None]:
    """Be connected to another database of the same server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other process make or remove one meanwhile."""
    with (env.var / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
