"""The pages of the record: the story of a matter, a post's acts, a day. Never a personal value."""

from uuid import uuid4

import pytest

from linli.audit.models import Entry
from linli.matters.actions import speaking
from linli.people import actions as people
from linli.people.kinds import OpenedField, Purpose
from linli.site.audit_names import names
from linli.site.audit_words import EVENT_LABELS
from tests import world as worlds
from tests.matters.desking import desk, shown
from tests.matters.telling import TEXT, dispatch, move, raise_one
from tests.world import World, on


@pytest.fixture
def world(db: None) -> World:
    return worlds.build(practice="plain")


def test_the_story_of_a_matter_with_its_orders(world: World) -> None:
    matter = raise_one(world)
    order = dispatch(world, "clerk", matter)
    move(world, "clerk", matter, "assess", "accept")
    page = shown(desk(world, "secretary").get(f"/desk/audit/subject/{matter.id}/"))
    assert matter.number in page
    assert order.number in page
    for words in ("raised a matter", "issued an order", "moved it on"):
        assert words in page
    assert "Community clerk" in page


def test_nothing_of_a_person_is_in_the_record(world: World) -> None:
    matter = raise_one(world)
    people.open_field(
        by=world.actor("clerk"),
        person_id=world.persons["wang"],
        field=OpenedField.PHONE,
        purpose=Purpose.CALL_BACK,
    )
    page = shown(desk(world, "secretary").get("/desk/audit/"))
    assert "looked at a masked number" in page
    for value in ("王小明", world.phones["wang"], TEXT, matter.title):
        assert value not in page


def test_a_day_is_shanghais_day(world: World) -> None:
    with on("2026-11-17", 23, 50):
        raise_one(world)
    with on("2026-11-18", 0, 10):
        secretary = desk(world, "secretary")
        assert "raised a matter" in shown(secretary.get("/desk/audit/?day=2026-11-17"))
        assert "raised a matter" not in shown(secretary.get("/desk/audit/?day=2026-11-18"))
        assert "raised a matter" not in shown(secretary.get("/desk/audit/?day=2026-02-31"))


def test_a_post_and_a_person(world: World) -> None:
    matter = raise_one(world)
    move(world, "clerk", matter, "assess", "accept")
    secretary = desk(world, "secretary")
    assert "moved it on" in shown(secretary.get(f"/desk/audit/post/{world.posts['clerk'].id}/"))
    record = Entry.objects.get(event="matters.raised", subject_id=matter.id)
    assert record.post_id is None  # a resident acts from no post
    speaking.note(by=world.actor("clerk"), matter_id=matter.id, text="已联系物业")
    noted = Entry.objects.order_by("at").last()
    assert noted is not None
    assert noted.post_id == world.posts["clerk"].id
    assert "moved it on" in shown(secretary.get(f"/desk/audit/person/{world.persons['clerk']}/"))


@pytest.mark.parametrize("who", ["clerk", "grid", "property", "wang"])
def test_it_is_for_auditors(world: World, who: str) -> None:
    matter = raise_one(world)
    for path in ("", f"subject/{matter.id}/", f"person/{world.persons['clerk']}/"):
        shown(desk(world, who).get(f"/desk/audit/{path}"), 403)


def test_another_places_record_is_not_there(world: World) -> None:
    worlds.add_person(world, "far", "远方")
    shown(desk(world, "secretary").get(f"/desk/audit/subject/{uuid4()}/"), 404)
    page = shown(desk(world, "secretary").get(f"/desk/audit/person/{world.persons['far']}/"))
    assert "Nothing on record" in page


def test_every_event_has_words(world: World) -> None:
    raise_one(world)
    shown_names = names(list(Entry.objects.all()))
    for event in Entry.objects.values_list("event", flat=True).distinct():
        assert event in EVENT_LABELS
        assert shown_names.event(event) != event
