"""Parking bays: which are owned parts (区分所有权解释 2), how they are entered, and what pages say."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.kernel.errors import InvalidCode
from linli.places import actions, read
from linli.places.kinds import AreaSource, Event, Lack, PlaceKind, Power
from linli.places.models import Bay, Place
from linli.places.rules.bays import Listed, Standing, listed
from tests.organizations.making import chain, holds
from tests.people.making import account, person
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, resident, staff, territory

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
KEEPER = staff(Power.EDIT)
OWNED = Standing(independent=True, exclusive=True, registrable=True)
SHELTER = Standing(independent=True, exclusive=True)  # 人防


@pytest.mark.parametrize(
    ("standing", "lacks"),
    [
        (OWNED, ()),
        (Standing(exclusive=True, registrable=True), (Lack.INDEPENDENT,)),
        (Standing(independent=True, registrable=True), (Lack.EXCLUSIVE,)),
        (SHELTER, (Lack.REGISTRABLE,)),
        (Standing(independent=True), (Lack.EXCLUSIVE, Lack.REGISTRABLE)),
        (Standing(), tuple(Lack)),
    ],
)
def test_a_bay_is_an_owned_part_if_all_three_hold(standing: Standing, lacks: tuple[Lack, ...]) -> None:
    assert standing.lacks == lacks
    assert standing.is_owned_part is (not lacks)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("B1-012 13.25 川(2026)第0001号", Listed("B1-012", 1325, "川(2026)第0001号")),
        ("  B1-012   13 ", Listed("B1-012", 1300)),
        ("B1-012", Listed("B1-012")),
        ("17 13.2", Listed("17", 1320)),
        ("B1-012 No. 17", Listed("B1-012", None, "No. 17")),
        ("B1-012 13.255", Listed("B1-012", None, "13.255")),
        ("B1-012 0", Listed("B1-012", None)),
    ],
)
def test_a_line_of_the_list(line: str, found: Listed) -> None:
    assert listed(line) == [found]


@pytest.mark.parametrize("text", ["", " \n ", "a 12\na 13", "x" * 61, "\n".join(map(str, range(501)))])
def test_a_list_that_cannot_be_taken(text: str) -> None:
    with pytest.raises(InvalidCode):
        listed(text)


@pytest.fixture
def here(db):
    with clock.at(NOW):
        yield territory()


def add(here, text: str, standing: Standing = OWNED, *, path: str = GRID, by=KEEPER, note: str = ""):
    return actions.add_bays(
        by=by,
        under_id=here[path].id,
        bays=listed(text),
        standing=standing,
        source=AreaSource.REGISTER,
        opened_on=DAY,
        note=note,
    )


def test_bays_are_added_with_their_areas_and_only_owned_ones_count(here):
    first, second = add(here, "B1-2 13.25 产权1\nB1-12 12")
    add(here, "R-1", SHELTER, path=COMMUNITY, note="人防工程")
    assert [row.name for row in read.bays(COMMUNITY, DAY)] == ["R-1", "B1-2", "B1-12"]
    owned, left_out = read.owned_parts(COMMUNITY, DAY)
    assert [row.name for row in owned] == ["602室", "B1-2", "B1-12"]
    assert [row.name for row in left_out] == ["R-1"]
    assert read.areas_of([first, second]) == {
        first: {AreaSource.REGISTER: 1325},
        second: {AreaSource.REGISTER: 1200},
    }
    assert read.address(read.place(first)) == "第3网格 B1-2"
    entry = Entry.objects.filter(event=Event.BAYS_ADDED).first()
    assert (entry.data, entry.place_path) == ({"count": 2, "lacks": []}, GRID)


@pytest.mark.parametrize(
    ("text", "standing", "path", "reason"),
    [
        ("B1-1 13 产权9", SHELTER, GRID, "all three have to hold"),
        ("B1-7 13 产权1", OWNED, BUILDING, "noted of another bay"),
        ("B1-7 13 产权9\nB1-8 13 产权9", OWNED, GRID, "noted of another bay"),
        ("B1-2", OWNED, GRID, "B1-2 is there already"),
        ("B1-7", OWNED, HOME, "cannot be put there"),
    ],
)
def test_what_cannot_be_added(here, text, standing, path, reason):
    add(here, "B1-2 13.25 产权1")
    with pytest.raises(Refused, match=reason):
        add(here, text, standing, path=path)
    assert Bay.objects.count() == 1


def test_only_who_keeps_the_register_adds_and_changes_them(here):
    [key] = add(here, "B1-2")
    with pytest.raises(Refused, match="keep the register"):
        add(here, "B1-3", by=resident())
    with pytest.raises(Refused, match="keep the register"):
        actions.change_bay(by=resident(), place_id=key, standing=SHELTER)
    with pytest.raises(Refused, match="not a parking bay"):
        actions.change_bay(by=KEEPER, place_id=here[HOME].id, standing=SHELTER)


def test_a_bay_is_noted_anew(here):
    [key] = add(here, "B1-2", SHELTER)
    assert not read.can_be_owned(read.place(key))
    actions.change_bay(by=KEEPER, place_id=key, standing=OWNED, number=" 产权1 ", note="已办证")
    assert read.can_be_owned(read.place(key))
    assert Bay.objects.get(place=key).register_number == "产权1"
    with pytest.raises(Refused, match="all three"):
        actions.change_bay(by=KEEPER, place_id=key, standing=SHELTER, number="产权1")


def test_the_table_keeps_the_register_to_owned_parts(here):
    [key] = add(here, "B1-2", SHELTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bay.objects.filter(place=key).update(register_number="产权1")


def test_a_bay_nobody_noted_anything_of_is_nobodys(here):
    bare = actions.open_place(by=KEEPER, kind=PlaceKind.BAY, name="7", label="p7", parent_id=here[GRID].id)
    assert read.standing_of(read.place(bare.id)).lacks == tuple(Lack)


# ── on the pages ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def seats(db):
    return chain(community_clerk=["matter.read", "person.read", "person.edit", "place.edit"])


@pytest.fixture
def clerk(seats):
    chen = person("陈静", "13800002202")
    holds(chen, seats.clerk)
    account(chen)
    client = Client(headers={"accept-language": "en"})
    client.force_login(chen.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response) -> str:
    return unescape(response.content.decode())


def test_bays_are_entered_and_changed_on_the_desk(clerk, seats):
    grid = seats.places[GRID]
    page = reverse("places:bays", args=[grid.id])
    assert page in text(clerk.get(reverse("places:place", args=[grid.id])))
    assert "No parking bay is noted here" in text(clerk.get(page))
    form = reverse("places:bays_add", args=[grid.id])
    sent = {"listed": "B1-1 13.25\nB1-2", "source": "register", "independent": "on", "exclusive": "on",
            "note": "人防工程"}  # fmt: skip
    wrong = clerk.post(form, {**sent, "listed": "B1-1\nB1-1"})
    assert wrong.status_code == 422
    assert "Line 2: B1-1 is there twice." in text(wrong)
    assert clerk.post(form, sent).status_code == 302
    shown = text(clerk.get(page))
    assert "no: it cannot be registered as somebody’s own (人防工程)" in shown
    assert "13.25 m²" in shown
    assert "B1-1" not in text(clerk.get(reverse("places:place", args=[grid.id])))
    bay = Place.objects.get(name="B1-1")
    change = reverse("places:bay", args=[bay.id])
    assert "人防工程" in text(clerk.get(change))
    assert clerk.post(change, {"independent": "on", "number": "产权1"}).status_code == 422
    held = {"independent": "on", "exclusive": "on", "registrable": "on", "number": "产权1"}
    assert clerk.post(change, held).status_code == 302
    assert "产权1" in text(clerk.get(page))


def test_what_somebody_owns_is_noted_and_ended_on_the_desk(clerk, seats):
    owner = person("王小敏", "13800002201")
    actions.add_bays(
        by=KEEPER, under_id=seats.places[GRID].id, bays=listed("B1-1"), standing=OWNED,
        source=AreaSource.REGISTER, opened_on=DAY,
    )  # fmt: skip
    [shelter] = actions.add_bays(
        by=KEEPER, under_id=seats.places[GRID].id, bays=listed("R-1"), standing=SHELTER,
        source=AreaSource.REGISTER, opened_on=DAY,
    )  # fmt: skip
    own = reverse("people:own", args=[owner.id])
    bay = Place.objects.get(name="B1-1")
    assert "B1-1" in text(clerk.get(own, {"q": "B1-1"}))
    sent = {"home": str(bay.id), "numerator": "1", "denominator": "2", "starts": "2026-11-01"}
    assert clerk.post(f"{own}?q=B1", sent).status_code == 302
    refused = clerk.post(f"{own}?q=R", {**sent, "home": str(shelter)})
    assert refused.status_code == 422
    assert "Nobody owns this by itself" in text(refused)
    shown = text(clerk.get(reverse("people:person", args=[owner.id])))
    assert "第3网格 B1-1" in shown
    assert "1/2" in shown
    end = reverse("people:holding_end", args=[owner.holdings.get().id])
    assert clerk.post(end, {"ends": "2026-11-01"}).status_code == 422
    assert clerk.post(end, {"ends": "2026-11-20"}).status_code == 302
    assert owner.holdings.get().ends == date(2026, 11, 20)
    assert clerk.post(end, {"ends": "2026-11-21"}).status_code == 422
