"""Heads and areas of owners: every row at its boundary (区分所有权解释 8, 9)."""

from uuid import UUID, uuid4

import pytest

from linli.people.rules import owning
from linli.people.rules.owning import Unit
from linli.places.kinds import AreaSource

ANN, BEN, CAO = (UUID(int=each) for each in (1, 2, 3))


def unit(*owners: UUID, area: int = 9000, part: str = "") -> Unit:
    return Unit(uuid4(), area, part, frozenset(owners))


HEADS = [
    ("one unit, one head", [unit(ANN)], 1),
    ("a buyer of two units is one head", [unit(ANN), unit(ANN)], 1),
    ("a unit owned together is one vote", [unit(ANN, BEN)], 1),
    ("the same two own two units: one buyer", [unit(ANN, BEN), unit(BEN, ANN)], 1),
    ("alone and together are two buyers", [unit(ANN), unit(ANN, BEN)], 2),
    ("two owners of a unit each", [unit(ANN), unit(BEN)], 2),
    ("everything unsold is one head in total", [unit(), unit(), unit()], 1),
    ("unsold and sold", [unit(), unit(ANN), unit(), unit(CAO)], 3),
]


@pytest.mark.parametrize(("units", "heads"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_heads(units: list[Unit], heads: int) -> None:
    found = owning.voters(units)
    assert len(found) == heads
    assert sum(each.area for each in found) == 9000 * len(units)


def test_a_home_and_a_bay_of_one_owner_are_one_head_with_both_areas() -> None:
    [voter] = owning.voters([unit(ANN), unit(ANN, area=1325)])
    assert voter.area == 10_325


@pytest.mark.parametrize(
    ("known", "counts"),
    [
        (
            {AreaSource.CONTRACT: 9100, AreaSource.SURVEYED: 9050, AreaSource.REGISTER: 9000},
            (9000, AreaSource.REGISTER),
        ),
        ({AreaSource.CONTRACT: 9100, AreaSource.SURVEYED: 9050}, (9050, AreaSource.SURVEYED)),
        ({AreaSource.CONTRACT: 9100}, (9100, AreaSource.CONTRACT)),
        ({AreaSource.REGISTER: 0, AreaSource.CONTRACT: 9100}, (9100, AreaSource.CONTRACT)),
        ({}, None),
    ],
)
def test_the_register_then_the_survey_then_the_contract(
    known: dict[AreaSource, int], counts: tuple[int, AreaSource] | None
) -> None:
    assert owning.area_of(known) == counts
