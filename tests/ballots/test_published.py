"""The published file: written by hand or by Linli, damaged or sound; a recount always equals the tally."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ballots import cli
from linli.ballots.kinds import RuleName
from linli.ballots.rules.answers import Electorate, Line, Question
from linli.ballots.rules.majorities import ELECTIONS, NAMED
from linli.ballots.rules.published import parse, read, seal
from linli.ballots.rules.recount import recount, summed_up
from linli.ballots.rules.specified import Damaged, question_of, written_question
from linli.ballots.rules.tally import tally
from linli.ballots.rules.weights import Weight

MINIMAL: dict[str, Any] = {
    "rule": "owners_special",
    "electorate": {"area": 9000, "heads": 90},
    "votes": [
        {"choice": "yes", "area": 4500, "heads": 45},
        {"choice": "no", "area": 1500, "heads": 15},
    ],
}


def counted(document: object) -> dict[str, Any]:
    return recount(json.dumps(document, ensure_ascii=False).encode())


def test_a_file_written_by_hand() -> None:
    found = counted(MINIMAL)
    assert found["passed"] is True
    assert found["reason"] == "Passed: every share that is needed was reached."
    assert (found["sealed"], found["agrees_with_published"]) == (False, None)
    [question] = found["questions"]
    assert question["figures"]["took_part"] == {"area": 6000, "heads": 60}
    assert [each["compared"] for each in question["checks"]] == [
        "3 × 6000 ≥ 2 × 9000",
        "3 × 60 ≥ 2 × 90",
        "4 × 4500 ≥ 3 × 6000",
        "4 × 45 ≥ 3 × 60",
    ]


def test_one_hundredth_of_a_square_metre_less_fails() -> None:
    votes = [{"choice": "yes", "area": 4499, "heads": 45}, {"choice": "no", "area": 1501, "heads": 15}]
    found = counted({**MINIMAL, "votes": votes})
    assert found["passed"] is False
    assert found["reason"] == "Not passed: too little of the area agrees."
    assert found["questions"][0]["checks"][2] == {
        "check": "approval",
        "measure": "area",
        "have": 4499,
        "of": 6000,
        "share": ">=3/4",
        "needed": 4500,
        "holds": False,
        "compared": "4 × 4499 ≥ 3 × 6000",
    }


def test_one_vote_a_line() -> None:
    head = {key: MINIMAL[key] for key in ("rule", "electorate")}
    lines = "\n".join(json.dumps(each) for each in [head, *MINIMAL["votes"]])
    assert recount(lines.encode()) == counted(MINIMAL)
    assert recount(("\ufeff" + lines + "\n\n").encode()) == counted(MINIMAL)


def test_heads_only_and_one_vote_a_person() -> None:
    votes = [{"choice": "yes"}] * 2 + [{"choice": "no"}]
    found = counted({"rule": "simple", "electorate": {"heads": 5}, "votes": votes})
    assert found["passed"] is True
    assert found["questions"][0]["figures"]["yes"] == {"heads": 2}


def test_area_is_left_out_where_no_rule_counts_it() -> None:
    votes = [{"choice": "yes", "area": 8937}]
    found = counted({"rule": "owners_unanimous", "electorate": {"heads": 1}, "votes": votes})
    assert found["passed"] is True
    assert found["questions"][0]["figures"]["yes"] == {"heads": 1}


def test_several_questions() -> None:
    questions = [
        {"id": "use", "rule": "owners_ordinary"},
        {"id": "who", "method": "choose", "rule": "owners_ordinary", "options": ["甲", "乙"]},
    ]
    votes = [
        {"choices": {"use": "yes", "who": ["甲"]}, "area": 4000, "heads": 40},
        {"choices": {"use": "no"}, "area": 2000, "heads": 20},
    ]
    found = counted({"questions": questions, "electorate": MINIMAL["electorate"], "votes": votes})
    assert found["passed"] is True
    assert found["questions"][1]["won"] == ["甲"]
    assert found["questions"][1]["figures"]["abstain"] == {"area": 2000, "heads": 20}


def test_a_rule_spelt_out() -> None:
    rule = {"measures": ["heads"], "quorum": ">1/2", "passing": ">=2/3", "of": "entitled"}
    votes = [{"choice": "yes", "heads": 60}]
    document = {"rule": rule, "electorate": {"heads": 90}, "votes": votes}
    assert counted(document)["passed"] is True
    assert counted({**document, "votes": [{"choice": "yes", "heads": 59}]})["passed"] is False


def test_who_votes_twice_counts_once() -> None:
    votes = [
        {"voter": "17", "channel": "online", "choice": "no", "at": "2026-11-20T10:00+08:00"},
        {"voter": "17", "channel": "paper", "choice": "yes", "at": "2026-11-18T10:00+08:00"},
        {"voter": "17", "channel": "online", "choice": "no", "at": "2026-11-21T10:00+08:00"},
        {"voter": "18", "choice": "yes"},
    ]
    found = counted({"rule": "simple", "electorate": {"heads": 3}, "votes": votes})
    assert (found["votes"], found["superseded"]) == (2, 2)
    assert found["questions"][0]["figures"]["yes"] == {"heads": 2}


def test_every_part_has_to_pass() -> None:
    half = {"area": 4500, "heads": 45}
    document = {
        "rule": {"name": "lift", "every_part": True},
        "electorate": {**MINIMAL["electorate"], "parts": {"1": half, "2": half}},
        "votes": [
            {"choice": "yes", "part": "1", **half},
            {"choice": "yes", "part": "2", "area": 3300, "heads": 33},
            {"choice": "no", "part": "2", "area": 1200, "heads": 12},
        ],
    }
    assert counted(document)["reason"] == "Not passed: in 2 too little of the area agrees."
    document["rule"] = "lift"
    assert counted(document)["passed"] is True


def test_a_house_rule_that_was_in_force() -> None:
    follow = {"source": "管理规约 12", "from": "2026-01-01"}
    document = {
        "rule": {"name": "owners_ordinary", "follow_majority": follow},
        "held_on": "2026-01-01",
        "electorate": {**MINIMAL["electorate"], "unreturned": {"area": 3000, "heads": 30}},
        "votes": [{"choice": "yes", "area": 3000, "heads": 30}],
    }
    assert counted(document)["passed"] is True
    assert counted({**document, "held_on": "2025-12-31"})["passed"] is False


# ── damaged ─────────────────────────────────────────────────────────────────────────────────────────────

VOTE = MINIMAL["votes"][0]
DAMAGED: list[tuple[str, dict[str, Any]]] = [
    ("rule: 'owners' is not one of owners_ordinary", {"rule": "owners"}),
    ("rule.quorum_of: not known", {"rule": {"name": "lift", "quorum_of": ">1/2"}}),
    ("rule: not a share: 'half'", {"rule": {"passing": "half"}}),
    ("rule.runoff: only an election", {"rule": {"name": "owners_special", "runoff": True}}),
    ("rule.runoff: only an election", {"rule": {"passing": ">1/2", "runoff": True}}),
    ("method: 'vote' is not one of yes_no", {"method": "vote"}),
    ("method: ranked counts heads only", {"method": "ranked", "options": ["a"]}),
    ("options: at least one is needed", {"method": "choose"}),
    ("format: 'linli-ballot/9' is not 'linli-ballot/1'", {"format": "linli-ballot/9"}),
    ("electorate: an object is needed", {"electorate": None}),
    ("electorate.area: needed", {"electorate": {"heads": 90}}),
    ("electorate.heads: needed", {"electorate": {"area": 9000}}),
    ("electorate: nobody is entitled", {"electorate": {"area": 0, "heads": 0}}),
    ("electorate.area: 90.0 is not a whole number", {"electorate": {"area": 90.0, "heads": 90}}),
    ("electorate.heads: -1 is not a whole number", {"electorate": {"area": 9000, "heads": -1}}),
    ("votes: a list is needed", {"votes": "none"}),
    ("votes[0]: an object is needed", {"votes": ["yes"]}),
    ("votes[0]: a choice is needed", {"votes": [{"area": 1}]}),
    ("votes[0].area: needed", {"votes": [{"choice": "yes"}]}),
    ("votes[0].choice: 'maybe' is not one of yes, no, abstain", {"votes": [{**VOTE, "choice": "maybe"}]}),
    ("votes[0].area: True is not a whole number", {"votes": [{**VOTE, "area": True}]}),
    ("votes[1].receipt: the same receipt stands twice", {"votes": [{**VOTE, "receipt": "R"}] * 2}),
    ("votes: they weigh 9001 in area and 45 in heads", {"votes": [{**VOTE, "area": 9001}]}),
    ("votes[0].part: the electorate has no such part", {"votes": [{**VOTE, "part": "1"}]}),
    ("votes[0].part: every part has to pass", {"rule": {"name": "lift", "every_part": True}}),
    ("votes[0]: 'fax' is not a valid Channel", {"votes": [{**VOTE, "voter": "1", "channel": "fax"}]}),
    ("held_on: 'today' is not a date", {"held_on": "today"}),
    ("votes: more of them are marked consent_needed", {"votes": [{**VOTE, "consent_needed": True}]}),
]


@pytest.mark.parametrize(("said", "change"), DAMAGED, ids=[case[0][:40] for case in DAMAGED])
def test_a_damaged_file_says_where(said: str, change: dict[str, Any]) -> None:
    with pytest.raises(Damaged) as raised:
        counted({**MINIMAL, **change})
    assert said in str(raised.value)


BROKEN = [
    (b"", "the file is empty"),
    (b"\xff\xfe\x00", "the file is not UTF-8 text"),
    (b"[]", "the file: an object is needed"),
    (b'{"rule": ', "line 1, column"),
    (b'{\n  "rule": "lift",\n  "votes": [}', "line 3, column 13"),
    (b'{"rule": "lift", "rule": "simple"}', "'rule' is given twice"),
    (b'{"rule": NaN}', "NaN is not a number"),
    (b'{"rule": "lift"}\n{"choice": ', "line 2, column"),
    (b'{"rule": "lift", "votes": []}\n{"choice": "yes"}', "line 1 has votes already"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"rule": "simple", "electorate": {"heads": ' + b"9" * 5000 + b"}}", "Exceeds the limit"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN, ids=[case[1] for case in BROKEN])
def test_a_broken_file_says_why(content: bytes, said: str) -> None:
    with pytest.raises(Damaged) as raised:
        recount(content)
    assert said in str(raised.value)


def test_a_sealed_file_cannot_be_changed() -> None:
    document = seal(MINIMAL)
    assert counted(document)["sealed"] is True
    document["votes"] = [*MINIMAL["votes"], {"choice": "yes", "area": 1, "heads": 1}]
    with pytest.raises(Damaged, match="something in it was changed"):
        counted(document)


def test_a_result_that_does_not_follow_is_seen() -> None:
    found = counted(MINIMAL)
    result = {key: found[key] for key in ("passed", "reason", "questions")}
    assert counted(seal({**MINIMAL, "result": result}))["agrees_with_published"] is True
    assert counted(seal({**MINIMAL, "result": {**result, "passed": False}}))["agrees_with_published"] is False


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ballot.json"
    file.write_text(json.dumps(MINIMAL), encoding="utf-8")
    assert cli.recount(SimpleNamespace(file=file)) == 0  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out) == counted(MINIMAL)


def test_the_command_says_what_is_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ballot.json"
    file.write_text('{"rule": "lift"', encoding="utf-8")
    assert cli.recount(SimpleNamespace(file=file)) == 1  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}: line 1, column")


def test_the_command_fails_when_the_result_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ballot.json"
    file.write_text(json.dumps({**MINIMAL, "result": {"passed": False}}), encoding="utf-8")
    assert cli.recount(SimpleNamespace(file=file)) == 1  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert json.loads(said.out)["agrees_with_published"] is False
    assert "differ" in said.err


# ── a recount equals the tally ──────────────────────────────────────────────────────────────────────────

RULES = st.sampled_from([each.value for each in RuleName])
AREA_VOTES = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "abstain", "spoilt"]), st.integers(1, 20_000)), max_size=40
)


@settings(max_examples=300)
@given(RULES, AREA_VOTES, st.integers(0, 400_000), st.integers(0, 20))
def test_a_recount_equals_the_tally(rule: str, votes: list[tuple[str, int]], area: int, heads: int) -> None:
    """Line by line in the file, added together in the tally: the same figures, the same answer."""
    everybody = Weight(sum(each for _side, each in votes) + area + 1, len(votes) + heads + 1)
    question = Question("1", question_of({"id": "1"}, "").method, NAMED[RuleName(rule)])
    together: dict[str, Weight] = {}
    for side, each in votes:
        together[side] = together.get(side, Weight()) + Weight(each, 1)
    told = tally(question, Electorate(everybody), [Line(side, weight) for side, weight in together.items()])
    document = {
        "questions": [written_question(question)],
        "electorate": {"area": everybody.area, "heads": everybody.heads},
        "votes": [{"choice": side, "area": each} for side, each in votes],
    }
    found = counted(seal({**document, "result": summed_up([told])}))
    assert found["agrees_with_published"] is True
    assert found["passed"] is told.passed


METHODS = {
    "choose": st.lists(st.sampled_from("abcd"), unique=True, max_size=2),
    "ranked": st.lists(st.sampled_from("abcd"), unique=True),
    "score": st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5)),
    "budget": st.lists(st.sampled_from("abcd"), unique=True, max_size=2),
    "satisfaction": st.integers(1, 5),
    "consent": st.sampled_from(["consent", "object", "abstain"]),
}


@settings(max_examples=200)
@given(
    st.data(), st.sampled_from(sorted(METHODS)), st.sampled_from(["simple", "election_voters", "absolute"])
)
def test_every_method_is_recounted_alike(data: st.DataObject, method: str, rule: str) -> None:
    """The order of the lines does not matter, nor whether equal ones stand apart or together."""
    answers = data.draw(st.lists(METHODS[method], max_size=15))
    options = [{"id": each, "cost": 10} for each in "abcd"]
    question = {"id": "1", "method": method, "rule": rule, "options": options, "at_most": 2, "fund": 25}
    document: dict[str, Any] = {"questions": [question], "electorate": {"heads": 20}}
    apart = counted({**document, "votes": [{"choice": each} for each in answers]})
    backwards = counted({**document, "votes": [{"choice": each} for each in reversed(answers)]})
    weighed: dict[str, int] = {}
    for each in answers:
        weighed[json.dumps(each)] = weighed.get(json.dumps(each), 0) + 1
    together = [{"choice": json.loads(each), "heads": heads} for each, heads in weighed.items()]
    assert apart["questions"] == backwards["questions"]
    assert apart["questions"] == counted({**document, "votes": together})["questions"]


@given(st.sampled_from(sorted(RuleName)), st.booleans(), st.booleans())
def test_a_question_is_read_as_it_was_written(rule: RuleName, every_part: bool, runoff: bool) -> None:
    given = {"name": rule.value, "every_part": every_part, "runoff": runoff and rule in ELECTIONS}
    question = question_of({"id": "1", "title": "加装电梯", "rule": given}, "")
    assert question_of(written_question(question), "") == question


def test_a_published_document_is_read_back() -> None:
    published = read(parse(json.dumps(seal(MINIMAL)).encode()))
    assert published.sealed
    assert published.votes == 2
    assert published.superseded == 0
