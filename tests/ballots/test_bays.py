"""Parking bays in an owners' vote: an owned part counts with its area, its owner once; others stay out."""

from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.ballots.kinds import Method, PartKind, RuleName
from linli.ballots.models import RollEntry
from linli.ballots.read import counting, roll
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.weights import Weight
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.people.actions import residence
from linli.places import actions as places
from linli.places.kinds import AreaSource
from linli.places.rules.bays import Standing, listed
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import AREA, MORNING, Entrance
from tests.pdf import words_of

OWNED = Standing(independent=True, exclusive=True, registrable=True)
BAY = 1325
PLAN = entrance.plan(Asked("换灯", Method.YES_NO, RuleName.OWNERS_ORDINARY), part_kind=PartKind.NONE)


def bays(built: Entrance, text: str, standing: Standing = OWNED) -> list[UUID]:
    """Bays under the building of the entrance."""
    return places.add_bays(
        by=SYSTEM,
        under_id=built.world.place("building4"),
        bays=listed(text),
        standing=standing,
        source=AreaSource.REGISTER,
        opened_on=world.BEGAN,
    )


def sold(built: Entrance, bay: UUID, *owners: str) -> None:
    for owner in owners:
        residence.note_holding(
            by=SYSTEM, person_id=built.world.persons[owner], home_id=bay, starts=world.BEGAN
        )


def written(built: Entrance) -> Any:
    """The roll of a vote of the whole building, written."""
    built.world.places["lift"] = built.world.places["building4"]
    return entrance.announced(built, PLAN)


@pytest.mark.parametrize(
    ("case", "owners", "heads", "area"),
    [
        ("the owner of a home", ["601"], 12, 12 * AREA + BAY),
        ("nobody yet: the developer’s, one head", [], 13, 12 * AREA + BAY),
        ("two owners of a home each, together", ["601", "602"], 13, 12 * AREA + BAY),
        ("somebody without a home", ["clerk"], 13, 12 * AREA + BAY),
    ],
)
def test_an_owned_bay_counts_with_its_area(
    built: Entrance, case: str, owners: list[str], heads: int, area: int
) -> None:
    with clock.at(MORNING):
        [bay] = bays(built, "B1-1 13.25")
        sold(built, bay, *owners)
    row = written(built)
    assert roll.turnout(row).everybody == Weight(area, heads), case


def test_an_owner_of_two_bays_and_a_home_is_one_head_on_one_line(built: Entrance) -> None:
    with clock.at(MORNING):
        for bay in bays(built, "B1-1 13.25\nB1-2 13.25"):
            sold(built, bay, "601")
    row = written(built)
    entry = RollEntry.objects.get(ballot=row, units__home__name="601")
    assert entry.area == AREA + 2 * BAY
    assert "B1-1" in entry.label
    assert [home.name for home, at in counting.doors(row) if at.pk == entry.pk] == ["601"], "no door to a bay"


def test_a_bay_that_is_nobodys_stays_out_and_the_roll_says_why(built: Entrance) -> None:
    with clock.at(MORNING):
        bays(built, "R-1 13.25", Standing(independent=True, exclusive=True))
        bays(built, "R-2", Standing())
    row = written(built)
    assert roll.turnout(row).everybody == Weight(12 * AREA, 12)
    assert [(each.bay.name, each.lacks) for each in row.bays_left_out.order_by("bay__name")] == [
        ("R-1", ["registrable"]),
        ("R-2", ["independent", "exclusive", "registrable"]),
    ]
    why = "it cannot be registered as somebody’s own"
    with clock.at(MORNING):
        for who, page in (("clerk", "ballots_desk:roll"), ("601", "ballots:roll")):
            shown = unescape(client_of(built, who).get(reverse(page, args=[row.pk])).content.decode())
            assert "Parking bays that do not count" in shown, page
            assert why in shown, page
        paper = client_of(built, "clerk").get(reverse("ballots_desk:roll_pdf", args=[row.pk])).content
    assert "".join(why.split()) in words_of(paper)


def test_an_owned_bay_without_an_area_is_asked_for_before_the_roll(built: Entrance) -> None:
    with clock.at(MORNING):
        [bay] = bays(built, "B1-1")
    built.world.places["lift"] = built.world.places["building4"]
    row = entrance.drafted(built, PLAN)
    with clock.at(MORNING):
        assert [place.pk for place in roll.preview(row, clock.today()).without_area] == [bay]


def client_of(built: Entrance, key: str) -> Client:
    if not get_user_model().objects.filter(person_id=built.world.persons[key]).exists():
        world.open_account(built.world, key)
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=built.world.persons[key]))
    return client
