"""The tables are what the models say; while nothing is released each room has one first migration."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils import translation

from tinhso.kernel.migrating import folded

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tinhso"
# What models cannot say: it may follow the first migration.
IN_SQL = (migrations.RunSQL, migrations.RunPython)
OURS = [config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(SOURCE)]


def lacking(state: ProjectState) -> list[str]:
    """Return what the rooms' models have and no migration makes."""
    loader = MigrationLoader(None)
    # Names for readers are translated; migrations hold them as they are written.
    with translation.override(None):
        found = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    steps = [(room, step) for room in OURS for step in found.get(room, [])]
    return [f"{room}: {operation.describe()}" for room, step in steps for operation in step.operations]


def later_changes(names: dict[str, list[Operation]]) -> list[str]:
    """Return what a migration after the first does to models; it belongs into the first."""
    return [
        f"{name}: {operation.describe()}"
        for name, operations in names.items()
        if not name.startswith("0001_")
        for operation in operations
        if not isinstance(operation, IN_SQL)
    ]


def test_every_model_has_its_migration() -> None:
    assert lacking(ProjectState.from_apps(apps)) == [], "call tinhso manage makemigrations"


def test_each_room_has_one_first_migration() -> None:
    written = MigrationLoader(None).disk_migrations
    for room in OURS:
        operations = {name: list(step.operations) for (of, name), step in written.items() if of == room}
        assert later_changes(operations) == [], room
        assert len([name for name in operations if name.startswith("0001_")]) <= 1


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_and_done_again() -> None:
    before = set(connection.introspection.table_names())
    executor = MigrationExecutor(connection)
    try:
        executor.migrate([(room, None) for room in OURS if executor.loader.graph.leaf_nodes(room)])
        assert "dossier" not in connection.introspection.table_names()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert set(connection.introspection.table_names()) == before


def test_the_guard_sees_a_column_without_migration() -> None:
    state = ProjectState.from_apps(apps)
    state.add_field("kernel", "sequence", "forgotten", models.BooleanField(null=True), True)

    assert lacking(state) == ["kernel: Add field forgotten to sequence"]


def test_the_guard_sees_a_second_change_of_models() -> None:
    added = migrations.AddField("sequence", "forgotten", models.BooleanField())

    assert later_changes({"0001_initial": [added], "0002_more": [added, migrations.RunSQL("")]}) == [
        "0002_more: Add field forgotten to sequence"
    ]


def test_an_index_stands_in_its_table_unless_the_table_gets_a_field_between() -> None:
    one, other = (migrations.CreateModel(name, [("id", models.IntegerField())]) for name in ("One", "Other"))
    index, late = models.Index(fields=["id"], name="one_id"), models.Index(fields=["more"], name="other_more")
    rule = models.CheckConstraint(condition=models.Q(id__gt=0), name="one_positive")
    field = migrations.AddField("other", "more", models.IntegerField())
    steps = [one, other, migrations.AddIndex("one", index), field, migrations.AddIndex("other", late)]

    kept = folded([*steps, migrations.AddConstraint("one", rule)])

    assert kept == [one, other, field, steps[-1]]
    assert one.options == {"indexes": [index], "constraints": [rule]}
    assert other.options == {}
