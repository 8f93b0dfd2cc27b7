"""Who acts for a post, which powers somebody has: appointments, stand-ins, vacancies, and their days."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from linli.organizations import read
from linli.organizations.models import Organization
from linli.people.models import Person
from tests.organizations.making import SINCE, chain, holds, organization, post, serves, stands_in
from tests.people.making import person
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, STREET

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)


@pytest.fixture
def seats():
    return chain()


def someone(name: str) -> Person:
    return person(name, None)


def powers(row: Person, at: datetime = NOW) -> set[tuple[str, str]]:
    return {(grant.power, grant.path) for grant in read.actor_for(row.id, at).grants}


WORKER = {("matter.enter", GRID), ("matter.read", GRID)}
CLERK = {("matter.triage", COMMUNITY), ("person.read", COMMUNITY)}


def test_an_appointment_gives_its_powers_over_its_place(seats, django_assert_num_queries):
    liu = someone("刘敏")
    holds(liu, seats.worker)
    with django_assert_num_queries(1):
        actor = read.actor_for(liu.id, NOW)
    assert {(grant.power, grant.path) for grant in actor.grants} == WORKER
    assert actor.posts == {seats.worker.id}
    assert actor.may("matter.read", HOME)
    assert not actor.may("matter.read", COMMUNITY)


def test_powers_begin_and_end_with_the_appointment(seats):
    liu = someone("刘敏")
    holds(liu, seats.worker, starts=DAY, ends=DAY + timedelta(days=2))
    for days, held in ((-1, False), (0, True), (1, True), (2, False)):
        assert bool(powers(liu, NOW + timedelta(days=days))) is held, days
    # at 01:00 in Shanghai it is still the day before in UTC
    assert powers(liu, datetime(2026, 11, 20, 17, tzinfo=UTC)) == WORKER


def test_a_stand_in_has_the_powers_and_the_work_for_those_days(seats):
    liu, zhou = someone("刘敏"), someone("周强")
    held = holds(liu, seats.worker)
    stands_in(zhou, held, DAY, DAY + timedelta(days=3))
    assert powers(zhou) == WORKER
    assert powers(liu) == WORKER  # only the work goes over
    assert read.persons_of(seats.worker.id, DAY) == [zhou.id]
    assert read.persons_of(seats.worker.id, DAY + timedelta(days=3)) == [zhou.id]
    assert read.persons_of(seats.worker.id, DAY + timedelta(days=4)) == [liu.id]
    assert powers(zhou, NOW + timedelta(days=4)) == set()
    assert [row.id for row in read.posts_of(zhou.id, DAY)] == [seats.worker.id]


def test_a_stand_in_ends_with_the_appointment(seats):
    liu, zhou = someone("刘敏"), someone("周强")
    held = holds(liu, seats.worker, ends=DAY)
    stands_in(zhou, held, DAY - timedelta(days=1), DAY + timedelta(days=5))
    assert powers(zhou) == set()
    assert read.is_vacant(seats.worker, DAY)


def test_a_vacancy_falls_to_the_post_above_with_its_own_id(seats):
    chen = someone("陈静")
    holds(chen, seats.clerk)
    actor = read.actor_for(chen.id, NOW)
    assert powers(chen) == WORKER | CLERK
    assert actor.posts == {seats.worker.id, seats.clerk.id}
    assert read.persons_of(seats.worker.id, DAY) == [chen.id]


def test_a_vacancy_falls_on_until_somebody_is_there(seats):
    zhao = someone("赵刚")
    holds(zhao, seats.street)
    assert read.persons_of(seats.worker.id, DAY) == [zhao.id]
    assert {("matter.read", GRID), ("whistle.issue", STREET)} < powers(zhao)
    xia = someone("夏芬")
    holds(xia, seats.secretary)
    assert read.persons_of(seats.worker.id, DAY) == [xia.id]
    assert ("matter.read", GRID) not in powers(zhao)


def test_a_vacant_post_above_a_held_one_leaves_it_alone(seats):
    liu, xia = someone("刘敏"), someone("夏芬")
    holds(liu, seats.worker)
    holds(xia, seats.secretary)
    assert powers(xia) == {("supervise", COMMUNITY), ("post.appoint", COMMUNITY)} | CLERK
    assert read.persons_of_posts([seats.worker.id, seats.clerk.id], DAY) == {
        seats.worker.id: [liu.id],
        seats.clerk.id: [xia.id],
    }


def test_a_chain_without_anybody_gives_nobody(seats):
    assert read.persons_of(seats.worker.id, DAY) == []


def test_several_holders_all_act(seats):
    first, second = someone("甲一"), someone("乙二")
    holds(first, seats.clerk)
    holds(second, seats.clerk, starts=SINCE + timedelta(days=1))
    assert read.persons_of(seats.clerk.id, DAY) == [first.id, second.id]


def test_a_closed_post_gives_nothing(seats):
    liu = someone("刘敏")
    holds(liu, seats.worker)
    seats.worker.closed_on = DAY
    seats.worker.save()
    assert powers(liu) == set()
    assert powers(liu, NOW - timedelta(days=1)) == WORKER
    assert read.holder_post("grid_worker", HOME, DAY) is None


def test_the_deepest_post_of_a_kind_answers(seats):
    other = post("community_clerk", seats.places[GRID], seats.committee)
    assert read.holder_post("community_clerk", HOME, DAY) == other
    assert read.holder_post("community_clerk", COMMUNITY, DAY) == seats.clerk
    assert read.holder_post("community_clerk", STREET, DAY) is None
    second = post("community_clerk", seats.places[GRID], organization("另一个"))
    assert read.holder_post("community_clerk", HOME, DAY) == min(other, second, key=lambda row: row.id)


def test_posts_above(seats, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert read.chain_above(seats.worker.id) == [seats.clerk, seats.secretary, seats.street]
    assert read.post_above(seats.worker) == seats.clerk
    assert read.supervising_post(seats.worker, "street") == seats.street
    assert read.supervising_post(seats.worker, "community_secretary") == seats.secretary
    assert read.supervising_post(seats.worker, "district") is None


def test_titles_and_labels(seats, django_assert_num_queries):
    holds(someone("刘敏"), seats.worker)
    both = [seats.worker.id, seats.clerk.id]
    with django_assert_num_queries(1):
        assert read.posts_labelled(both, "zh-hans")[seats.worker.id] == "网格员 · 第3网格"
    assert read.posts_labelled(both, "en")[seats.clerk.id] == "Community clerk · 建设社区"
    with django_assert_num_queries(2):
        labels = read.label_with_holder(both, "zh-hans", DAY)
    assert labels == {seats.worker.id: "刘敏 · 网格员 · 第3网格", seats.clerk.id: "社区干事 · 建设社区"}


def test_units_nearest_first(seats):
    near, far = organization("近物业", "property_company"), organization("远物业", "property_company")
    serves(far, "property_company", seats.places[COMMUNITY])
    serves(near, "property_company", seats.places[GRID])
    serves(organization("旧物业", "property_company"), "property_company", seats.places[GRID], ends=DAY)
    assert read.unit_candidates("property_company", HOME, DAY) == [near, far]
    assert read.unit_candidates("property_company", COMMUNITY, DAY) == [far]
    assert read.unit_candidates("police", HOME, DAY) == []
    assert [row.organization for row in read.units_over(HOME, DAY)] == [near]


def test_the_handler_of_a_unit(seats):
    unit = organization("建设物业", "property_company")
    assert read.handler_post(unit.id, HOME) is None
    wide = post("unit_handler", seats.places[COMMUNITY], unit)
    fine = post("unit_handler", seats.places[BUILDING], unit)
    assert read.handler_post(unit.id, HOME) == fine
    assert read.handler_post(unit.id, GRID) == wide
    assert read.handler_post(unit.id, "/510302/") is None


def test_a_unit_serves_a_place_while_it_answers_there_and_somebody_gets_its_orders(seats):
    unit, paper = organization("建设物业", "property_company"), organization("修锁铺", "firm")
    Organization.objects.filter(id=paper.id).update(has_computer=False)
    for one in (unit, paper):
        assert read.unit_serving(one.id, HOME, DAY) is None
        serves(one, "property_company", seats.places[GRID], ends=DAY + timedelta(days=1))
    assert read.unit_serving(unit.id, HOME, DAY) is None  # nobody would get the order
    assert read.unit_serving(paper.id, HOME, DAY) == paper  # gets it on paper
    assert read.unit_serving(paper.id, HOME, DAY + timedelta(days=1)) is None
    post("unit_handler", seats.places[COMMUNITY], unit)
    assert read.unit_serving(unit.id, HOME, DAY + timedelta(days=1)) == unit
    assert read.unit_serving(uuid4(), HOME, DAY) is None


def test_a_lone_office_takes_its_post_from_afar(seats):
    unit = organization("供电公司", "firm")
    office = post("unit_handler", seats.places[GRID], unit)
    assert read.handler_post(unit.id, COMMUNITY) == office


def test_boards_name_who_acts(seats):
    liu, zhou, head = someone("刘敏"), someone("周强"), someone("何叔")
    held = holds(liu, seats.worker)
    stands_in(zhou, held, DAY, DAY)
    holds(head, post("building_head", seats.places[BUILDING], seats.committee, seats.worker))
    lines = read.building_board(seats.places[BUILDING], DAY)
    assert [(line.post.kind_id, line.names, line.phone) for line in lines] == [
        ("building_head", ("何叔",), "0937-5550100"),
        ("grid_worker", ("周强",), "0937-5550100"),
    ]
    serves(seats.committee, "community", seats.places[COMMUNITY])
    board = read.estate_board(seats.places[GRID], DAY)
    assert [line.post.kind_id for line in board.lines] == ["grid_worker", "community_secretary"]
    assert [unit.duty for unit in board.units] == ["community"]
