"""An election counted by hand: figures that fit, at their boundaries; what they add up to; the file."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ballots.kinds import Method, RuleName
from linli.ballots.rules import handcount
from linli.ballots.rules.answers import Electorate, Option, Question
from linli.ballots.rules.handcount import HandCount, Slips, WrittenIn
from linli.ballots.rules.majorities import NAMED
from linli.ballots.rules.recount import recount
from linli.ballots.rules.specified import Damaged
from linli.ballots.rules.tally import tally
from linli.ballots.rules.weights import Weight

ABC = (Option("A", "甲"), Option("B", "乙"), Option("C", "丙"))
ELECTION = Question(
    "1", Method.CHOOSE, NAMED[RuleName.ELECTION_VOTERS], title="委员", options=ABC, seats=2, at_most=2
)
SOUND = {"valid": 50, "invalid": 3, "blank": 2, "votes": {"A": 50, "B": 30, "C": 20}}


def faults(slips: dict[str, Any] | None = None, *, out: int = 60, back: int = 55) -> list[str]:
    given = SOUND | (slips or {})
    given["written"] = [{"name": name, "votes": votes} for name, votes in given.get("written", [])]
    count = HandCount(out, back, {"1": handcount.slips_of(given)})
    return [fault.reason % fault.params for fault in handcount.faults(count, [ELECTION], 60)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"back": 61, "slips": {"invalid": 9}}, "More slips came back than were handed out."),
        ({"out": 61}, "More slips were handed out than there are voters on the roll."),
        ({"out": 55}, ""),
        ({"out": 54}, "More slips came back than were handed out."),
        ({"slips": {"blank": 1}}, "委员: valid, invalid and blank slips make 54, but 55 came back."),
        ({"slips": {"votes": {"A": 51, "B": 30, "C": 19}}}, "委员: a candidate has more votes than slips"),
        ({"slips": {"votes": {"A": 50, "B": 0, "C": 0}}}, ""),
        ({"slips": {"votes": {"A": 49, "B": 0, "C": 0}}}, "委员: the candidates have 49 votes together"),
        ({"slips": {"votes": {"A": 50, "B": 31, "C": 20}}}, "委员: the candidates have 101 votes together"),
        ({"slips": {"votes": {"A": 50, "B": 30, "C": 10}, "written": [["丁", 10]]}}, ""),
        ({"slips": {"votes": {"A": 0, "B": 0, "C": 0}, "written": [["丁", 50], ["戊", 50]]}}, ""),
        (
            {"slips": {"votes": {"A": 49, "B": 0, "C": 0}, "written": [["丁", 51]]}},
            "委员: a candidate has more",
        ),
        ({"slips": {"written": [["丁", 1]]}}, "委员: the candidates have 101 votes together"),
        (
            {"slips": {"votes": {"A": 50, "B": 30, "C": 0}, "written": [["丁", 10], ["丁", 10]]}},
            "委员: a name is written in twice.",
        ),
        (
            {"slips": {"votes": {"A": 50, "B": 30, "C": 0}, "written": [["甲", 20]]}},
            "委员: 甲 is a candidate, not written in.",
        ),
    ],
)
def test_figures_that_do_not_fit(change: dict[str, Any], said: str) -> None:
    found = faults(**change)
    assert bool(found) is bool(said), found
    assert not said or found[0].startswith(said)


@st.composite
def counts(draw: st.DrawFn) -> Slips:
    """Any count that fits the election above: drawn slip by slip, two of the names no candidates'."""
    slips = draw(st.lists(st.sets(st.sampled_from("ABC丁戊"), min_size=1, max_size=2), max_size=40))
    votes = {option: sum(option in slip for slip in slips) for option in "ABC丁戊"}
    written = tuple(WrittenIn(name, votes.pop(name)) for name in "丁戊")
    return Slips(len(slips), draw(st.integers(0, 5)), draw(st.integers(0, 5)), votes, written)


@settings(max_examples=200)
@given(counts())
def test_the_lines_add_up_to_the_figures(slips: Slips) -> None:
    lines = handcount.lines(ELECTION, slips)
    back = slips.valid + slips.invalid + slips.blank
    asked = handcount.with_written(ELECTION, slips)
    result = tally(asked, Electorate(Weight(heads=max(back, 1))), lines)
    assert result.count.took_part.heads == back
    assert (result.count.spoilt.heads, result.count.abstain.heads) == (slips.invalid, slips.blank)
    assert result.outcome is not None
    wanted = dict(slips.votes) | {"+1": slips.written[0].votes, "+2": slips.written[1].votes}
    assert {each.id: each.votes.heads for each in result.outcome.standings} == wanted
    chosen = [line.answer for line in lines if isinstance(line.answer, tuple)]
    assert all(len(set(each)) == len(each) <= ELECTION.at_most for each in chosen)


def test_who_is_written_in_is_named_in_full_only_once_elected() -> None:
    slips = Slips(50, 3, 2, {"A": 10, "B": 30, "C": 0}, (WrittenIn("张三丰", 40), WrittenIn("欧阳修", 1)))
    asked = handcount.with_written(ELECTION, slips)
    result = handcount.named(tally(asked, Electorate(Weight(heads=60)), handcount.lines(ELECTION, slips)))
    assert result.outcome is not None
    assert result.outcome.won == ("+1", "B")
    assert [option.title for option in result.question.options] == ["甲", "乙", "丙", "张三丰", "欧阳*"]
    file = handcount.published(slips, result.question)
    assert file["written"] == [{"name": "张三丰", "votes": 40}, {"name": "欧阳*", "votes": 1}]


FILE: dict[str, Any] = {
    "rule": "election_voters",
    "method": "choose",
    "options": ["A", "B", "C"],
    "seats": 2,
    "at_most": 2,
    "electorate": {"heads": 100},
    "hand_count": {"handed_out": 60, "collected": 55, "questions": {"1": SOUND}},
}


def counted(document: object) -> dict[str, Any]:
    return recount(json.dumps(document).encode())


def test_a_file_with_a_count_by_hand() -> None:
    found = counted(FILE)
    assert (found["passed"], found["votes"]) == (True, 55)
    assert found["questions"][0]["won"] == ["A", "B"]
    half = counted(FILE | {"electorate": {"heads": 110}})
    assert half["questions"][0]["reason"] == "Not valid: too few took part.", (
        "55 of 110 are not more than half"
    )


def test_a_file_with_names_written_in() -> None:
    slips = SOUND | {"votes": {"A": 50, "B": 10, "C": 0}}
    slips["written"] = [{"name": "王*", "votes": 35}, {"name": "王*", "votes": 5}]
    hand = {"handed_out": 60, "collected": 55, "questions": {"1": slips}}
    found = counted(FILE | {"hand_count": hand})["questions"][0]
    assert found["won"] == ["A", "+1"], "shortened names may look alike; each has its own line"
    for wrong, said in (
        ({}, "written: a list is needed"),
        ([{"votes": 3}], r"written\[0\].name: needed"),
        ([{"name": "王", "votes": -1}], "not a whole number of slips"),
        ([{"name": "王", "votes": 41}], "the candidates have 101 votes"),
    ):
        slips["written"] = wrong
        with pytest.raises(Damaged, match=said):
            counted(FILE | {"hand_count": hand})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"votes": []}, "an election counted by hand has no votes besides"),
        ({"hand_count": []}, "hand_count: an object is needed"),
        ({"hand_count": {"questions": {"1": SOUND}}}, "hand_count.handed_out: None is not a whole number"),
        ({"hand_count": {"handed_out": 60, "collected": 55, "questions": {}}}, "questions.1: an object"),
        ({"electorate": {"heads": 59}}, "More slips were handed out than there are voters"),
        (
            {
                "hand_count": {
                    "handed_out": 60,
                    "collected": 55,
                    "questions": {"1": SOUND | {"votes": {"D": 1}}},
                }
            },
            "there is no option 'D'",
        ),
        ({"method": "yes_no", "options": None}, "only a choice among candidates is counted by hand"),
    ],
)
def test_a_damaged_count_says_where(change: dict[str, Any], said: str) -> None:
    document = {name: value for name, value in (FILE | change).items() if value is not None}
    with pytest.raises(Damaged, match=said):
        counted(document)


def test_a_file_that_binds_nobody() -> None:
    opinion = {"rule": "opinion", "electorate": {"heads": 9}, "votes": [{"choice": "yes", "heads": 3}]}
    assert counted(opinion | {"binding": False})["binding"] is False
    assert counted(opinion)["binding"] is True
    with pytest.raises(Damaged, match="an opinion decides nothing"):
        counted(opinion | {"binding": False, "rule": "simple"})
    with pytest.raises(Damaged, match="binding: true or false"):
        counted(opinion | {"binding": "no"})
