"""Outlines are drawn, put back and brought in; what stood before is kept; where a point lies follows."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.coordinates import Frame, wgs84_to_gcj02
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.places import actions, read
from linli.places.actions import BadFeatures, PlaceRow
from linli.places.kinds import CodeScheme, Event, PlaceKind, Power
from linli.places.models import FormerOutline, Place
from linli.places.rules import features
from linli.places.rules.features import Feature
from tests.mapping import area, at, ring
from tests.places.making import BUILDING, COMMUNITY, GRID, STREET, place, resident, staff, territory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
KEEPER = staff(Power.EDIT)
HOUSE = area(60, 100, 120, 120)


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(NOW):
        yield


@pytest.fixture
def here():
    made = territory()
    for path, sides in ((COMMUNITY, (0, 0, 400, 300)), (GRID, (10, 10, 390, 290))):
        draw(made[path], area(*sides))
    return made


def draw(row, outline, **how):
    said = {"by": KEEPER, "illustrative": False, **how}
    return actions.outline(place_id=row.id, outline=outline, **said)


def refused(reason: str):
    return pytest.raises(Refused, match=reason)


def where(east: float, north: float, on: date = DAY) -> str | None:
    found = read.locate(*at(east, north), on)
    return found.path if found else None


def test_a_point_lies_where_it_was_drawn_last(here):
    assert where(90, 110) == GRID
    draw(here[BUILDING], HOUSE)
    assert where(90, 110) == BUILDING
    draw(here[BUILDING], area(200, 100, 260, 120))
    assert where(90, 110) == GRID
    assert where(230, 110) == BUILDING
    draw(here[BUILDING], None)
    assert where(230, 110) == GRID
    row = Place.objects.get(path=BUILDING)
    assert row.outline is None
    assert not Place.objects.filter(path=BUILDING, outline__isnull=False).exists()
    assert where(-5, 0) is None


def test_a_closed_place_is_found_on_the_days_it_was(here):
    draw(here[BUILDING], HOUSE)
    actions.close_place(by=KEEPER, place_id=here[BUILDING].id, on=date(2026, 6, 1))
    assert where(90, 110) == GRID
    assert where(90, 110, date(2026, 5, 31)) == BUILDING
    with refused("is closed"):
        draw(here[BUILDING], HOUSE)


def test_what_is_imported_with_an_outline_is_found(here):
    row = PlaceRow(uuid7(), PlaceKind.BUILDING, "14栋", here[GRID].id, f"{GRID}b14/", outline=HOUSE)
    actions.import_places(by=SYSTEM, under=here[GRID], rows=[row])
    assert where(90, 110) == f"{GRID}b14/"


@pytest.mark.parametrize(
    ("spot", "path", "beside"),
    [
        ((90, 110), BUILDING, False),
        ((90, 95), BUILDING, True),
        ((90, 70), GRID, False),  # thirty metres off is not in front any more
        ((5, 5), COMMUNITY, False),
    ],
)
def test_who_points_in_front_of_a_building_means_it(here, spot, path, beside):
    draw(here[BUILDING], HOUSE)
    found = read.pointed_at(*at(*spot), DAY)
    assert found is not None
    assert (found.place.path, found.beside) == (path, beside)


def test_a_building_across_the_border_is_not_meant(here):
    other = place(f"{STREET}005/", PlaceKind.COMMUNITY, "兰新社区")
    house = place(f"{other.path}b1/", PlaceKind.BUILDING, "1栋")
    draw(house, area(402, 100, 440, 120), by=SYSTEM)
    found = read.pointed_at(*at(395, 110), DAY)
    assert found is not None
    assert found.place.path == COMMUNITY
    outside = read.pointed_at(*at(450, 110), DAY)
    assert outside is not None, "with no place around, the building close by is meant"
    assert (outside.place.path, outside.beside) == (house.path, True)
    assert read.pointed_at(*at(500, 110), DAY) is None


def test_an_earlier_outline_is_put_back(here):
    draw(here[BUILDING], HOUSE, illustrative=True)
    draw(here[BUILDING], area(200, 100, 260, 120))
    former = FormerOutline.objects.get(place=here[BUILDING])
    assert (former.outline, former.illustrative, former.replaced_at) == (HOUSE, True, NOW)
    row = actions.restore_outline(by=KEEPER, place_id=here[BUILDING].id, former_id=former.id)
    assert (row.outline, row.outline_illustrative) == (HOUSE, True)
    assert where(90, 110) == BUILDING
    assert [each.outline for each in read.formers(row)] == [area(200, 100, 260, 120), HOUSE]
    assert Entry.objects.get(event=Event.OUTLINE_RESTORED).subject_id == row.id


def test_the_same_drawn_again_is_no_other_outline(here):
    draw(here[BUILDING], HOUSE)
    draw(here[BUILDING], HOUSE)
    assert not FormerOutline.objects.filter(place=here[BUILDING]).exists()


def test_who_does_not_keep_the_register_draws_nothing(here):
    with refused("keep the register"):
        draw(here[BUILDING], HOUSE, by=resident())
    draw(here[BUILDING], HOUSE)
    draw(here[BUILDING], None)
    former = FormerOutline.objects.get(place=here[BUILDING])
    with refused("keep the register"):
        actions.restore_outline(by=resident(), place_id=here[BUILDING].id, former_id=former.id)
    with refused("no such earlier"):
        actions.restore_outline(by=KEEPER, place_id=here[GRID].id, former_id=former.id)
    with refused("keep the register"):
        actions.import_outlines(by=resident(), under_id=here[COMMUNITY].id, found=[])


def test_one_drawn_outside_or_on_another_map_is_refused(here):
    with refused("outside the outline"):
        draw(here[BUILDING], area(300, 100, 900, 120))
    shifted = {
        "type": "Polygon",
        "coordinates": [[list(wgs84_to_gcj02(*c)) for c in ring(300, 240, 360, 260)]],
    }
    with refused("inside if the numbers are GCJ-02"):
        draw(here[BUILDING], shifted)
    draw(here[BUILDING], shifted, frame=Frame.GCJ02)
    assert where(330, 250) == BUILDING


def test_a_file_is_one_act_with_one_entry(here):
    other = place(f"{GRID}b13/", PlaceKind.BUILDING, "13栋")
    actions.give_code(by=KEEPER, place_id=other.id, scheme=CodeScheme.ADDRESS, code="B13", starts=DAY)
    found = [Feature(1, BUILDING, HOUSE), Feature(2, "B13", area(60, 180, 120, 200))]
    assert actions.import_outlines(by=KEEPER, under_id=here[COMMUNITY].id, found=found) == 2
    assert (where(90, 110), where(90, 190)) == (BUILDING, other.path)
    entry = Entry.objects.get(event=Event.OUTLINES_IMPORTED)
    assert (entry.subject_id, entry.data) == (here[COMMUNITY].id, {"count": 2, "frame": "wgs84"})


def test_with_one_fault_nothing_of_a_file_is_taken(here):
    found = [Feature(1, BUILDING, HOUSE), Feature(2, "/nowhere/", HOUSE), Feature(3, STREET, HOUSE)]
    with pytest.raises(BadFeatures) as refusal:
        actions.import_outlines(by=KEEPER, under_id=here[COMMUNITY].id, found=found)
    assert [(fault.number, fault.reason) for fault in refusal.value.faults] == [
        (2, features.NOT_KNOWN),
        (3, features.ELSEWHERE),
    ]
    assert where(90, 110) == GRID
    assert not Entry.objects.filter(event=Event.OUTLINES_IMPORTED).exists()


def test_no_outline_is_not_illustrative(here):
    with pytest.raises(IntegrityError, match="only_an_outline"), transaction.atomic():
        Place.objects.filter(path=BUILDING).update(outline_illustrative=True)


def test_looking_a_point_up_costs_two_queries(here, django_assert_num_queries):
    where(90, 110)
    with django_assert_num_queries(2):  # has anything changed; the place itself
        where(90, 110)
