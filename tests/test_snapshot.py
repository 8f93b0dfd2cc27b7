"""A world put back is the one that was built: no test can tell the first of a run from those after it."""

import pytest
from django.db import transaction

from linli.kernel.actor import SYSTEM
from linli.organizations.actions import posts
from linli.organizations.kinds import Level
from linli.organizations.models import PostKind
from linli.people.models import Person
from tests import world
from tests.snapshot import Snapshot, filled

RARE = "call-whistle-report"  # no other test asks for a world of this practice


def lines(tables: set[str]) -> dict[str, list[bytes]]:
    """The rows of tables, in no order: where a row lies depends on what was swept up before it."""
    return {name: sorted(text.splitlines()) for name, (_, text) in Snapshot.take(tables).rows.items()}


def test_a_world_put_back_has_the_rows_and_the_names_of_the_one_built(db: None) -> None:
    before = filled()
    point = transaction.savepoint()
    built = world.build(practice=RARE)
    rows = lines(filled() - before)
    transaction.savepoint_rollback(point)

    again = world.build(practice=RARE)
    assert lines(filled() - before) == rows
    assert (again.persons, again.phones, again.places) == (built.persons, built.phones, built.places)


def test_what_a_test_does_to_its_world_stays_its_own(db: None) -> None:
    point = transaction.savepoint()
    first = world.build(practice=RARE)
    world.add_person(first, "guest", "客人")
    first.places["community"].name = "别处"
    transaction.savepoint_rollback(point)

    second = world.build(practice=RARE)
    assert "guest" not in second.persons
    assert second.places["community"].name == "建设社区"
    assert Person.objects.count() == len(second.persons)


def test_a_database_that_has_rows_already_is_built_upon(db: None) -> None:
    posts.set_post_kind(
        by=SYSTEM, code="gardener", title_zh="园丁", title_en="Gardener", level=Level.GRID, powers=()
    )
    world.build(practice=RARE)
    kinds = set(PostKind.objects.values_list("code", flat=True))
    assert {"gardener", "community_clerk"} <= kinds


def test_a_table_that_numbers_its_rows_is_not_kept(db: None) -> None:
    with pytest.raises(ValueError, match="numbers its rows"):
        Snapshot.take(["frame_outboxrow"])
