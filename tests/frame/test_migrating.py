"""Tables made together: whatever the order of the models, and undone again."""

from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from linli.frame.migrating import TablesTogether


def together() -> TablesTogether:
    """Two models that point at each other: Django alone would ask for the second before it is there."""
    first, second = (
        CreateModel(
            name,
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("other", models.ForeignKey(other, models.CASCADE, related_name="+")),
            ],
        )
        for name, other in (("Hen", "farm.Egg"), ("Egg", "farm.Hen"))
    )
    migration = TablesTogether("0001_initial", "farm")
    migration.operations = [first, second]
    return migration


def test_models_that_point_at_each_other_are_made_and_tied_together(db: None) -> None:
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        after = together().apply(ProjectState(), editor)
    said = "\n".join(editor.collected_sql)
    assert said.index('CREATE TABLE "farm_hen"') < said.index('CREATE TABLE "farm_egg"')
    assert said.count("FOREIGN KEY") == 2
    assert said.index("FOREIGN KEY") > said.index('CREATE TABLE "farm_egg"')
    assert set(after.models) == {("farm", "hen"), ("farm", "egg")}


def test_they_are_dropped_again(db: None) -> None:
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        before = together().unapply(ProjectState(), editor)
    said = "\n".join(editor.collected_sql)
    assert said.index('DROP TABLE "farm_egg"') < said.index('DROP TABLE "farm_hen"')
    assert before.models == {}


def test_the_state_asked_for_is_not_the_one_given() -> None:
    given = ProjectState()
    assert together().mutate_state(given) is not given
    assert given.models == {}
