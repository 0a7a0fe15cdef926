"""
What must be there before anybody can be served. Each step does nothing when its work is done already.

Load this module with ``_django.load``: it needs models.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.people.actions.load_agencies import load_agencies
from tinhso.people.types import system
from tinhso.plans.actions.take_versions import take_versions
from tinhso.registers import held_fields
from tinhso.settings.env import ROOT, env
from tinhso.territory.actions.load_units import load_units

SEED, HALL, RECORDS, PLANS = "sandbox.seed", "sandbox.hall", "sandbox.records", "sandbox.plans"


@dataclass(frozen=True)
class Step:
    """
    :param title: as the operator reads it
    :param act: does the work; returns lines worth showing at the end
    """

    title: Any
    act: Callable[[datetime], Iterable[str] | None]


def steps(*, with_cast: bool) -> tuple[Step, ...]:
    """
    Return the steps in their order.

    :param with_cast: with the people and the sample records of the demonstration
    """
    cast = _cast() if with_cast and (ROOT / "sandbox").is_dir() else ()
    return (
        Step(_("Bảng dữ liệu"), migrate),
        Step(_("Đơn vị hành chính"), draw_map),
        Step(_("Cơ quan"), appoint_agencies),
        Step(_("Thủ tục"), publish_procedures),
        Step(_("Sổ đăng ký"), guard_registers),
        Step(_("Kế hoạch"), keep_plans),
        *cast,
        Step(_("Tệp giao diện"), collect_static),
    )


def _cast() -> tuple[Step, ...]:
    return (
        Step(_("Người trong bản trình diễn"), seed),
        Step(_("Bộ phận một cửa của xã mẫu"), lay_out_hall),
        Step(_("Bản ghi mẫu của các sổ"), fill_registers),
        Step(_("Số liệu mẫu của kế hoạch"), fill_plans),
    )


def migrate(at: datetime) -> None:
    """Bring the tables up to date."""
    del at
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def draw_map(at: datetime) -> None:
    """Bring the administrative units in step with the packs."""
    load_units(at=at, packs=env.packs)


def appoint_agencies(at: datetime) -> None:
    """Bring the agencies in step with the packs."""
    load_agencies(actor=system("preparing"), at=at, packs=env.packs, province=env.province)


def publish_procedures(at: datetime) -> list[str]:
    """Publish what changed in the packs; return what keeps a file from being published."""
    catalogue.publish_packs(at=at)
    return [f"{mistake.file}:{mistake.line}: {mistake.problem}" for mistake in catalogue.problems()]


def seed(at: datetime) -> Iterable[str] | None:
    """Bring in the small cast; return who can sign in and how."""
    # The stand-ins lie beside the package in a checkout, and are no part of an installation.
    sys.path.insert(0, str(ROOT))
    lines: Iterable[str] | None = import_module(SEED).seed(at=at)
    return lines


def guard_registers(at: datetime) -> None:
    """:raises FieldStillHeld: the packs dropped a field, or a register, that records still have"""
    del at
    held_fields.require_none(settings.TINHSO.packs)


def lay_out_hall(at: datetime) -> None:
    """Give the reference commune services and counters, unless somebody has laid its hall out."""
    import_module(HALL).lay_out(at=at)


def fill_registers(at: datetime) -> None:
    """Enter a few sample records, unless the registers hold some."""
    import_module(RECORDS).fill(at=at)


def keep_plans(at: datetime) -> None:
    """Write down the versions of the plan files, so that what changed can be shown."""
    take_versions(at=at)


def fill_plans(at: datetime) -> None:
    """Enter sample values of the plan, unless it has values."""
    import_module(PLANS).fill(at=at)


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
