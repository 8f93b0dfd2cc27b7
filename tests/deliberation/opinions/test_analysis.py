"""A conversation as a whole: statements taken out, groups given, what is written, edges."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from linli.deliberation.opinions import writing
from linli.deliberation.opinions.analysis import analyse
from linli.deliberation.opinions.votes import matrix
from tests.deliberation.opinions.makings import camps, conversations, drawn, members, rows


@pytest.mark.parametrize("sides", [2, 3])
def test_camps_are_found(sides: int) -> None:
    found = analyse(matrix(camps(60, 30, sides=sides)))
    assert sorted(members(found)) == [tuple(range(side, 60, sides)) for side in range(sides)]


def test_a_statement_taken_out_weighs_nothing_but_counts_as_passed() -> None:
    votes = drawn("+-+", "+-+", "-+-", "-+.")
    found = analyse(votes, out=[2])
    assert found.directions.center[2] == 0
    assert not found.directions.comps[:, 2].any()
    # with the third counted as passed by all, everybody voted on all three
    assert np.abs(found.spots[:, 0]) == pytest.approx([2**0.5] * 4)


def test_given_groups_are_used_and_make_who_is_in() -> None:
    votes = drawn("+-", "+-", "-+", "..", "-+", "+.")
    found = analyse(votes, given={0: "a", 1: "a", 2: "b", 3: "b", 4: "b", 99: "c"})
    assert [(group.id, group.members) for group in found.groups] == [("a", (0, 1)), ("b", (2, 4)), ("c", ())]
    assert found.inside == (0, 1, 2, 4)
    assert found.groups[0].tally.agree.tolist() == [2, 0]


def test_nobody_and_nothing() -> None:
    found = writing.as_json(analyse(matrix(rows([])), out=[5]))
    assert found["n"] == found["n-cmts"] == 0
    assert found["tids"] == found["in-conv"] == found["group-clusters"] == []
    assert found["pca"]["center"] == []
    assert found["consensus"] == {"agree": [], "disagree": []}
    assert found["repness"] == found["group-aware-consensus"] == found["comment-priorities"] == {}


def test_about_the_conversation_itself() -> None:
    found = writing.as_json(analyse(drawn("+-", "-+"), about_talking=[1]))
    assert (found["mod-out"], found["meta-tids"]) == ([1], [1])
    assert found["comment-priorities"][1] == 49


@settings(deadline=None)
@given(conversations())
def test_the_order_of_votes_in_the_file_changes_nothing(casts) -> None:
    straight = matrix(rows(casts))
    turned = matrix(rows(casts[::-1], range(len(casts))[::-1]))
    assert writing.as_json(analyse(straight)) == writing.as_json(analyse(turned))


@settings(deadline=None)
@given(conversations(people=40))
def test_anything_can_be_analysed_and_written(casts) -> None:
    found = analyse(matrix(rows(casts)), out=[1])
    written = json.loads(json.dumps(writing.as_json(found), allow_nan=False))
    assert sorted(person for group in found.groups for person in group.members) == list(found.inside)
    assert written["in-conv"] == sorted(written["in-conv"])
    assert set(written["comment-priorities"]) == {str(each) for each in written["tids"]}
    assert sum(written["base-clusters"]["count"]) == len(written["in-conv"])
