"""A community from nothing: its place and code, its buildings, its practice, its posts."""

from datetime import time

import pytest

from linli.audit.models import Entry
from linli.founding import read
from linli.founding.actions import (
    CommunityPlan,
    Name,
    choose_practice,
    fill_posts,
    found_community,
    lay_out_buildings,
    store_practices,
)
from linli.founding.kinds import Event, Stage
from linli.founding.rules.layout import Layout, lay_out
from linli.founding.rules.posts import next_stage
from linli.founding.rules.ranges import read_buildings, read_grids
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import Refused
from linli.matters.kinds import MatterKind
from linli.matters.read import settings
from linli.organizations import actions as organizations
from linli.organizations import read as organization_read
from linli.organizations.models import Appointment, Organization, Post
from linli.people import actions as people
from linli.people.actions.person import Details
from linli.places import read as places
from linli.places.models import Place

pytestmark = pytest.mark.django_db
PLAN = CommunityPlan(
    code="620201002006", name="建设社区", committee="建设社区居民委员会", closing=time(17, 30),
    district="钢城区", street="钢城街道", office_phone="0937-5550100",
)  # fmt: skip
BODIES = {"district": "区调度中心", "street_office": "街道办事处", "residents_committee": "居委会",
          "owners_committee": "业委会"}  # fmt: skip


@pytest.fixture
def setter() -> Actor:
    """Whoever runs an installation in which nothing is yet."""
    store_practices(by=SYSTEM)
    person = people.register_person(by=SYSTEM, at=None, details=Details(name="安装员", phone="13900009999"))
    organizations.name_administrator(by=SYSTEM, person_id=person.id)
    return organization_read.actor_for(person.id, now())


def planned(buildings: str = "1–3栋 2单元 3层 2户", grids: str = "1网格: 1–2栋\n2网格: 3栋") -> Layout:
    blocks, _wrong = read_buildings(buildings)
    lines, _more = read_grids(grids)
    return lay_out(blocks, lines)


@pytest.fixture
def town(setter: Actor) -> Place:
    return found_community(by=setter, plan=PLAN)


def test_a_code_opens_what_lies_above_it(setter: Actor, town: Place) -> None:
    assert town.path == "/620201/002/006/"
    assert [row.name for row in places.chain(town)] == ["钢城区", "钢城街道", "建设社区"]
    assert places.find_by_code("620201002006", today()) == town
    assert places.find_by_code("620201002000", today()).name == "钢城街道"
    assert town.short_code == "JS"
    assert settings.times_at(town.path).closing == time(17, 30)
    neighbour = CommunityPlan(code="620201002005", name="建设西社区", committee="居委会", closing=time(18))
    assert found_community(by=setter, plan=neighbour).short_code == "JSX"
    assert Entry.objects.filter(event=Event.FOUNDED).count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "620201002"}, "A division code has 12 digits."),
        ({"code": "620201002000"}, "This is the code of a street"),
        ({"code": "620201002006"}, "建设社区 has this code already."),
        ({"code": "620201003001", "street": " "}, "The place with code 620201003000 is not known here yet"),
        ({"code": "620201002007", "short_code": "JS"}, "Another community of this district uses JS already."),
    ],
)
def test_what_cannot_be_founded(setter: Actor, town: Place, change: dict[str, str], reason: str) -> None:
    plan = CommunityPlan(**{"code": "620201002008", "name": "兰新社区", "committee": "居委会",
                            "closing": time(18)} | change)  # fmt: skip
    with pytest.raises(Refused) as refusal:
        found_community(by=setter, plan=plan)
    assert reason in str(refusal.value)


def test_buildings_are_laid_out_once(setter: Actor, town: Place) -> None:
    plan = planned()
    assert lay_out_buildings(by=setter, community_id=town.id, layout=plan) == 2 + 3 + 6 + plan.homes
    assert places.counts_by_kind(town.path, today())["home"] == plan.homes == 36
    home = places.place_by_path(f"{town.path}g02/b03/u2/0302/")
    assert places.address(home) == "2网格 3栋 2单元 302室"
    assert places.find_by_code("00000062020100200602", today()).name == "2网格"
    with pytest.raises(Refused, match="has its buildings already"):
        lay_out_buildings(by=setter, community_id=town.id, layout=plan)
    [entry] = Entry.objects.filter(event=Event.LAID_OUT)
    assert entry.data == {"buildings": 3, "homes": 36, "count": 47}


def test_a_layout_with_a_fault_makes_nothing(setter: Actor, town: Place) -> None:
    with pytest.raises(Refused, match="Building 1 is named in line 1 already"):
        wrong = planned("1栋 1单元 1层 1户\n1栋 1单元 1层 1户", "")
        lay_out_buildings(by=setter, community_id=town.id, layout=wrong)
    assert not places.subtree(town.path).exclude(id=town.id).exists()


def test_practice_and_posts(setter: Actor, town: Place) -> None:
    lay_out_buildings(by=setter, community_id=town.id, layout=planned())
    assert next_stage(read.facts(town)) is Stage.PRACTICE
    choose_practice(by=setter, community_id=town.id, code="five-affairs")
    for kind in MatterKind:
        assert settings.procedure_for(town.id, kind) is not None
    assert next_stage(read.facts(town)) is Stage.POSTS
    grids = list(places.subtree(town.path).filter(kind="grid").order_by("path"))
    names = [
        Name("community_clerk", town.id, "张敏", "13900010001"),
        Name("community_secretary", town.id, "李国强", "13900010002"),
        Name("grid_branch_secretary", grids[0].id, "李国强", "13900010002"),
    ]
    assert fill_posts(by=setter, community_id=town.id, names=names, bodies=BODIES) == 3
    posts = {(post.kind_id, post.place.name): post for post in Post.objects.select_related("place", "above")}
    assert {*(place for kind, place in posts if kind == "grid_branch_secretary")} >= {"1网格", "2网格"}
    assert posts["community_clerk", "建设社区"].above == posts["community_secretary", "建设社区"]
    assert posts["community_secretary", "建设社区"].above == posts["street_dispatcher", "钢城街道"]
    assert posts["owners_committee_director", "建设社区"].organization.kind == "owners_committee"
    assert Organization.objects.filter(kind="residents_committee").count() == 1
    assert Appointment.objects.values("person").distinct().count() == 2
    assert next_stage(read.facts(town)) is Stage.SLIPS
    again = [*names, Name("street_dispatcher", town.parent_id, "王芳", "13900010003")]
    assert fill_posts(by=setter, community_id=town.id, names=again, bodies=BODIES) == 1
    assert Post.objects.count() == len(posts)


@pytest.mark.parametrize(
    ("name", "phone", "reason"),
    [
        ("张敏", "", "Write a mobile number for 张敏"),
        ("张敏", "12345", "A mobile number has 11 digits"),
        ("赵冒名", "13900010001", "belongs to somebody who signs in with it"),
    ],
)
def test_a_name_that_cannot_hold_a_post(
    setter: Actor, town: Place, name: str, phone: str, reason: str
) -> None:
    details = Details(name="钱多多", phone="13900010001")
    owner = people.register_person(by=SYSTEM, at=town, details=details)
    people.open_account(by=SYSTEM, person_id=owner.id, password_hash="!")
    choose_practice(by=setter, community_id=town.id, code="plain")
    said = [Name("community_clerk", town.id, name, phone)]
    with pytest.raises(Refused) as refusal:
        fill_posts(by=setter, community_id=town.id, names=said, bodies=BODIES)
    assert reason in str(refusal.value)
    assert not Post.objects.exists()


@pytest.mark.parametrize("who", [ANONYMOUS, Actor(person_id=None)])
def test_nobody_else_sets_up(setter: Actor, town: Place, who: Actor) -> None:
    calls = [
        lambda: found_community(by=who, plan=PLAN),
        lambda: lay_out_buildings(by=who, community_id=town.id, layout=planned()),
        lambda: choose_practice(by=who, community_id=town.id, code="plain"),
        lambda: fill_posts(by=who, community_id=town.id, names=[], bodies=BODIES),
    ]
    for call in calls:
        with pytest.raises(Refused, match="whoever runs this installation"):
            call()


def test_practices_are_stored_once(setter: Actor) -> None:
    assert store_practices(by=SYSTEM) == 0
    with pytest.raises(Refused, match="own commands"):
        store_practices(by=setter)
