"""Migrations: in step with the tables, reversible, and without data."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.translation import override

# Migrations that cannot be undone, or hold code, and why: "app.name" → reason.
SAY_WHY: dict[str, str] = {}

DATA = re.compile(r"^\s*(insert|copy|update|delete)\b", re.IGNORECASE | re.MULTILINE)


def own() -> Iterator[tuple[str, migrations.Migration]]:
    """Linli's own migrations by name."""
    loader = MigrationLoader(None)
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if apps.get_app_config(label).name.startswith("linli."):
            yield f"{label}.{name}", migration


def parts(operations: list[Operation]) -> Iterator[Operation]:
    """Operations, those inside others too."""
    for operation in operations:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from parts(operation.database_operations)


def faults(name: str, operations: list[Operation]) -> list[str]:
    """What a migration may not hold."""
    wrong = []
    for operation in parts(operations):
        if not operation.reversible:
            wrong.append(f"{name}: {type(operation).__name__} does not reverse")
        if isinstance(operation, migrations.RunPython):
            wrong.append(f"{name}: runs Python, so it can hold data")
        if isinstance(operation, migrations.RunSQL) and DATA.search(str(operation.sql)):
            wrong.append(f"{name}: writes rows")
    return wrong


def test_nothing_is_left_to_migrate() -> None:
    with override(None):  # names of Django's own fields are in no language, as in `makemigrations`
        loader = MigrationLoader(None)
        state = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    ours = {label for label in changes if apps.get_app_config(label).name.startswith("linli.")}
    assert ours == set(), "a table changed without its migration: django makemigrations"


def test_every_migration_reverses_and_holds_no_data() -> None:
    assert [
        fault for name, each in own() if name not in SAY_WHY for fault in faults(name, each.operations)
    ] == []


def test_no_two_migrations_of_an_app_are_last() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RunSQL("CREATE SEQUENCE x"),
        migrations.RunSQL("INSERT INTO x VALUES (1)", "SELECT 1"),
        migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("CREATE SEQUENCE x")]),
    ],
)
def test_a_violation_is_seen(operation: Operation) -> None:
    assert faults("places.0002", [operation])


def test_a_plain_migration_passes() -> None:
    create = migrations.CreateModel("X", [("id", models.BigAutoField(primary_key=True))])
    sequence = migrations.RunSQL("CREATE SEQUENCE x", "DROP SEQUENCE x")
    assert faults("places.0002", [create, sequence]) == []
