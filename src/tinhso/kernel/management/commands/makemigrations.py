"""Django's command, whose first migrations hold indexes and constraints in the tables they belong to."""

from typing import Any, cast

from django.core.management.commands.makemigrations import Command as OfDjango
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation

from tinhso.kernel.migrating import folded


class Command(OfDjango):
    def write_migration_files(self, changes: dict[str, list[Migration]], *rest: Any, **named: Any) -> None:
        for migration in (one for of_room in changes.values() for one in of_room):
            steps = cast("list[Operation]", migration.operations)
            steps[:] = folded(steps)
        super().write_migration_files(changes, *rest, **named)
