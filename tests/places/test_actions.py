"""Places are opened, renamed, closed, coded and imported; what was stays."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.places import actions, read
from linli.places.actions import PlaceRow
from linli.places.kinds import CodeScheme, Event, PlaceKind, Power
from linli.places.models import Place, PlaceCode, PlaceVersion
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, STREET, place, resident, staff, territory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
KEEPER = staff(Power.EDIT)


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(NOW):
        yield


@pytest.fixture
def here():
    return territory()


def refused(reason: str):
    return pytest.raises(Refused, match=reason)


def test_a_place_is_opened_under_another(here):
    made = actions.open_place(
        by=KEEPER, kind=PlaceKind.BUILDING, name=" 13 栋", label="b13", parent_id=here[GRID].id, opened_on=DAY
    )
    assert made.path == f"{GRID}b13/"
    assert [row.name for row in read.chain(made)][-2:] == ["第3网格", "13 栋"]
    entry = Entry.objects.get(event=Event.OPENED)
    assert (entry.subject_id, entry.place_path, entry.data) == (made.id, made.path, {"kind": "building"})


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"kind": PlaceKind.GRID}, "cannot be put there"),
        ({"label": "B 13"}, "small letters"),
        ({"label": "b12"}, "already a place"),
        ({"name": " "}, "A name has"),
        ({"parent_id": uuid7()}, "not known"),
    ],
)
def test_a_place_that_cannot_be_is_refused(here, given, reason):
    said = {"kind": PlaceKind.BUILDING, "name": "13栋", "label": "b13", "parent_id": here[GRID].id} | given
    with refused(reason):
        actions.open_place(by=KEEPER, **said)


def test_a_resident_changes_nothing(here):
    with refused("keep the register"):
        actions.rename_place(by=resident(), place_id=here[GRID].id, name="新", since=DAY)
    assert not Entry.objects.exists()


def test_a_new_name_keeps_the_old_one_in_its_days(here):
    row = actions.rename_place(by=KEEPER, place_id=here[BUILDING].id, name="幸福栋", since=date(2024, 5, 1))
    assert read.as_of(row, date(2024, 4, 30)).name == "12栋"
    assert read.as_of(row, date(2024, 5, 1)).name == "幸福栋"
    row = actions.rename_place(by=KEEPER, place_id=row.id, name="五和栋", since=DAY)
    assert [each.name for each in read.as_of(row, DAY).history] == ["五和栋", "幸福栋", "12栋"]
    assert read.as_of(row, date(2026, 11, 20)).name == "幸福栋"


@pytest.mark.parametrize(
    ("since", "reason"), [(date(2026, 11, 22), "today or an earlier"), (date(2010, 1, 1), "begin later")]
)
def test_a_name_from_an_impossible_day_is_refused(here, since, reason):
    with refused(reason):
        actions.rename_place(by=KEEPER, place_id=here[BUILDING].id, name="新", since=since)


def test_a_merged_community_stays_with_its_successor(here):
    other = place("/620201/002/005/", PlaceKind.COMMUNITY, "兰新社区")
    closed = actions.close_place(
        by=staff(Power.EDIT, path=STREET), place_id=here[COMMUNITY].id, on=DAY, successor_id=other.id
    )
    assert closed.successor == other
    assert read.predecessors(other) == [closed]
    home = Place.objects.get(path=HOME)
    assert home.closed_on == DAY
    assert read.as_of(home, date(2026, 11, 20)).existed
    assert not read.as_of(home, DAY).existed
    assert list(read.communities(on=DAY)) == [other]
    assert Entry.objects.get(event=Event.CLOSED).data["count"] == 5


def test_a_place_closes_once_and_not_into_itself(here):
    street_keeper = staff(Power.EDIT, path=STREET)
    with refused("another place"):
        actions.close_place(by=street_keeper, place_id=here[COMMUNITY].id, on=DAY, successor_id=here[GRID].id)
    with refused("before it opened"):
        actions.close_place(by=street_keeper, place_id=here[COMMUNITY].id, on=date(2009, 12, 31))
    actions.close_place(by=KEEPER, place_id=here[BUILDING].id, on=DAY)
    with refused("already closed"):
        actions.close_place(by=KEEPER, place_id=here[BUILDING].id, on=DAY)
    with refused("is closed"):
        actions.open_place(
            by=KEEPER, kind=PlaceKind.ENTRANCE, name="2单元", label="u2", parent_id=here[BUILDING].id
        )


def test_a_code_belongs_to_one_place_at_a_time(here):
    other = place("/620201/002/005/", PlaceKind.COMMUNITY, "兰新社区")
    keeper = staff(Power.EDIT, path=STREET)
    old = {"scheme": CodeScheme.DIVISION, "code": "620201002006"}
    actions.give_code(
        by=keeper, place_id=here[COMMUNITY].id, starts=date(2010, 1, 1), ends=date(2020, 1, 1), **old
    )
    with refused("already belongs"):
        actions.give_code(by=keeper, place_id=other.id, starts=date(2019, 12, 31), **old)
    actions.give_code(by=keeper, place_id=other.id, starts=date(2020, 1, 1), **old)
    assert read.find_by_code("620201002006", date(2019, 12, 31)) == here[COMMUNITY]
    assert read.find_by_code("620201002006", date(2020, 1, 1)) == other
    assert read.find_by_code("620201002006", date(2009, 12, 31)) is None


def test_the_database_itself_refuses_overlapping_codes_and_versions(here):
    spans = {"starts": date(2010, 1, 1), "ends": None}
    PlaceCode.objects.create(place=here[GRID], scheme="grid", code="1", **spans)
    PlaceVersion.objects.create(place=here[GRID], name="a", path=GRID, **spans)
    with pytest.raises(IntegrityError, match="one_place_at_a_time"), transaction.atomic():
        PlaceCode.objects.create(place=here[BUILDING], scheme="grid", code="1", **spans)
    with pytest.raises(IntegrityError, match="version_one_at_a_time"), transaction.atomic():
        PlaceVersion.objects.create(place=here[GRID], name="b", path=GRID, **spans)
    with pytest.raises(IntegrityError, match="place_path_slashed"), transaction.atomic():
        place("/x", PlaceKind.DIVISION, "无")


def rows(under: str, count: int) -> list[PlaceRow]:
    return [
        PlaceRow(uuid7(), PlaceKind.BUILDING, f"{n}栋", None, f"{under}x{n}/", outline={"type": "Polygon"})
        for n in range(count)
    ]


def test_many_places_come_in_with_one_entry(here):
    importer = staff(Power.IMPORT)
    assert actions.import_places(by=importer, under=here[GRID], rows=rows(GRID, 300)) == 300
    assert read.subtree(GRID).count() == 304
    assert Place.objects.get(path=f"{GRID}x7/").outline == {"type": "Polygon"}
    assert Entry.objects.get(event=Event.IMPORTED).data == {"count": 300}


def test_an_import_is_whole_or_nothing(here):
    with refused("do not lie in"):
        actions.import_places(by=SYSTEM, under=here[GRID], rows=[*rows(GRID, 2), *rows(COMMUNITY, 1)])
    with refused("already there"):
        actions.import_places(by=SYSTEM, under=here[GRID], rows=[*rows(GRID, 2), *rows(GRID, 1)])
    assert read.subtree(GRID).count() == 4


def test_imported_days_override_the_published_ones(here):
    day = date(2026, 11, 23)  # a Monday
    assert read.calendar().is_workday(day)
    actions.import_calendar(by=SYSTEM, days={day: False})
    assert not read.calendar().is_workday(day)
    actions.import_calendar(by=SYSTEM, days={day: True})
    assert read.calendar().is_workday(day)


def test_an_outline_must_be_one(here):
    ring = [[98.0, 39.0], [99.0, 39.0], [99.0, 40.0], [98.0, 39.0]]
    row = actions.outline(
        by=KEEPER,
        place_id=here[GRID].id,
        outline={"type": "Polygon", "coordinates": [ring]},
        illustrative=True,
    )
    assert row.outline_illustrative
    with refused("An outline is an area"):
        actions.outline(by=KEEPER, place_id=here[GRID].id, outline={"type": "Point"}, illustrative=True)
