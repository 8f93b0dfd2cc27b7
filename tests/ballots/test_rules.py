"""Heads and areas, precedence, days, and who votes for another: every row at its boundary."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from linli.ballots.kinds import Channel, Duty, OwnersMatter, RuleName
from linli.ballots.rules import (
    eligibility,
    entrusting,
    owners_matters,
    precedence,
    settling,
    timetable,
)
from linli.ballots.rules.precedence import Given
from linli.people.rules.owning import Unit

ANN, BEN, CAO = (UUID(int=each) for each in (1, 2, 3))

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


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2026, 11, 1), date(2027, 11, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 10, 1), date(2027, 10, 1)),  # a holiday: the earlier day is named
    ],
)
def test_a_decision_can_be_revoked_for_a_year_from_its_announcement(announced: date, last: date) -> None:
    """民法典 280, 202."""
    assert timetable.revocable_until(announced) == last


MEETS, FILED = (Duty.FIRST_MEETING, date(2026, 11, 8)), (Duty.FILING, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("rule", "matter", "is_choice", "days"),
    [
        (RuleName.OWNERS_ORDINARY, OwnersMatter.COMMITTEE, True, [MEETS, FILED]),
        (RuleName.OWNERS_ORDINARY, OwnersMatter.COMMITTEE, False, [FILED]),
        (RuleName.OWNERS_ORDINARY, OwnersMatter.MANAGER, True, []),
        (RuleName.OWNERS_ORDINARY, None, True, []),
        (RuleName.ELECTION_VOTERS, None, True, [(Duty.HANDOVER, date(2026, 11, 11))]),
        (RuleName.ELECTION_HOUSEHOLDS, None, True, [(Duty.HANDOVER, date(2026, 11, 11))]),
        (RuleName.ELECTION_REPS, None, True, [(Duty.HANDOVER, date(2026, 11, 11))]),
        (RuleName.SIMPLE, None, True, []),
    ],
)
def test_what_has_to_follow_a_decision(
    rule: RuleName, matter: OwnersMatter | None, is_choice: bool, days: list[tuple[Duty, date]]
) -> None:
    found = timetable.following(rule, matter, date(2026, 11, 1), is_choice=is_choice)
    assert list(found.items()) == days


ELECTION_DAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("until", "today", "since", "earliest", "in_time"),
    [
        (None, date(2026, 11, 17), None, ELECTION_DAY, True),
        (None, date(2026, 11, 18), None, date(2026, 12, 8), False),
        (date(2026, 11, 22), date(2026, 12, 7), date(2026, 11, 17), ELECTION_DAY, True),
        (date(2026, 11, 23), date(2026, 12, 7), date(2026, 11, 18), date(2026, 12, 8), False),
        (date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 1), date(2026, 12, 21), False),
    ],
)
def test_the_roll_of_voters_in_time(
    until: date | None, today: date, since: date | None, earliest: date, in_time: bool
) -> None:
    """组织法 17: published twenty days before, its five days to object within them."""
    found = timetable.voter_roll(ELECTION_DAY, 20, until, today)
    assert (found.by, found.since, found.earliest) == (date(2026, 11, 17), since, earliest)
    assert found.is_in_time(ELECTION_DAY) is in_time


def test_the_day_a_roll_was_published_is_told_by_its_last_day_to_object() -> None:
    day = date(2026, 11, 17)
    assert timetable.roll_out_since(timetable.objection_ends(day)) == day


@pytest.mark.parametrize("rule", list(RuleName))
def test_only_the_roll_of_an_election_has_to_be_out(rule: RuleName) -> None:
    assert timetable.roll_days(rule) == (20 if rule.startswith("election") else 0)


# ── what owners decide ──────────────────────────────────────────────────────────────────────────────────

ORDINARY, SPECIAL = RuleName.OWNERS_ORDINARY, RuleName.OWNERS_SPECIAL


@pytest.mark.parametrize(
    ("matter", "majority"),
    [
        (OwnersMatter.PROCEDURE, ORDINARY),
        (OwnersMatter.COVENANT, ORDINARY),
        (OwnersMatter.COMMITTEE, ORDINARY),
        (OwnersMatter.MANAGER, ORDINARY),
        (OwnersMatter.USE_FUND, ORDINARY),
        (OwnersMatter.RAISE_FUND, SPECIAL),
        (OwnersMatter.REBUILD, SPECIAL),
        (OwnersMatter.CHANGE_USE, SPECIAL),
        (OwnersMatter.OTHER, ORDINARY),
    ],
)
def test_the_majority_of_each_matter(matter: OwnersMatter, majority: RuleName) -> None:
    """民法典 278, items 1 to 9 in order: using the fund is ordinary, raising money for it is special."""
    assert owners_matters.MAJORITY[matter] is majority
    assert matter in owners_matters.of(majority)
    other = SPECIAL if majority is ORDINARY else ORDINARY
    assert owners_matters.is_decided_by(matter, majority)
    assert not owners_matters.is_decided_by(matter, other)
    assert owners_matters.is_decided_by(matter, RuleName.LIFT) is (majority is SPECIAL)
    assert not owners_matters.is_decided_by(matter, RuleName.SIMPLE)


def test_every_matter_is_in_the_table_in_the_order_of_the_law() -> None:
    assert list(owners_matters.MAJORITY) == list(OwnersMatter)
    assert [owners_matters.item(matter) for matter in OwnersMatter] == list(range(1, 10))
    assert len(owners_matters.of(ORDINARY)) + len(owners_matters.of(SPECIAL)) == 9


# ── what a house settles ────────────────────────────────────────────────────────────────────────────────

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
A_DAY = timedelta(days=1)
TOLD_OTHERWISE = (
    "A ballot announced on 2026-07-01 would be counted by it, and those asked were told otherwise. "
    "Let it hold from 2026-07-02."
)


@pytest.mark.parametrize(
    ("starts", "last", "announced", "reason"),
    [
        (JUNE, None, [], ""),
        (JUNE, None, [JUNE - A_DAY], ""),
        (JULY + A_DAY, None, [JUNE, JULY], ""),
        (JULY, None, [JULY], TOLD_OTHERWISE),
        (JUNE, None, [JULY, JUNE], TOLD_OTHERWISE),
        (JUNE, JULY, [JULY], TOLD_OTHERWISE),
        (JUNE, JULY - A_DAY, [JULY], ""),
        (JUNE, JUNE, [], ""),
        (JUNE, JUNE - A_DAY, [], "The last day is before the first."),
    ],
)
def test_a_rule_of_the_house_is_noted_for_ballots_to_come(
    starts: date, last: date | None, announced: list[date], reason: str
) -> None:
    decision = settling.may_begin(starts, last, announced)
    assert (str(decision) if not decision else "") == reason


@pytest.mark.parametrize(
    ("ends", "last", "announced", "reason"),
    [
        (None, AUGUST, [], ""),
        (None, JULY, [JULY], ""),
        (
            None,
            JULY - A_DAY,
            [JUNE, JULY],
            "A ballot announced on 2026-07-01 is counted by it. Let it hold until that day.",
        ),
        (None, JUNE, [], ""),
        (None, JUNE - A_DAY, [], "The last day is before the first."),
        (AUGUST + A_DAY, AUGUST + A_DAY, [], ""),
        (AUGUST, JULY, [], "It has ended already."),
    ],
)
def test_a_rule_of_the_house_is_ended(
    ends: date | None, last: date, announced: list[date], reason: str
) -> None:
    """Asked on 1 August of a rule that holds since 1 June."""
    decision = settling.may_end(JUNE, ends, last, AUGUST, announced)
    assert (str(decision) if not decision else "") == reason


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
    home, next_door = Unit(uuid4(), 9000), Unit(uuid4(), 9000)
    family, lodger = uuid4(), uuid4()
    dwellers = [
        eligibility.Dweller(ANN, family, home),
        eligibility.Dweller(BEN, family, home),
        eligibility.Dweller(CAO, lodger, next_door),
    ]
    assert eligibility.one_per_household(dwellers) == [((ANN, BEN), home), ((CAO,), next_door)]
    assert eligibility.one_per_household([]) == []
