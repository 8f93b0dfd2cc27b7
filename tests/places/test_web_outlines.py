"""The desk's pages of outlines, over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.kernel.actor import SYSTEM
from linli.places import actions
from linli.places.kinds import Event
from linli.places.models import FormerOutline, Place
from tests.mapping import area, at, ring
from tests.organizations.making import chain, holds
from tests.people.making import account, person
from tests.places.making import BUILDING, COMMUNITY, GRID, STREET

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOUSE = area(60, 100, 120, 120)


@pytest.fixture
def seats():
    made = chain(community_clerk=["matter.read", "place.edit", "export"], grid_worker=["matter.read"])
    for path, sides in ((COMMUNITY, (0, 0, 400, 300)), (GRID, (10, 10, 390, 290))):
        actions.outline(by=SYSTEM, place_id=made.places[path].id, outline=area(*sides), illustrative=False)
    return made


def signed_in(name: str, phone: str, post) -> Client:
    somebody = person(name, phone)
    holds(somebody, post)
    account(somebody)
    client = Client(headers={"accept-language": "en"})
    client.force_login(somebody.account, backend=BACKEND)
    return client


@pytest.fixture
def clerk(seats):
    return signed_in("陈静", "13800002202", seats.clerk)


def address(seats, path: str, name: str, *more) -> str:
    return reverse(f"places:{name}", args=[seats.places[path].id, *more])


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def corners(*sides: float) -> str:
    return "\n".join(f"{x}, {y}" for x, y in ring(*sides)[:-1])


def sent(*features: tuple[str, object]) -> SimpleUploadedFile:
    rows = [
        {"type": "Feature", "properties": {"code": code}, "geometry": geometry} for code, geometry in features
    ]
    content = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    return SimpleUploadedFile("outlines.geojson", content)


def test_an_outline_is_written_corrected_and_put_back(clerk, seats):
    page = address(seats, BUILDING, "outline")
    assert "It was not drawn otherwise before." in text(clerk.get(page))
    assert clerk.post(page, {"outline": corners(60, 100, 120, 120), "frame": "wgs84"}).status_code == 302
    row = Place.objects.get(path=BUILDING)
    assert row.outline == HOUSE
    again = {"outline": json.dumps(area(60, 100, 130, 120)), "frame": "wgs84", "illustrative": "on"}
    assert clerk.post(page, again).status_code == 302
    former = FormerOutline.objects.get()
    assert "4 corners" in text(clerk.get(page))
    assert clerk.post(address(seats, BUILDING, "outline_restore", former.id)).status_code == 302
    row.refresh_from_db()
    assert (row.outline, row.outline_illustrative) == (HOUSE, False)
    assert clerk.post(page, {"outline": " ", "frame": "wgs84"}).status_code == 302
    row.refresh_from_db()
    assert row.outline is None


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ("98.28, 39.76\nover there", "Line 2 is not a longitude and a latitude"),
        ("39.76, 98.28\n39.77, 98.28\n39.77, 98.29", "seem to be swapped"),
        (corners(60, 100, 900, 120), "outside the outline of the place it belongs to"),
        ('{"type": "Point"}', "An outline is an area"),
        ('{"type"', "not readable GeoJSON"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_text_stays(clerk, seats, outline, reason):
    page = text(clerk.post(address(seats, BUILDING, "outline"), {"outline": outline, "frame": "wgs84"}), 422)
    assert reason in page
    assert outline.splitlines()[0].split(",")[0].replace('"', "&quot;") in page
    assert Place.objects.get(path=BUILDING).outline is None


def test_a_file_goes_out_and_comes_back(clerk, seats):
    actions.outline(by=SYSTEM, place_id=seats.places[BUILDING].id, outline=HOUSE, illustrative=True)
    answer = clerk.get(address(seats, COMMUNITY, "outlines_download"))
    assert "attachment" in answer["Content-Disposition"]
    found = json.loads(answer.content)
    assert [each["properties"]["code"] for each in found["features"]] == [COMMUNITY, GRID, BUILDING]
    assert Entry.objects.filter(event=Event.EXPORTED, data__list="outlines").exists()
    back = SimpleUploadedFile("back.geojson", answer.content)
    page = address(seats, COMMUNITY, "outlines_upload")
    done = clerk.post(page, {"file": back, "frame": "wgs84"}, follow=True)
    assert "3 outlines are drawn." in text(done)
    assert not FormerOutline.objects.exists(), "nothing was drawn otherwise"
    assert not Place.objects.get(path=BUILDING).outline_illustrative


def test_faults_are_listed_by_feature_and_nothing_is_taken(clerk, seats):
    bow = {
        "type": "Polygon",
        "coordinates": [[list(at(*c)) for c in ((0, 0), (9, 9), (9, 0), (0, 9), (0, 0))]],
    }
    file = sent((BUILDING, HOUSE), ("nobody", HOUSE), (GRID, bow), (STREET, HOUSE))
    page = text(
        clerk.post(address(seats, COMMUNITY, "outlines_upload"), {"file": file, "frame": "wgs84"}), 422
    )
    assert "3 outlines of the file cannot be taken, so none was." in page
    assert "No place has this code." in page
    assert "The line crosses itself near 98.28005, 39.76004." in page
    assert "does not lie in the place the file is brought in for" in page
    assert Place.objects.get(path=BUILDING).outline is None
    wrong = SimpleUploadedFile("x.geojson", b"PK")
    page = text(
        clerk.post(address(seats, COMMUNITY, "outlines_upload"), {"file": wrong, "frame": "wgs84"}), 422
    )
    assert "not readable GeoJSON" in page


def test_the_shapes_for_a_map(clerk, seats):
    found = json.loads(clerk.get(address(seats, GRID, "outline_shapes")).content)
    assert [each["properties"]["kind"] for each in found["features"]] == ["grid"]
    assert found["features"][0]["properties"]["url"] == address(seats, GRID, "place")


def test_who_only_reads_sees_shapes_and_draws_nothing(seats):
    worker = signed_in("李强", "13800002203", seats.worker)
    assert worker.get(address(seats, GRID, "outline_shapes")).status_code == 200
    assert worker.get(address(seats, BUILDING, "outline")).status_code == 403
    assert (
        worker.post(address(seats, BUILDING, "outline"), {"outline": "", "frame": "wgs84"}).status_code == 403
    )
    assert worker.get(address(seats, COMMUNITY, "outlines_upload")).status_code == 403
    assert worker.get(address(seats, COMMUNITY, "outlines_download")).status_code == 403
    assert Client().get(address(seats, GRID, "outline_shapes")).status_code == 302
