"""What must be there before anybody can be served. Each step does nothing when its work is done already."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """
    :param title: as the operator reads it
    :param act: does the work; returns lines worth showing at the end
    """

    title: Any
    act: Callable[[datetime], Iterable[str] | None]


def steps() -> tuple[Step, ...]:
    """Return the steps in their order. Django must be up."""
    rooms = tuple(
        Step(title, _function_of(module, name))
        for title, module, name in _ROOMS
        if find_spec(module) is not None
    )
    return (Step(_("Bảng dữ liệu"), migrate), *rooms, Step(_("Tệp giao diện"), collect_static))


# Functions that take ``at`` by name: territory first, because agencies lie in it, and people last.
_ROOMS = (
    (_("Đơn vị hành chính"), "tinhso.territory.loading", "load_units"),
    (_("Thủ tục và biểu mẫu"), "tinhso.definitions.publishing", "publish_packs"),
    (_("Người và cơ quan trong bản trình diễn"), "tinhso.cli.seed", "seed"),
)


def migrate(at: datetime) -> None:
    """Bring the tables up to date."""
    del at
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def collect_static(at: datetime) -> None:
    """Gather and compress what pages load, when any of it has changed."""
    del at
    mark = Path(settings.STATIC_ROOT).with_name("static.sha256")
    fingerprint = _fingerprint(_static_folders())
    if mark.exists() and mark.read_text(encoding="ascii") == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(fingerprint, encoding="ascii")


def _static_folders() -> list[Path]:
    of_apps = [Path(app.path) / "static" for app in apps.get_app_configs()]
    return [Path(folder) for folder in settings.STATICFILES_DIRS] + of_apps


def _fingerprint(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _function_of(module: str, name: str) -> Callable[[datetime], Iterable[str] | None]:
    """Return the function, found when called: its module needs models."""

    def act(at: datetime) -> Iterable[str] | None:
        lines: Iterable[str] | None = getattr(import_module(module), name)(at=at)
        return lines

    return act
