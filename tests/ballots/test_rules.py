"""Heads and areas, precedence, days, and who votes for another: every row at its boundary."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from linli.ballots.kinds import Channel, RuleName
from linli.ballots.rules import eligibility, entrusting, owning, precedence, timetable
from linli.ballots.rules.owning import Unit
from linli.ballots.rules.precedence import Given
from linli.ballots.rules.weights import Weight
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
    assert sum(each.weight.area for each in found) == 9000 * len(units)
    assert all(each.weight.heads == 1 for each in found)


def test_an_owner_in_two_entrances_is_one_head_in_each_and_one_in_all() -> None:
    [voter] = owning.voters([unit(ANN, part="1"), unit(ANN, part="2", area=5000), unit(ANN, part="1")])
    assert voter.weight == Weight(23_000, 1)
    assert voter.parts == {"1": Weight(18_000, 1), "2": Weight(5000, 1)}


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


@pytest.mark.parametrize(
    "missing", [None, "independent", "exclusive", "registrable"], ids=lambda each: each or "all three"
)
def test_a_parking_bay_has_a_vote_if_all_three_hold(missing: str | None) -> None:
    facts = {name: name != missing for name in ("independent", "exclusive", "registrable")}
    assert owning.is_owned_part(**facts) is (missing is None)


# ── twice ───────────────────────────────────────────────────────────────────────────────────────────────

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (Given(Channel.MEETING, NOON, "a"), Given(Channel.PAPER, LATER, "b")),
        (Given(Channel.PAPER, NOON, "a"), Given(Channel.DOORSTEP, LATER, "b")),
        (Given(Channel.DOORSTEP, NOON, "a"), Given(Channel.ONLINE, LATER, "b")),
        (Given(Channel.ONLINE, LATER, "a"), Given(Channel.ONLINE, NOON, "b")),
        (Given(Channel.PAPER, NOON, "b"), Given(Channel.PAPER, NOON, "a")),
        (Given(Channel.ONLINE, NOON, "a"), Given(Channel.ONLINE, LATER, "b", by_proxy=True)),
        (Given(Channel.ONLINE, NOON, "a"), Given(Channel.MEETING, LATER, "b", by_proxy=True)),
    ],
)
def test_which_of_two_votes_counts(stronger: Given, weaker: Given) -> None:
    assert precedence.counting({1: stronger, 2: weaker}) == 1
    assert precedence.counting({1: weaker, 2: stronger}) == 2


def test_what_counts_does_not_depend_on_the_order_of_entry() -> None:
    votes = {number: Given(channel, NOON, str(number)) for number, channel in enumerate(Channel)}
    found = {precedence.counting(dict(order)) for order in permutations(votes.items())}
    assert len(found) == 1
    assert precedence.counting({}) is None


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────

OPENS = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (RuleName.OWNERS_ORDINARY, 15),
        (RuleName.OWNERS_SPECIAL, 15),
        (RuleName.LIFT, 15),
        (RuleName.RESIDENTS_ASSEMBLY, 10),
        (RuleName.ELECTION_VOTERS, 20),
        (RuleName.REP_ASSEMBLY, 0),
        (RuleName.SIMPLE, 0),
    ],
)
def test_notice(rule: RuleName, days: int) -> None:
    assert timetable.notice_days(rule) == days
    last = OPENS - timedelta(days=days)
    assert timetable.announce_by(OPENS, days) == last
    assert timetable.is_announced_in_time(last, OPENS, days)
    assert not timetable.is_announced_in_time(last + timedelta(days=1), OPENS, days)


def test_the_days_around_a_vote() -> None:
    assert timetable.objection_ends(date(2026, 11, 1)) == date(2026, 11, 6)
    assert timetable.ruling_due(date(2026, 11, 6)) == date(2026, 11, 9)
    assert timetable.posted_until(date(2026, 11, 1)) == date(2026, 11, 16)
    assert timetable.revocable_until(date(2026, 11, 1)) == date(2027, 11, 1)
    assert timetable.revocable_until(date(2028, 2, 29)) == date(2029, 2, 28)
    after = timetable.after_owners_election(date(2026, 11, 1))
    assert (after.first_meeting, after.filing) == (date(2026, 11, 8), date(2026, 12, 1))
    assert timetable.handover_by(date(2026, 11, 1)) == date(2026, 11, 11)


# ── entrusting ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, ""),
        ({"held": 2}, ""),
        ({"held": 3}, "They already vote for 3 others, and nobody may for more."),
        ({"is_adult": False}, "Choose somebody who is grown up."),
        ({"is_own": True}, "Choose somebody else: this vote is theirs anyway."),
        ({"electorate": "residents"}, ""),
        (
            {"electorate": "members"},
            "In this ballot everybody votes themselves; nobody can be entrusted with it.",
        ),
        (
            {"electorate": "anyone"},
            "In this ballot everybody votes themselves; nobody can be entrusted with it.",
        ),
    ],
)
def test_who_may_vote_for_another(given: dict[str, Any], reason: str) -> None:
    usual = {"electorate": "owners", "held": 0, "is_adult": True, "is_own": False}
    decision = entrusting.may_take_on(**(usual | given))
    assert (str(decision) if not decision else "") == reason


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("302", "3"),
        ("1102", "11"),
        ("2单元1102室", "11"),
        ("0302", "3"),
        ("101室", "1"),
        ("12", ""),
        ("东户", ""),
        ("", ""),
    ],
)
def test_the_floor_stands_in_the_number_of_a_home(name: str, floor: str) -> None:
    assert eligibility.floor_of(name) == floor


def test_the_grown_ups_of_a_household_share_one_vote() -> None:
    home, next_door = unit(), unit()
    family, lodger = uuid4(), uuid4()
    dwellers = [
        eligibility.Dweller(ANN, family, home),
        eligibility.Dweller(BEN, family, home),
        eligibility.Dweller(CAO, lodger, next_door),
    ]
    assert eligibility.one_per_household(dwellers) == [((ANN, BEN), home), ((CAO,), next_door)]
    assert eligibility.one_per_household([]) == []
