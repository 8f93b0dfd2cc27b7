"""Published figures are exact, names and numbers are nobody's, and the same day gives the same demo."""

from collections import Counter
from datetime import date

import pytest

from linli.kernel.codes import check_division_code, check_grid_code, check_phone
from linli.kernel.names import surname
from linli.people.kinds import Reach, ResidenceKind
from linli.places.kinds import PlaceKind
from linli.places.rules.outlines import is_outline
from linli.site.demo.loading import OBJECT
from linli.site.demo.names import RESERVED, login_phone
from linli.site.demo.plans import COMMUNITIES, DISTRICTS, FORMER
from tests.demo.making import TODAY, peopled, surveyed


@pytest.fixture(scope="module")
def demo():
    return peopled()


def heads(people, kind: ResidenceKind) -> int:
    return sum(row.kind is kind for row in people.residences)


@pytest.mark.parametrize(
    ("short", "usual"),
    [
        ("MZJ", 5000), ("LST", 1172), ("HNA", 9800), ("RML", 8500), ("ZX", 6000), ("LX", 5000), ("JS", 5000),
        ("LH", 3000), ("DY", 10200),
    ],
)  # fmt: skip
def test_usual_residents(demo, short, usual):
    assert heads(demo[short][1], ResidenceKind.USUAL) == usual


def test_two_populations(demo):
    people = demo["LST"][1]
    assert heads(people, ResidenceKind.REGISTERED) == 6253
    living = {row.person_id for row in people.residences if row.kind is ResidenceKind.USUAL}
    assert len({row.id for row in people.people} - living) > 5000
    moved = {row.id for row in people.moved_on()}
    next_door = {row.person_id for row in demo["HNA"][1].residences}
    assert len(moved) == 320
    assert moved < next_door


def kinds(territory) -> Counter:
    return Counter(row.kind for row in territory.rows)


def test_how_the_communities_are_cut(demo):
    mozijing = kinds(demo["MZJ"][0])
    assert (mozijing[PlaceKind.GRID], mozijing[PlaceKind.COURTYARD]) == (5, 7)
    assert {"康馨家园", "塘素新苑"} <= {row.name for row in demo["MZJ"][0].courtyards}
    assert any(building.row.name == "91栋" for building in demo["MZJ"][0].buildings)
    assert kinds(demo["ZX"][0])[PlaceKind.GRID] == 22
    lane = next(row for row in demo["RML"][0].courtyards if row.name == "赤帝巷小区")
    assert sum(home.path.startswith(lane.path) for home in demo["RML"][0].homes) == 180


def test_dongyue(demo):
    territory, people = demo["DY"]
    assert len(people.households) == len(territory.homes) == 3303
    assert [row.name for row in territory.courtyards] == ["东苑", "西苑", "北苑"]
    assert len(territory.grids) == 11


def test_every_path_is_under_its_parent_and_unique(demo):
    for territory, _people in demo.values():
        paths = {row.id: row.path for row in territory.rows}
        assert len(set(paths.values())) == len(paths)
        for row in territory.rows:
            above = paths.get(row.parent_id, territory.plan.path)
            assert row.path.startswith(above)
            assert row.path.count("/") == above.count("/") + 1


def test_outlines_are_illustrative_polygons(demo):
    for territory, _people in demo.values():
        drawn = [row for row in territory.rows if row.outline]
        assert all(is_outline(row.outline) and row.outline_illustrative for row in drawn)
        assert {row.kind for row in drawn} == {PlaceKind.GRID, PlaceKind.COURTYARD, PlaceKind.BUILDING}


def test_nobody_has_an_assigned_number(demo):
    phones = [row.phone for _territory, people in demo.values() for row in people.people if row.phone]
    assert len(set(phones)) == len(phones)
    assert all(check_phone(phone) == phone and phone.startswith("154") for phone in phones)
    assert all(int(phone[3:]) >= RESERVED for phone in phones)
    assert check_phone(login_phone(7, 1)) == "15400000701"


def test_who_has_no_phone_gets_slips_and_is_mostly_old_or_a_child(demo):
    without = [row for _t, people in demo.values() for row in people.people if row.phone is None]
    assert all(row.reach is Reach.SLIP for row in without)
    ages = [TODAY.year - row.born_year for row in without]
    assert sum(age < 14 or age >= 60 for age in ages) > 0.85 * len(ages)
    assert sum(age >= 75 for age in ages) > 500


def test_names_are_plausible(demo):
    names = [row.name for _t, people in demo.values() for row in people.people]
    assert all(2 <= len(name) <= 4 for name in names)
    assert 0.06 < sum(len(name) == 2 for name in names) / len(names) < 0.2
    assert sum(len(surname(name)) == 2 for name in names) > 100
    assert Counter(names).most_common(1)[0][1] < 60


def test_ages_are_possible(demo):
    for _territory, people in demo.values():
        assert all(0 <= TODAY.year - row.born_year <= 105 for row in people.people)


def test_the_same_day_gives_the_same_demo():
    first, second = surveyed(COMMUNITIES[1]), surveyed(COMMUNITIES[1])
    assert [(row.id, row.path) for row in first.rows] == [(row.id, row.path) for row in second.rows]
    here, again = peopled()["LH"][1], peopled()["LH"][1]
    assert here.people == again.people
    assert here.residences == again.residences


def test_codes_are_well_formed():
    for plan in COMMUNITIES:
        assert check_division_code(plan.code)
        assert check_grid_code(f"{OBJECT}{plan.code}01")
    assert all(check_division_code(former.code) for former in FORMER)
    streets = {street.path for district in DISTRICTS for street in district.streets}
    assert {plan.path[:12] for plan in COMMUNITIES} == streets
    assert all(former.closed_on == date(2020, 12, 1) for former in FORMER)
