"""What a draft is refused for, in the words it is refused with; beside each refusal what is taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from linli.ballots.kinds import Channel, Electorate, Method, RuleName
from linli.ballots.rules import drafting
from linli.ballots.rules.drafting import ASKED_OF, Asked, Plan
from linli.ballots.rules.majorities import ELECTIONS

OPENS = datetime(2026, 12, 7, 9, tzinfo=UTC)
TWO = (("甲", 0), ("乙", 0))
HOME = UUID("01a2065f-e3a2-7a5b-8544-596ffde4a559")


def faults(asked: Asked, place_kind: str = "building", **more: Any) -> list[str]:
    """What is wrong with a ballot of one question, asked of those its rule is made for."""
    electorate = min(ASKED_OF.get(asked.rule, {Electorate.HOUSEHOLDS}))
    by_hand: dict[str, Any] = {"is_secret": True, "channels": frozenset({Channel.PAPER})}
    about_a_home = {"applicant": HOME} if asked.rule in drafting.CONVERSION else {}
    given = (by_hand if asked.rule in ELECTIONS else about_a_home) | more
    plan = Plan("一次表决", electorate, OPENS, OPENS + timedelta(days=7), (asked,), **given)
    return list(drafting.faults(plan, place_kind))


def chosen_by(rule: RuleName) -> Asked:
    """A question under a rule that fits together."""
    is_election = rule in ELECTIONS
    return Asked("选谁" if is_election else "是否同意", Method.CHOOSE if is_election else Method.YES_NO, rule,
                 options=TWO if is_election else ())  # fmt: skip


# ── a second round ──────────────────────────────────────────────────────────────────────────────────────

SECOND_ROUND = "Only an election has a second round where one third is enough."


@pytest.mark.parametrize("rule", list(RuleName))
def test_one_third_is_enough_in_the_second_round_of_an_election_alone(rule: RuleName) -> None:
    """组织法 19."""
    asked = chosen_by(rule)
    assert faults(asked) == []
    assert faults(replace(asked, is_runoff=True)) == ([] if rule in ELECTIONS else [SECOND_ROUND])


# ── points and an order ─────────────────────────────────────────────────────────────────────────────────

NO_SHARE = (
    "Points and an order say only what comes first, so this majority cannot be checked. Choose “Choose among "
    "several” or “For or against”, or let the most votes decide."
)


@pytest.mark.parametrize("method", [Method.SCORE, Method.RANKED])
@pytest.mark.parametrize("rule", list(RuleName))
def test_points_and_an_order_decide_only_where_the_most_votes_do(rule: RuleName, method: Method) -> None:
    """No share of a count of points can be compared with a majority: one of sixty would decide."""
    found = faults(Asked("先做哪一件", method, rule, options=TWO))
    assert found == [] if rule in (RuleName.SIMPLE, RuleName.OPINION) else NO_SHARE in found


@pytest.mark.parametrize("method", [Method.CHOOSE, Method.BUDGET])
@pytest.mark.parametrize("rule", [RuleName.RESIDENTS_ASSEMBLY, RuleName.TWO_THIRDS, RuleName.ABSOLUTE])
def test_what_is_chosen_by_votes_can_have_any_majority(rule: RuleName, method: Method) -> None:
    assert faults(Asked("先做哪一件", method, rule, fund=9, options=(("甲", 4), ("乙", 5)))) == []


# ── where owners of a part decide ───────────────────────────────────────────────────────────────────────

OF_A_LIFT = "A lift is decided by the owners of its building or entrance. Choose that place."
OF_A_BUILDING = "Here the owners of one building have to agree. Choose that building."


@pytest.mark.parametrize(
    ("place_kind", "lift", "unanimous"),
    [
        ("community", [OF_A_LIFT], [OF_A_BUILDING]),
        ("courtyard", [OF_A_LIFT], [OF_A_BUILDING]),
        ("grid", [OF_A_LIFT], [OF_A_BUILDING]),
        ("building", [], []),
        ("entrance", [], [OF_A_BUILDING]),
    ],
)
def test_a_lift_and_business_in_a_home_are_decided_where_they_concern(
    place_kind: str, lift: list[str], unanimous: list[str]
) -> None:
    """民法典 279 with 区分所有权解释 11: all the others of the same building, no fewer and no more."""
    assert faults(chosen_by(RuleName.LIFT), place_kind) == lift
    assert faults(chosen_by(RuleName.OWNERS_UNANIMOUS), place_kind) == unanimous
    assert faults(chosen_by(RuleName.OWNERS_SPECIAL), place_kind) == []


# ── the ways to vote in an election ─────────────────────────────────────────────────────────────────────

AT_THE_DOOR = "In an election no vote is taken at the door: each is written in secret, in a booth."
IN_SECRET = "A residents’ committee is elected in secret and on paper."


@pytest.mark.parametrize("rule", sorted(ELECTIONS))
@pytest.mark.parametrize(
    ("channels", "found"),
    [
        ({Channel.PAPER}, []),
        ({Channel.PAPER, Channel.MEETING}, []),
        ({Channel.PAPER, Channel.DOORSTEP}, [AT_THE_DOOR]),
        ({Channel.PAPER, Channel.ONLINE}, [IN_SECRET]),
        (set(Channel), [IN_SECRET, AT_THE_DOOR]),
    ],
)
def test_an_election_is_written_in_a_booth(rule: RuleName, channels: set[Channel], found: list[str]) -> None:
    """组织法 19: secret, 秘密写票处, counted in public."""
    assert faults(chosen_by(rule), channels=frozenset(channels)) == found


def test_any_other_vote_may_come_in_at_the_door() -> None:
    assert faults(chosen_by(RuleName.SIMPLE), channels=frozenset({Channel.DOORSTEP})) == []
