"""Matters for other systems: raised, listed, read, moved; each refusal with its reason."""

import pytest

from linli.audit.models import Entry
from linli.kernel import clock
from linli.matters.kinds import Event
from linli.matters.models import Matter
from tests import world as worlds
from tests.api import System, key_of

pytestmark = pytest.mark.django_db
TEXT = "3号楼门口路灯不亮了"


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(worlds.MORNING):
        yield


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def clerk(world):
    return System(key_of(world, "clerk").text)


def raised(clerk, world, **more):
    body = {"place": str(world.place("building")), "text": TEXT, "raiser": {"phone": world.phones["wang"]}}
    answer = clerk.post("/matters", {**body, **more})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def test_a_matter_is_raised_for_a_resident(world, clerk):
    made = raised(clerk, world)
    row = Matter.objects.get(id=made["id"])
    assert (row.raised_by_id, row.entered_by_id, row.channel) == (world.persons["wang"], None, "mini_program")
    assert made["code"] is None
    entry = Entry.objects.get(event=Event.ENTERED)
    assert (entry.actor_kind, entry.subject_id) == ("key", row.id)
    assert clerk.get(f"/matters/{row.id}").json()["text"] == TEXT
    listed = clerk.get("/matters").json()
    assert [each["number"] for each in listed["matters"]] == [row.number]
