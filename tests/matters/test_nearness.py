"""How near two matters are by their places, and what places and names say together."""

from dataclasses import dataclass

import pytest

from linli.matters.rules.nearness import Near, nearness, neighbourhood, relation_at
from linli.matters.triage.closeness import Message, Relation, features


@dataclass
class Spot:
    kind: str
    path: str


COMMUNITY = Spot("community", "/62/002/006/")
GRID = Spot("grid", "/62/002/006/g01/")
COURTYARD = Spot("courtyard", "/62/002/006/g01/y1/")
BUILDING = Spot("building", "/62/002/006/g01/y1/b03/")
ENTRANCE = Spot("entrance", "/62/002/006/g01/y1/b03/u2/")
HOME = Spot("home", "/62/002/006/g01/y1/b03/u2/0302/")
CHAIN = [Spot("street", "/62/002/"), COMMUNITY, GRID, COURTYARD, BUILDING, ENTRANCE, HOME]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (HOME.path, Near.HOME),
        ("/62/002/006/g01/y1/b03/u2/0401/", Near.ENTRANCE),
        ("/62/002/006/g01/y1/b03/u1/0101/", Near.BUILDING),
        ("/62/002/006/g01/y1/b04/", Near.COURTYARD),
        ("/62/002/006/g01/y2/b01/", Near.GRID),
        ("/62/002/006/g02/", Near.COMMUNITY),
        (COMMUNITY.path, Near.COMMUNITY),
        ("/62/002/007/g01/", None),
    ],
)
def test_the_finest_place_two_matters_share(path: str, near: Near | None) -> None:
    assert nearness(CHAIN, path) is near


def test_duplicates_are_looked_for_in_the_courtyard_else_the_community() -> None:
    assert neighbourhood(CHAIN) == COURTYARD.path
    assert neighbourhood([COMMUNITY, GRID, Spot("building", "/62/002/006/g01/b9/")]) == COMMUNITY.path
    assert neighbourhood([COMMUNITY]) == COMMUNITY.path


@pytest.mark.parametrize(
    ("one", "other", "near", "how"),
    [
        ("电梯停了", "电梯又停了", Near.BUILDING, Relation.SAME),
        ("电梯停了", "电梯又停了", Near.COURTYARD, Relation.UNNAMED),
        ("2单元电梯停了", "3单元电梯停了", Near.BUILDING, Relation.APART),
        ("12栋电梯停了", "十二栋电梯停了", Near.COMMUNITY, Relation.SAME),
        ("栖霞苑门口堵车", "住栖霞苑，出门就堵", Near.COMMUNITY, Relation.SAME),
    ],
)
def test_what_is_named_goes_before_where_it_is_kept(one: str, other: str, near: Near, how: Relation) -> None:
    first, second = features([Message("1", one, ""), Message("2", other, "")])
    assert relation_at(first, second, near) is how
