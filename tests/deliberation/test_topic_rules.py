"""Rules of topics and of contests for a name: tables of cases, and counting that cannot count twice."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.deliberation.kinds import NameState, ProposalState, TopicKind, TopicStage, Verdict
from linli.deliberation.rules import naming
from linli.deliberation.rules import topics as rules
from linli.deliberation.rules.naming import Vote
from linli.kernel.clock import SHANGHAI
from linli.kernel.workdays import WorkdayCalendar

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 30)
HOUR = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)


def stage(day: date, kind: TopicKind = TopicKind.TALK, **done: datetime) -> TopicStage:
    given = {"closed_at": None, "shortlisted_at": None, "decided_at": None} | done
    return rules.stage(kind, starts=FIRST, ends=LAST, day=day, **given)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - timedelta(days=1), TopicStage.COMING),
        (FIRST, TopicStage.RUNNING),
        (LAST, TopicStage.RUNNING),
        (LAST + timedelta(days=1), TopicStage.ENDED),
    ],
)
def test_a_topic_runs_on_its_first_and_last_day(day: date, expected: TopicStage) -> None:
    assert stage(day) is expected


def test_what_was_done_goes_before_the_days() -> None:
    assert stage(FIRST, closed_at=HOUR) is TopicStage.ENDED
    assert stage(LAST, TopicKind.NAMING, shortlisted_at=HOUR) is TopicStage.CHOOSING
    assert stage(LAST, TopicKind.NAMING, shortlisted_at=HOUR, decided_at=HOUR) is TopicStage.DECIDED


@pytest.mark.parametrize(
    ("threshold", "workdays", "residents", "fault"),
    [
        (2, 1, 3, ""),
        (1, 5, 100, "At least two supporters."),
        (99, 30, 100, ""),
        (100, 30, 100, "So many people do not live there; nobody could ever reach it."),
        (2, 5, 0, ""),  # a register that is not filled yet does not stop anybody
        (3, 5, 0, "So many people do not live there; nobody could ever reach it."),
        (2, 0, 100, "Promise a reply within 1 to 30 working days."),
        (2, 31, 100, "Promise a reply within 1 to 30 working days."),
    ],
)
def test_the_promise(threshold: int, workdays: int, residents: int, fault: str) -> None:
    assert rules.fault_of_promise(threshold, workdays, residents) == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ""),
        ("停车\n\n 绿化 ", ""),
        ("停车\n停车", "Two sections have the same name."),
        ("停" * 21, "A section’s name has at most 20 characters."),
        ("\n".join("一二三四五六七八"), ""),
        ("\n".join("一二三四五六七八九"), "Eight sections at most, or nobody finds the right one."),
    ],
)
def test_sections(text: str, fault: str) -> None:
    assert rules.fault_of_sections(rules.sections_of(text)) == fault


def test_the_way_of_a_proposal() -> None:
    allowed = {
        (state, wanted)
        for state in ProposalState
        for wanted in ProposalState
        if rules.may_become(state, wanted)
    }
    assert allowed == {
        (ProposalState.OPEN, ProposalState.TAKEN),
        (ProposalState.OPEN, ProposalState.DECLINED),
        (ProposalState.OPEN, ProposalState.MERGED),
        (ProposalState.DECLINED, ProposalState.TAKEN),
        (ProposalState.MERGED, ProposalState.OPEN),
    }
    assert rules.state_after(ProposalState.DECLINED, Verdict.WORD) is ProposalState.DECLINED
    assert rules.state_after(ProposalState.OPEN, Verdict.TAKEN) is ProposalState.TAKEN


@pytest.mark.parametrize(
    ("day", "workdays", "due"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # Monday to Monday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday: the weekend is not counted
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # reached on a Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day holiday
    ],
)
def test_a_reply_is_due_after_working_days(day: date, workdays: int, due: date) -> None:
    assert rules.reply_due(day, workdays, WorkdayCalendar()) == due


def test_the_due_day_itself_is_in_time() -> None:
    assert not rules.is_overdue(LAST, None, LAST)
    assert rules.is_overdue(LAST, None, LAST + timedelta(days=1))
    assert not rules.is_overdue(LAST, HOUR, LAST + timedelta(days=9))
    assert not rules.is_overdue(None, None, LAST)


PEOPLE = st.sets(st.integers(0, 12))


@given(PEOPLE, PEOPLE, st.integers(0, 12), st.integers(0, 12))
def test_merging_counts_everybody_once(there: set, joining: set, raiser: int, other: int) -> None:
    there, joining = there - {raiser}, joining - {other}
    found = rules.united(there, joining, raiser=raiser, joining_raiser=other)
    assert raiser not in found  # nobody supports what they raised
    assert found <= there | joining | {other}
    assert (there | joining) - {raiser} <= found
    assert len(found) <= len(there) + len(joining) + 1
    assert rules.united(found, joining, raiser=raiser, joining_raiser=other) == found


def test_of_two_replies_owed_the_earlier_is_kept() -> None:
    assert rules.due_together([LAST, None, FIRST]) == FIRST
    assert rules.due_together([None, None]) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("槐荫", ""),
        ("一二三四五六", ""),
        (" 槐 荫院 ", ""),
        ("槐", "A name has two to six Chinese characters and nothing else."),
        ("一二三四五六七", "A name has two to six Chinese characters and nothing else."),
        ("Green院", "A name has two to six Chinese characters and nothing else."),
        ("槐荫3院", "A name has two to six Chinese characters and nothing else."),
        ("槐荫·院", "A name has two to six Chinese characters and nothing else."),
        (" ", "Write a name for it."),
    ],
)
def test_what_a_name_may_be(text: str, fault: str) -> None:
    assert naming.fault_of_name(naming.name_of(text)) == fault


@pytest.mark.parametrize(
    ("names", "left_out", "fault"),
    [
        ("ab", {}, ""),
        ("abc", {"c": "重名"}, ""),
        ("abc", {"c": ""}, "Give a reason for each name that is left out; everybody reads it."),
        ("ab", {"b": "重名"}, "Keep at least two names to choose from."),
        ("a", {}, "Keep at least two names to choose from."),
        ("ab", {"z": "重名"}, "The names have changed. Look at them again."),
    ],
)
def test_a_shortlist(names: str, left_out: dict[str, str], fault: str) -> None:
    assert naming.fault_of_shortlist(list(names), left_out) == fault


def test_the_vote_begins_after_the_roll_was_out() -> None:
    early = "The roll is out for five days first: voting begins six days from now at the earliest."
    opens = datetime(2026, 11, 22, 0, 0, tzinfo=SHANGHAI)
    assert naming.fault_of_voting(opens, opens + timedelta(days=1), FIRST) == ""
    assert naming.fault_of_voting(opens - timedelta(minutes=1), opens, FIRST) == early
    assert naming.fault_of_voting(opens, opens, FIRST) == "Voting ends after it begins."


@pytest.mark.parametrize(
    ("vote", "again"),
    [
        (Vote({"甲": 5, "乙": 3}, won="甲"), {"甲", "乙"}),
        (Vote({"甲": 5, "乙": 5, "丙": 1}, tied=frozenset("甲乙")), {"甲", "乙"}),
        (Vote({"甲": 0, "乙": 0}), {"甲", "乙"}),
    ],
)
def test_after_a_vote_those_tied_are_voted_on_again(vote: Vote, again: set[str]) -> None:
    found = naming.states_after(vote)
    assert {name for name, state in found.items() if state is NameState.SHORTLISTED} == again
    assert set(found) == set(vote.votes)
