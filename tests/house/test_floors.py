"""Floors: a table may point at tables of its own app or of floors below, never up or sideways."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from tests.house.reading import PACKAGE, expect_none

# From the ground up. Apps on one floor do not know each other. Imports are checked by import-linter; foreign
# keys are strings and are checked here.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"kernel"}),
    frozenset({"frame"}),
    frozenset({"audit"}),
    frozenset({"places"}),
    frozenset({"people"}),
    frozenset({"organizations"}),
    frozenset({"notices", "documents", "ledgers"}),
    frozenset({"gatherings", "ballots", "exchange", "devices"}),
    frozenset({"matters"}),
    frozenset(
        {
            "deliberation", "mediation", "volunteering", "services", "property", "care", "safety", "gridwork",
            "partybuilding", "supervision",
        }
    ),
    frozenset({"command", "founding"}),
    frozenset({"site"}),
)  # fmt: skip

# Tables of other packages a foreign key may name, and why.
OUTSIDE = {
    "auth.Group": "Django's own user class brings it; Linli grants powers by posts and leaves it empty",
    "auth.Permission": "as above",
}


def floor(app: str) -> int:
    """The number of an app's floor; unknown apps have none."""
    return next(number for number, names in enumerate(FLOORS) if app in names)


def upward(tables: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys that point up or sideways."""
    wrong = []
    for table in tables:
        app = table._meta.app_label
        for field in [*table._meta.local_fields, *table._meta.local_many_to_many]:
            if not field.is_relation or field.related_model is None:
                continue
            target = field.related_model._meta
            name = f"{table._meta.label}.{field.name} → {target.label}"
            if not target.app_config.name.startswith("linli."):
                if target.label not in OUTSIDE:
                    wrong.append(f"{name}: outside, without a reason")
            elif target.app_label != app and floor(target.app_label) >= floor(app):
                wrong.append(name)
    return wrong


def own_tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_config.name.startswith("linli.")]


def test_every_app_has_a_floor() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    known = frozenset().union(*FLOORS) | {"practices"}
    assert folders <= known


def test_no_app_is_empty() -> None:
    for path in PACKAGE.iterdir():
        if (path / "__init__.py").is_file() and path.name != "practices":
            code = [file for file in path.rglob("*.py") if file.name not in ("__init__.py", "apps.py")]
            assert code, f"{path.name} holds nothing"


def test_foreign_keys_point_down() -> None:
    expect_none(upward(own_tables()))


def test_a_foreign_key_upward_is_seen() -> None:
    class Upward(models.Model):
        matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "places"

    try:
        assert upward([Upward]) == ["places.Upward.matter → matters.Matter"]
    finally:
        del apps.all_models["places"]["upward"]
        apps.clear_cache()


def test_the_audit_has_no_foreign_keys() -> None:
    tables = apps.get_app_config("audit").get_models()
    expect_none([field.name for table in tables for field in table._meta.local_fields if field.is_relation])


def test_no_generic_foreign_keys() -> None:
    expect_none([table._meta.label for table in own_tables() if table._meta.private_fields])


def test_no_time_comes_from_the_database_or_django() -> None:
    """`auto_now` reads a clock that `kernel.clock.at` cannot stop."""
    named = [
        f"{table._meta.label}.{field.name}"
        for table in own_tables()
        for field in table._meta.local_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    assert named == []
