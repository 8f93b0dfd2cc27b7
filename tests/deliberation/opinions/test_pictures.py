"""What a page may show: never a group, nor a number, of fewer than five people."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.opinions import pictures
from linli.deliberation.opinions.analysis import analyse
from linli.deliberation.opinions.pictures import FEWEST, picture
from linli.deliberation.opinions.votes import matrix
from tests.deliberation.opinions.makings import camps, conversations, drawn, rows


def shown(votes, out=()):
    return picture(analyse(votes, out=out, smallest=FEWEST))


@pytest.mark.parametrize(("people", "placed"), [(4, 0), (5, 5)])
def test_four_people_are_not_shown_and_five_are(people: int, placed: int) -> None:
    found = shown(drawn(*["++-"] * people))
    assert (found["people"], found["placed"]) == (placed, placed)
    assert bool(found["told"]) is (placed > 0)


@pytest.mark.parametrize(("few", "groups"), [(4, 0), (5, 2)])
def test_a_camp_of_four_is_not_set_apart(few: int, groups: int) -> None:
    found = shown(drawn(*["++++--"] * 9, *["----++"] * few))
    assert len(found["groups"]) == groups
    assert sum(group["size"] for group in found["groups"]) == (9 + few if groups else 0)
    assert found["told"]["0"]["all"] == [9, few, 9 + few]


def test_a_number_that_would_give_a_few_away_is_not_told() -> None:
    # the second camp answers the last statement four times only: no group's number is told for it
    found = shown(drawn(*["+++++"] * 8, *["----+"] * 4, *["----."] * 3))
    assert [group["size"] for group in found["groups"]] == [8, 7]
    assert "groups" not in found["told"]["4"]
    assert found["told"]["4"]["all"] == [12, 0, 12]
    assert found["told"]["0"]["groups"] == [[8, 0, 8], [0, 7, 7]]


def test_what_is_taken_out_is_nowhere() -> None:
    found = shown(drawn(*["+-+"] * 6, *["-++"] * 6), out=[2])
    assert set(found["told"]) == {"0", "1"}
    assert found["common"] == []


def test_where_somebody_stands_is_worked_out_from_their_own_answers() -> None:
    votes = matrix(camps(40, 12))
    found = shown(votes)
    own = {number: int(-votes.votes[0, number]) for number in range(12) if votes.given[0, number]}
    spot = pictures.spot_of(own, found)
    assert spot is not None
    group = found["groups"][pictures.group_of(spot, found)]
    assert any(abs(x - spot[0]) < 5 and abs(y - spot[1]) < 5 for x, y in group["dots"])
    assert pictures.spot_of({}, found) is None


def test_marks_on_one_spot_are_laid_side_by_side() -> None:
    [group, _other] = shown(drawn(*["++++--"] * 12, *["----++"] * 5))["groups"]
    assert len({tuple(dot) for dot in group["dots"]}) == 12


def test_an_outline_holds_its_dots_in_order() -> None:
    square = [[0.0, 0.0], [4, 0], [4, 4], [0, 4], [2, 2], [4, 0]]
    assert pictures.outline(square) == [[0, 0], [4, 0], [4, 4], [0, 4]]
    assert pictures.outline([[1.0, 1], [1, 1]]) == [[1, 1]]


@settings(deadline=None)
@given(conversations(people=30, statements=7), st.sets(st.integers(0, 6), max_size=2))
def test_no_conversation_shows_a_few(casts, out) -> None:
    found = shown(matrix(rows(casts)), out=out)
    assert len(found["groups"]) != 1
    assert all(group["size"] >= FEWEST == min(FEWEST, len(group["dots"])) for group in found["groups"])
    for counts in found["told"].values():
        agree, disagree, seen = counts["all"]
        assert seen >= FEWEST
        assert agree + disagree <= seen
        parts = counts.get("groups", [])
        assert all(part[2] == 0 or part[2] >= FEWEST for part in parts)
        if parts:
            assert sum(part[2] for part in parts) == seen
    named = [each["number"] for group in found["groups"] for each in group["holds"]] + [
        each["number"] for each in found["common"]
    ]
    assert {str(number) for number in named} <= set(found["told"])
    assert not {str(number) for number in out} & set(found["told"])
    assert all(0 <= x <= 100 and 0 <= y <= 100 for group in found["groups"] for x, y in group["dots"])
    json.dumps(found, allow_nan=False)
