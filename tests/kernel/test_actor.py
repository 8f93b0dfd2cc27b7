"""Powers reach exactly as far as their grant: that power, that subtree, nothing by default."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant

PERSON, POST = UUID(int=1), UUID(int=2)
GRID = "/620201/002/006/g1/"


def holder(path: str = GRID) -> Actor:
    return Actor(PERSON, (Grant("matters.accept", path, POST),))


@pytest.mark.parametrize(
    ("power", "path", "answer"),
    [
        ("matters.accept", GRID, True),
        ("matters.accept", GRID + "b12/u1/0602/", True),
        ("matters.accept", "/620201/002/006/", False),  # above
        ("matters.accept", "/620201/002/006/g12/", False),  # a neighbour whose name begins alike
        ("matters.close", GRID, False),
        ("matters.accept", "", False),
    ],
)
def test_may(power: str, path: str, answer: bool) -> None:
    assert holder().may(power, path) is answer


def test_the_root_is_every_place() -> None:
    assert holder("/").may("matters.accept", GRID)


@pytest.mark.parametrize("actor", [SYSTEM, ANONYMOUS, Actor(PERSON)])
def test_no_grant_is_no_power(actor: Actor) -> None:
    assert not actor.may("matters.accept", GRID)
    assert actor.posts == frozenset()


@pytest.mark.parametrize("path", ["", "/620201", "620201/", "620201"])
def test_a_grant_whose_path_would_leak_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="starts and ends with '/'"):
        Grant("matters.accept", path)


def test_an_anonymous_actor_carries_no_person() -> None:
    with pytest.raises(ValueError, match="carries a person"):
        Actor(PERSON, kind=ActorKind.ANONYMOUS)


def test_posts_are_told_once() -> None:
    grants = (Grant("a", "/1/", POST), Grant("b", "/1/", POST), Grant("c", "/1/"))
    assert Actor(PERSON, grants).posts == frozenset({POST})


@pytest.mark.parametrize(
    ("posts", "path", "found"),
    [
        ({POST: GRID}, GRID + "b12/", POST),
        ({POST: GRID}, "/620201/002/006/", None),  # above what the post reaches
        ({POST: GRID}, "", None),
        ({POST: GRID, UUID(int=3): "/620201/"}, GRID, None),  # two posts there: nobody guesses which
        ({POST: GRID, UUID(int=3): "/510303/"}, GRID, POST),
        ({}, GRID, None),
    ],
)
def test_the_one_post_at_a_place(posts: dict[UUID, str], path: str, found: UUID | None) -> None:
    grants = [Grant(power, reach, post) for post, reach in posts.items() for power in ("a", "b")]
    assert Actor(PERSON, tuple(grants)).post_at(path) == found


def test_a_term_includes_both_its_days() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    grant, one_day = Grant("a", "/", POST, first, last), timedelta(days=1)
    assert [grant.in_force(day) for day in (first - one_day, first, last, last + one_day)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert Grant("a", "/").in_force(first)


segments = st.lists(st.text("ab1", min_size=1, max_size=2), max_size=4)


@given(segments, segments)
def test_a_grant_covers_a_place_only_if_the_place_lies_in_it(own: list[str], asked: list[str]) -> None:
    own_path, asked_path = ("/" + "".join(f"{part}/" for part in parts) for parts in (own, asked))
    assert holder(own_path).may("matters.accept", asked_path) is (asked[: len(own)] == own)
