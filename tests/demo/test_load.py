"""The smallest community loaded for real: posts, chains, a merger, logins that work."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password, make_password

from linli.audit.models import Entry
from linli.matters.procedures.loader import load_folder
from linli.matters.procedures.practice import POWERS
from linli.organizations import read as organizations
from linli.organizations.models import Organization, Post
from linli.people import read as people
from linli.places import read as places
from linli.site.demo import loading as load
from linli.site.demo.kinds import BESIDES, post_kinds
from linli.site.demo.logins import logins
from linli.site.demo.names import Phones
from linli.site.demo.plans import COMMUNITIES, DONGYUE, JIANSHE, LUOSHITA, MOZIJING, Area, Community

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NEEDED = (
    "grid_worker", "community_clerk", "community_secretary", "callback_clerk", "street_dispatcher",
    "district_dispatcher", "owners_committee_director", "community_police", "legal_adviser",
)  # fmt: skip


def blocks(areas: tuple[Area, ...]) -> int:
    """How many blocks of buildings a cut has."""
    return sum((area.block is not None) + blocks(area.parts) for area in areas)


def smaller(plan: Community, homes: int = 8) -> Community:
    """The same community with eight homes in each block, or so many, so that loading it takes no time."""

    def shrink(area: Area) -> Area:
        block = replace(area.block, homes=homes, entrances=1, floors=2) if area.block else None
        return replace(area, parts=tuple(map(shrink, area.parts)), block=block)

    areas = tuple(map(shrink, plan.areas))
    return replace(plan, areas=areas, usual=blocks(areas) * homes * 3, registered=None, households=None)


@pytest.fixture
def setting():
    made = load.Setting(TODAY, post_kinds(), Phones(), make_password(load.PASSWORD))
    load.set_kinds(made)
    return made, load.set_up_districts(made)


def put(setting, plan: Community):
    made, offices = setting
    return load.load_community(made, plan, offices[plan.path[:12]], [])[0]


def test_two_populations_and_a_merger(setting):
    here = put(setting, LUOSHITA)
    assert people.counts(here.path, TODAY) == people.Counts(6253, 1172, 558)
    load.merge_former({"LST": here})
    former = places.predecessors(here)
    assert {row.name for row in former} == {"长土街社区", "原罗石塔社区"}
    assert places.find_by_code("510303003002", date(2020, 11, 30)) in former
    assert places.find_by_code("510303003002", date(2020, 12, 1)) == here
    assert not places.as_of(here, date(2020, 11, 30)).existed
    # one entry for each batch, not one for each person
    assert Entry.objects.filter(event="people.imported", subject_id=here.id).count() == 1


def test_the_story_community_has_every_post_and_login(setting):
    here = put(setting, smaller(JIANSHE))
    found = {login.code: login for login in logins("zh-hans") if login.path.startswith(here.path)}
    assert {"resident", "grid_worker", "community_clerk", "community_secretary", "callback_clerk"} <= set(
        found
    )
    assert {"auditor", "announcer", "mediator", "unit_handler", "owners_committee_director"} <= set(found)
    elder = next(login for login in logins() if login.phone == "15400000702")
    person = people.by_phone(elder.phone)[0]
    assert TODAY.year - person.born_year == 75
    assert people.account_of(person.id).elder
    assert all(check_password(login.password, people.account_of(people.by_phone(login.phone)[0].id).password)
               for login in list(found.values())[:1])  # fmt: skip
    posts = Post.objects.filter(place__path=f"{here.path}g02/", kind_id="grid_worker")
    holder = organizations.holders_of([posts.get().id], TODAY)[posts.get().id][0]
    assert holder.stand_in
    assert holder.stand_in_until == date(2026, 12, 2)


@pytest.mark.parametrize("plan", COMMUNITIES, ids=lambda plan: plan.short)
def test_every_step_of_a_communitys_procedures_has_somebody(setting, plan):
    here = put(setting, smaller(plan))
    grid = f"{here.path}{'c01/' if plan.short in ('ZX', 'DY') else ''}g01/"
    for kind in NEEDED:
        post = organizations.holder_post(kind, grid, TODAY)
        assert post is not None, kind
        assert organizations.persons_of(post.id, TODAY), kind
    for duty in (
        "property_company",
        "police",
        "power_company",
        "community",
        "mediation_committee",
        "volunteers",
    ):
        unit = organizations.unit_candidates(duty, grid, TODAY)[0]
        handler = organizations.handler_post(unit.id, grid)
        assert handler is not None, duty
        assert organizations.persons_of(handler.id, TODAY), duty
    buildings = places.subtree(here.path).filter(kind="building")
    assert all(
        organizations.building_board(row, TODAY)[0].post.kind_id == "building_head" for row in buildings
    )


def test_a_vacant_grid_falls_to_the_clerks(setting):
    plan = next(plan for plan in COMMUNITIES if plan.short == "LX")
    here = put(setting, smaller(plan))
    post = organizations.holder_post("grid_worker", f"{here.path}g03/", TODAY)
    assert organizations.is_vacant(post, TODAY)
    clerk = organizations.holder_post("community_clerk", here.path, TODAY)
    assert organizations.persons_of(post.id, TODAY) == organizations.persons_of(clerk.id, TODAY)


def test_a_unit_without_a_computer(setting):
    put(setting, smaller(MOZIJING))
    assert list(Organization.objects.filter(has_computer=False).values_list("name", flat=True)) == [
        "磨子井物业服务站"
    ]


def test_area_branches(setting):
    here = put(setting, smaller(DONGYUE))
    home = places.subtree(here.path).filter(kind="home").first()
    post = organizations.holder_post("area_branch_secretary", home.path, TODAY)
    assert organizations.post_title(post, "zh-hans") == "片区党支部书记 · 东苑"


def test_kinds_of_post_come_from_the_practices_with_known_powers():
    kinds = post_kinds()
    shipped = {code for practice in load_folder() for code in practice.posts}
    assert shipped <= set(kinds)
    assert {power for kind in BESIDES.values() for power in kind.powers} <= POWERS


def test_somebody_runs_the_installation_and_signs_in(db, monkeypatch):
    monkeypatch.setattr(load, "COMMUNITIES", ())
    monkeypatch.setattr(load, "FORMER", ())
    load.load_places(TODAY, lambda _line: None)
    [row] = [each for each in logins("zh-hans") if each.code == "administrator"]
    assert (row.role, row.phone) == ("系统管理员", "15400000000")
    [account] = [each for each in people.demo_accounts() if each.person.name == row.name]
    assert check_password(row.password, account.password)
