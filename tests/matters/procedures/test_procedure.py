"""What a sound procedure answers about itself, and the procedures that ship."""

from __future__ import annotations

import json

import pytest

from linli.matters.procedures.kinds import Need, OpeningKind, Outcome, StationState, Verb
from linli.matters.procedures.loader import load_folder
from linli.matters.procedures.net import NET, MatterState, NetVerb
from linli.matters.procedures.practice import POWERS, LoadedPractice
from linli.matters.procedures.schema import Procedure

PRACTICES = load_folder()
PROCEDURES = {procedure.procedure: procedure for one in PRACTICES for procedure in one.procedures}
FIVE = PROCEDURES["five-affairs"]
THREE = PROCEDURES["three-mechanisms"]

DONE, NOW, NEXT, SKIPPED = StationState.DONE, StationState.NOW, StationState.NEXT, StationState.SKIPPED


def test_the_practices_ship_the_default_first() -> None:
    assert [one.code for one in PRACTICES] == [
        "plain",
        "call-whistle-report",
        "consultation",
        "five-affairs",
        "five-steps",
        "item-by-item",
        "lift",
        "order-dispatch-accept",
        "renovation",
        "six-steps",
        "three-mechanisms",
    ]


def test_consultation_has_the_eight_steps_of_the_opinions_of_2015() -> None:
    """关于加强城乡社区协商的意见: guidance, so a place changes a copy and adopts it from a day on."""
    steps = PROCEDURES["consultation"].steps
    assert [step.title.zh for step in steps] == [
        "提出议题", "确定主体", "提前通报", "协商", "形成协商意见", "实施", "反馈和公开", "评估",
    ]  # fmt: skip
    [practice] = [one for one in PRACTICES if one.code == "consultation"]
    named = "".join(words.zh for words in practice.practice.does)
    parties = (
        "基层政府",
        "党组织",
        "居委会",
        "业委会",
        "物业",
        "驻区单位",
        "社会组织",
        "居民代表",
        "专业人士",
    )
    assert tuple(words.zh for words in steps[1].parties) == parties, "ticked where the parties are settled"
    assert all(not step.parties for step in steps if step.key != "parties")
    for party in parties:
        assert party in named


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES.keys())
def test_stored_json_gives_the_same_procedure(procedure: Procedure) -> None:
    stored = json.loads(json.dumps(procedure.parsed_json(), sort_keys=True))
    again = Procedure.from_parsed(stored)
    assert again == procedure
    assert again.sha256 == procedure.sha256
    assert [step.key for step in again.steps] == [step.key for step in procedure.steps]


def test_the_fingerprint_ignores_the_titles_of_posts_and_nothing_else() -> None:
    renamed = FIVE.model_copy(update={"names": {}})
    assert renamed.sha256 == FIVE.sha256
    assert FIVE.model_copy(update={"version": 2}).sha256 != FIVE.sha256


@pytest.mark.parametrize("practice", PRACTICES, ids=[one.code for one in PRACTICES])
def test_every_holder_may_do_what_its_step_asks(practice: LoadedPractice) -> None:
    for procedure in practice.procedures:
        for step in procedure.steps:
            powers = set(practice.posts[step.holder].powers)
            asked = {"matter.read", "matter.move"}
            asked |= {"order.issue", "order.verify"} if step.opens_kind(OpeningKind.ORDERS) else set()
            asked |= (
                {"whistle.issue"}
                if step.opens_kind(OpeningKind.WHISTLE) and step.holder != "community_clerk"
                else set()
            )
            asked |= {"matter.answer"} if Need.OFFICIAL_ANSWER in step.needs else set()
            asked |= {"matter.callback"} if Need.CALLBACK in step.needs else set()
            assert asked <= powers, f"{procedure.procedure}.{step.key}: {step.holder}"
            if step.late.escalate:
                assert {"matter.read"} <= set(practice.posts[step.late.escalate].powers)
                assert step.late.escalate != step.holder


def test_every_power_is_held_by_some_post() -> None:
    held = {power for one in PRACTICES for post in one.posts.values() for power in post.powers}
    assert held == POWERS


def test_posts_fall_to_the_post_above_without_a_circle() -> None:
    for practice in PRACTICES:
        for code in practice.posts:
            chain, post = [code], practice.posts[code]
            while post.above is not None:
                assert post.above not in chain
                chain.append(post.above)
                post = practice.posts[post.above]


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES.keys())
def test_every_title_is_known_in_both_languages(procedure: Procedure) -> None:
    for step in procedure.steps:
        assert procedure.name_of(step.holder, "zh-hans") != step.holder
        assert procedure.name_of(step.holder, "en") != step.holder
        for opening in step.opens:
            if opening.code:
                assert procedure.name_of(opening.code, "zh-hans") != opening.code


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES.keys())
def test_buttons_of_one_step_read_differently(procedure: Procedure) -> None:
    for step in procedure.steps:
        for language in ("zh-hans", "en"):
            titles = [move.title.of(language) for move in step.moves]
            assert len(titles) == len(set(titles)), (step.key, titles)


def test_five_affairs_reads_like_the_place_it_comes_from() -> None:
    assert [step.short.zh for step in FIVE.stations()] == ["提事", "议事", "商事", "办事", "评事"]
    assert FIVE.name_of(FIVE.step("discuss").holder, "zh-hans") == "网格党支部书记"
    assert FIVE.step("discuss").needs == (Need.MINUTES,)
    assert FIVE.step("act").opens_kind(OpeningKind.WHISTLE)
    assert FIVE.step("judge").opens_kind(OpeningKind.EVALUATION)


def test_moves_and_their_ends() -> None:
    assert [move.target for move in FIVE.moves_from("raise")] == [
        "discuss",
        "negotiate",
        "act",
        "judge",
        "closed",
    ]
    assert FIVE.moves_from("closed") == ()
    assert FIVE.is_final_move("raise", "closed")
    assert not FIVE.is_final_move("raise", "discuss")
    assert not FIVE.is_final_move("negotiate", "closed"), "this step has no such move"
    resolve = FIVE.move("judge", "closed", Verb.RESOLVE)
    unresolved = FIVE.move("judge", "closed", Verb.UNRESOLVED)
    assert resolve is not None
    assert unresolved is not None
    assert (resolve.outcome, unresolved.outcome) == (Outcome.RESOLVED, Outcome.UNRESOLVED)
    assert FIVE.move("raise", "discuss", Verb.RESOLVE) is None


def test_giving_a_step_up_waits_for_nothing() -> None:
    assert FIVE.needs_of("discuss", Verb.REFER) == (Need.MINUTES,)
    assert FIVE.needs_of("discuss", Verb.SEND_BACK) == ()


def test_an_unknown_step_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        FIVE.step("fly")


LINES = [
    ("just begun", FIVE, ["raise"], "raise", [NOW, NEXT, NEXT, NEXT, NEXT]),
    ("on the way", FIVE, ["raise", "discuss", "negotiate"], "negotiate", [DONE, DONE, NOW, NEXT, NEXT]),
    ("jumped over", FIVE, ["raise", "act"], "act", [DONE, SKIPPED, SKIPPED, NOW, NEXT]),
    ("sent back", FIVE, ["raise", "discuss", "raise"], "raise", [NOW, NEXT, NEXT, NEXT, NEXT]),
    ("at once", FIVE, ["raise", "judge"], "closed", [DONE, SKIPPED, SKIPPED, SKIPPED, DONE]),
    ("ended", FIVE, ["raise"], None, [DONE, SKIPPED, SKIPPED, SKIPPED, SKIPPED]),
    ("off the line", THREE, ["collect", "analyse", "council"], "council", [DONE, DONE, NOW, NEXT, NEXT]),
    (
        "back on it",
        THREE,
        ["collect", "analyse", "council", "carry_out"],
        "carry_out",
        [DONE, DONE, NOW, NEXT],
    ),
]


@pytest.mark.parametrize(
    ("procedure", "history", "current", "states"), [row[1:] for row in LINES], ids=[row[0] for row in LINES]
)
def test_the_line_of_stations(
    procedure: Procedure, history: list[str], current: str | None, states: list[StationState]
) -> None:
    assert [station.state for station in procedure.station_states(history, current)] == states


def test_a_step_off_the_line_is_shown_while_the_matter_is_there() -> None:
    line = THREE.station_states(["collect", "analyse", "conference"], "conference")
    assert [station.short.zh for station in line] == ["收集", "研判", "联席会", "办理", "反馈"]


def test_the_net_has_the_eight_common_moves_with_known_powers() -> None:
    assert [move.verb for move in NET] == list(NetVerb)
    assert {move.power for move in NET if move.power} <= POWERS
    for move in NET:
        assert move.raiser or move.power, "somebody may do it"
    assert [move.verb for move in NET if MatterState.CLOSED in move.leaves] == [NetVerb.REOPEN]


def test_every_shipped_reminder_reads_back_as_a_duration() -> None:
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            assert f"{step.late.remind_before} before" == step.late.remind
            assert f"{step.late.urge_after} after" == step.late.urge
            assert str(step.limit) == step.within


def test_traditional_is_made_from_the_chinese() -> None:
    assert FIVE.title.of("zh-hant") == "五事工作法"
    assert FIVE.step("raise").says.of("zh-hant") == "網格員收到了，會先跟您把事情問清楚。"
    assert PROCEDURES["plain"].name_of("community_clerk", "zh-hant") == "社區幹事"
    assert FIVE.title.of("zh-Hans") == "五事工作法"
    assert FIVE.title.of("en-gb") == "Five affairs"
