"""The rules of meetings, case by case: what is just enough, and what is one short of it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.gatherings.kinds import Asks, BodyKind, CalledBy, Manner, PostingKind, Presence, State, Verb
from linli.gatherings.rules import bodies, codes, dates, disclosures, ical, meetings, postings, rooms
from linli.gatherings.rules.bodies import STANDINGS, HouseRules
from linli.gatherings.rules.meetings import Hands, Quorum

ASSEMBLY, REPS, OWNERS = BodyKind.RESIDENTS_ASSEMBLY, BodyKind.REP_ASSEMBLY, BodyKind.OWNERS_ASSEMBLY
JOINT = BodyKind.JOINT_CONFERENCE
DAY = date(2026, 11, 30)


def reason(decision) -> str | None:
    return None if decision else str(decision)


# Shares


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        (Presence.NONE, 0, 0),
        (Presence.NONE, 50, 0),
        (Presence.MORE_THAN_HALF, 0, 1),
        (Presence.MORE_THAN_HALF, 1, 1),
        (Presence.MORE_THAN_HALF, 10, 6),
        (Presence.MORE_THAN_HALF, 11, 6),
        (Presence.TWO_THIRDS, 0, 1),
        (Presence.TWO_THIRDS, 1, 1),
        (Presence.TWO_THIRDS, 9, 6),
        (Presence.TWO_THIRDS, 10, 7),
        (Presence.TWO_THIRDS, 90, 60),
        (Presence.TWO_THIRDS, 91, 61),
    ],
)
def test_the_least_that_is_enough(share, whole, least) -> None:
    assert bodies.least(share, whole) == least


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_no_rounding_flips_a_quorum(whole: int, part: int) -> None:
    assert (part >= bodies.least(Presence.MORE_THAN_HALF, whole)) is (Fraction(part, whole) > Fraction(1, 2))
    assert (part >= bodies.least(Presence.TWO_THIRDS, whole)) is (Fraction(part, whole) >= Fraction(2, 3))


@pytest.mark.parametrize(
    ("heads", "area", "met"),
    [(60, 6000, True), (59, 6000, False), (60, 5999, False), (61, 9000, True)],
)
def test_owners_are_counted_in_heads_and_area(heads, area, met) -> None:
    """Of 90 owners with 9000 parts of area: 60 and 6000 are quorate (rules.md's edge test)."""
    assert Quorum(Presence.TWO_THIRDS, heads, 90, area, 9000).met is met


# What a body keeps to


@pytest.mark.parametrize(
    ("kind", "rules", "refusal"),
    [
        (JOINT, HouseRules(3, 3, Presence.MORE_THAN_HALF, 1), None),
        (JOINT, HouseRules(None, 0, Presence.NONE, 0), None),
        (JOINT, HouseRules(0, 3, Presence.NONE, 1), "A body meets every 1 to 12 months, or by call."),
        (JOINT, HouseRules(13, 3, Presence.NONE, 1), "A body meets every 1 to 12 months, or by call."),
        (JOINT, HouseRules(3, 61, Presence.NONE, 1), "Its notice is from 0 to 60 days."),
        (JOINT, HouseRules(3, 3, Presence.NONE, 4), "Here one person may stand in for at most 3 others."),
        (REPS, HouseRules(6, 3, Presence.TWO_THIRDS, 0), None),
        (REPS, HouseRules(7, 3, Presence.TWO_THIRDS, 0), "By law it meets at least once in 6 months."),
        (REPS, HouseRules(None, 3, Presence.TWO_THIRDS, 0), "By law it meets at least once in 6 months."),
        (REPS, HouseRules(6, 3, Presence.MORE_THAN_HALF, 0),
         "The law asks that more of those entitled are present."),
        (REPS, HouseRules(6, 3, Presence.TWO_THIRDS, 1),
         "Here one person may stand in for at most 0 others."),
        (ASSEMBLY, HouseRules(None, 10, Presence.MORE_THAN_HALF, 3), None),
        (ASSEMBLY, HouseRules(None, 10, Presence.TWO_THIRDS, 3), None),
        (ASSEMBLY, HouseRules(None, 9, Presence.MORE_THAN_HALF, 3), "Its notice is from 10 to 60 days."),
        (ASSEMBLY, HouseRules(None, 10, Presence.NONE, 3),
         "The law asks that more of those entitled are present."),
        (OWNERS, HouseRules(None, 15, Presence.TWO_THIRDS, 3), None),
        (OWNERS, HouseRules(None, 14, Presence.TWO_THIRDS, 3), "Its notice is from 15 to 60 days."),
    ],
)  # fmt: skip
def test_house_rules_keep_to_the_law(kind, rules, refusal) -> None:
    assert reason(bodies.are_sound(kind, rules)) == refusal


def test_every_kind_has_a_standing_that_keeps_to_its_own_law() -> None:
    assert set(STANDINGS) == set(BodyKind)
    assert all(bodies.are_sound(kind, standing.start) for kind, standing in STANDINGS.items())


@pytest.mark.parametrize(
    ("kind", "by", "callers", "of", "refusal"),
    [
        (JOINT, CalledBy.ITSELF, 0, 0, None),
        (JOINT, CalledBy.REPS, 5, 5, "A meeting of this body is not called this way."),
        (ASSEMBLY, CalledBy.ADULTS, 100, 1000, None),
        (ASSEMBLY, CalledBy.ADULTS, 99, 1000,
         "99 of 1000 is not enough: at least 100 have to ask for it."),
        (ASSEMBLY, CalledBy.ADULTS, 100, 1001,
         "100 of 1001 is not enough: at least 101 have to ask for it."),
        (ASSEMBLY, CalledBy.HOUSEHOLD_REPS, 10, 100, None),
        (ASSEMBLY, CalledBy.HOUSEHOLD_REPS, 9, 100,
         "9 of 100 is not enough: at least 10 have to ask for it."),
        (ASSEMBLY, CalledBy.REPS, 10, 30, None),
        (ASSEMBLY, CalledBy.REPS, 10, 31, "10 of 31 is not enough: at least 11 have to ask for it."),
        (ASSEMBLY, CalledBy.OWNERS, 30, 30, "A meeting of this body is not called this way."),
        (REPS, CalledBy.REPS, 6, 30, None),
        (REPS, CalledBy.REPS, 5, 30, "5 of 30 is not enough: at least 6 have to ask for it."),
        (OWNERS, CalledBy.OWNERS, 20, 100, None),
        (OWNERS, CalledBy.OWNERS, 19, 100, "19 of 100 is not enough: at least 20 have to ask for it."),
        (OWNERS, CalledBy.OWNERS, 0, 0, "Say how many asked for the meeting, and of how many."),
        (OWNERS, CalledBy.OWNERS, 21, 20, "Say how many asked for the meeting, and of how many."),
    ],
)  # fmt: skip
def test_who_may_call(kind, by, callers, of, refusal) -> None:
    assert reason(bodies.may_call(kind, by, callers, of)) == refusal


# Due dates


@pytest.mark.parametrize(
    ("every", "began", "held", "due"),
    [
        (None, date(2026, 1, 1), None, None),
        (3, date(2026, 1, 1), None, date(2026, 3, 31)),
        (3, date(2026, 1, 2), None, date(2026, 6, 30)),
        (3, date(2025, 12, 31), None, date(2026, 3, 31)),
        (3, date(2025, 1, 1), date(2026, 9, 30), date(2026, 12, 31)),
        (3, date(2025, 1, 1), date(2026, 10, 1), date(2027, 3, 31)),
        (1, date(2025, 1, 1), date(2026, 1, 31), date(2026, 2, 28)),
        (1, date(2025, 1, 1), date(2028, 1, 31), date(2028, 2, 29)),
        (1, date(2025, 1, 1), date(2026, 12, 5), date(2027, 1, 31)),
        (2, date(2025, 1, 1), date(2026, 3, 1), date(2026, 6, 30)),
        (6, date(2025, 1, 1), date(2026, 6, 30), date(2026, 12, 31)),
        (6, date(2025, 1, 1), date(2026, 7, 1), date(2027, 6, 30)),
        (12, date(2025, 1, 1), date(2026, 7, 1), date(2027, 12, 31)),
        (3, date(2026, 7, 1), date(2026, 5, 1), date(2026, 9, 30)),  # held before it began: not its own
    ],
)
def test_next_due(every, began, held, due) -> None:
    assert dates.next_due(every, began, held) == due


@pytest.mark.parametrize(
    ("every", "due", "today", "count"),
    [
        (3, date(2026, 9, 30), date(2026, 9, 30), 0),
        (3, date(2026, 9, 30), date(2026, 10, 1), 1),
        (3, date(2026, 9, 30), date(2026, 12, 31), 1),
        (3, date(2026, 9, 30), date(2027, 1, 1), 2),
        (None, None, date(2027, 1, 1), 0),
    ],
)
def test_missed(every, due, today, count) -> None:
    assert dates.missed(every, due, today) == count


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 12), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_period_holds_its_day_and_is_followed_by_the_next(months: int, day: date) -> None:
    ends = dates.period_ending(day, months)
    assert day <= ends < day + timedelta(days=2 * 31 * months)
    assert dates.period_ending(ends, months) == ends
    assert dates.period_ending(ends + timedelta(days=1), months) > ends


# Notice


@pytest.mark.parametrize(
    ("days", "today", "refusal"),
    [
        (15, date(2026, 11, 15), None),
        (15, date(2026, 11, 16), ("2026-11-15", 15, "2026-12-01")),
        (10, date(2026, 11, 20), None),
        (10, date(2026, 11, 21), ("2026-11-20", 10, "2026-12-01")),
        (0, DAY, None),
        (0, date(2026, 12, 1), ("2026-11-30", 0, "2026-12-01")),
    ],
)
def test_notice_in_time(days, today, refusal) -> None:
    said = refusal and (
        "Notice had to go out by {}, {} days before. Choose {} or a later day.".format(*refusal)
    )
    assert reason(meetings.notice_in_time(DAY, today, days)) == said


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 60), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_day_a_refusal_names_is_accepted(days: int, today: date) -> None:
    first = meetings.earliest_day(today, days)
    assert meetings.notice_in_time(first, today, days)
    assert days == 0 or not meetings.notice_in_time(first - timedelta(days=1), today, days)


@pytest.mark.parametrize(
    ("state", "today", "days", "urgent", "refusal"),
    [
        (State.NOTICED, DAY, 15, False, None),
        (State.PLANNED, DAY, 0, False, None),
        (State.PLANNED, DAY, 10, True, None),
        (State.PLANNED, DAY, 10, False,
         "Notice has to go out 10 days before. Choose a later day and send it."),
        (State.NOTICED, date(2026, 11, 29), 0, False, "This meeting is on 2026-11-30, not today."),
        (State.NOTICED, date(2026, 12, 1), 0, False, "This meeting is on 2026-11-30, not today."),
        (State.CLOSED, DAY, 0, False, "The meeting has moved on. Open its page again."),
    ],
)  # fmt: skip
def test_may_open(state, today, days, urgent, refusal) -> None:
    assert reason(meetings.may_open(state, DAY, today, days, is_urgent=urgent)) == refusal


def test_only_the_residents_assembly_may_be_urgent() -> None:
    assert [kind for kind in BodyKind if meetings.may_be_urgent(kind)] == [ASSEMBLY]
    assert not meetings.may_be_urgent(None)


def test_every_way_through_a_meeting() -> None:
    allowed = {(state, verb) for state in State for verb in Verb if meetings.may_go(state, verb)}
    assert allowed == {
        (State.PLANNED, Verb.NOTIFY), (State.PLANNED, Verb.OPEN), (State.NOTICED, Verb.OPEN),
        (State.OPEN, Verb.CLOSE), (State.CLOSED, Verb.PUBLISH), (State.PLANNED, Verb.CANCEL),
        (State.NOTICED, Verb.CANCEL),
    }  # fmt: skip


# Proxies and resolutions


@pytest.mark.parametrize(
    ("held", "most", "present", "own", "refusal"),
    [
        (0, 1, True, False, None),
        (2, 3, True, False, None),
        (3, 3, True, False, "One person may stand in for at most 3 others."),
        (0, 0, True, False, "At this kind of meeting nobody can be stood in for."),
        (0, 1, False, False, "Whoever stands in has to be here: sign them in first."),
        (0, 1, True, True, "A person cannot be their own proxy."),
    ],
)
def test_proxies(held, most, present, own, refusal) -> None:
    assert reason(meetings.may_stand_in(held, most, is_present=present, is_for_self=own)) == refusal


@pytest.mark.parametrize(
    ("yes", "present", "passed"),
    [(5, 10, False), (6, 10, True), (6, 11, True), (5, 11, False), (0, 0, False)],
)
def test_more_than_half_of_those_present(yes, present, passed) -> None:
    assert meetings.passes(Hands(yes, 0, 0), present) is passed


COUNT = "Here more than half of those present decide. Count who is for it, against it, abstains."
ENOUGH = Quorum(Presence.MORE_THAN_HALF, 6, 10)
SHORT = Quorum(Presence.MORE_THAN_HALF, 5, 10)


@pytest.mark.parametrize(
    ("kind", "state", "manner", "quorum", "hands", "refusal"),
    [
        (JOINT, State.OPEN, Manner.CONSENSUS, ENOUGH, None, None),
        (JOINT, State.CLOSED, Manner.HANDS, ENOUGH, Hands(4, 1, 1), None),
        (None, State.OPEN, Manner.CONSENSUS, Quorum(Presence.NONE, 0, 0), None, None),
        (JOINT, State.OPEN, Manner.CONSENSUS, SHORT, None,
         "5 of 10 are here, 6 are needed: the meeting can talk, not resolve."),
        (JOINT, State.NOTICED, Manner.CONSENSUS, ENOUGH, None,
         "A resolution is passed while the meeting sits or when it has just ended."),
        (JOINT, State.PUBLISHED, Manner.CONSENSUS, ENOUGH, None,
         "A resolution is passed while the meeting sits or when it has just ended."),
        (JOINT, State.OPEN, Manner.HANDS, ENOUGH, None,
         "Say how many were for it, against it and abstained."),
        (JOINT, State.OPEN, Manner.HANDS, ENOUGH, Hands(5, 1, 1),
         "More hands were counted than people are here."),
        (ASSEMBLY, State.OPEN, Manner.CONSENSUS, ENOUGH, None, COUNT),
        (REPS, State.CLOSED, Manner.CONSENSUS, Quorum(Presence.TWO_THIRDS, 6, 9), None, COUNT),
        (ASSEMBLY, State.OPEN, Manner.HANDS, ENOUGH, None,
         "Say how many were for it, against it and abstained."),
        (ASSEMBLY, State.OPEN, Manner.HANDS, ENOUGH, Hands(4, 1, 1), None),
        (REPS, State.OPEN, Manner.HANDS, Quorum(Presence.TWO_THIRDS, 6, 9), Hands(3, 3, 1),
         "More hands were counted than people are here."),
        (REPS, State.OPEN, Manner.HANDS, Quorum(Presence.TWO_THIRDS, 6, 9), Hands(3, 3, 0), None),
        (BodyKind.RESIDENTS_COMMITTEE, State.OPEN, Manner.CONSENSUS, ENOUGH, None, None),
        (OWNERS, State.OPEN, Manner.CONSENSUS, ENOUGH, None,
         "Owners decide by ballot, counted in area and heads. Open a ballot for it."),
    ],
)  # fmt: skip
def test_may_resolve(kind, state, manner, quorum, hands, refusal) -> None:
    assert reason(meetings.may_resolve(kind, state, manner, quorum, hands)) == refusal


NAMED = "Name the unit that carries it out and the day it is due. If nobody has to do anything, say so."
NOTHING = "Nobody has to do anything here. Leave unit and day out, or say that a unit does it."


@pytest.mark.parametrize(
    ("asks", "has_unit", "days", "refusal"),
    [
        (Asks.TASK, True, 1, None),
        (Asks.TASK, True, 0, "The day it is due has to be a coming one."),
        (Asks.TASK, True, None, NAMED),
        (Asks.TASK, False, 1, NAMED),
        (Asks.TASK, False, None, NAMED),
        (Asks.ADOPTED, False, None, None),
        (Asks.ADOPTED, True, None, NOTHING),
        (Asks.ADOPTED, False, 1, NOTHING),
        (Asks.NOTED, False, None, None),
        (Asks.NOTED, True, 1, NOTHING),
    ],
)
def test_what_a_resolution_asks_has_a_unit_and_a_day(asks, has_unit, days, refusal) -> None:
    due = None if days is None else DAY + timedelta(days=days)
    assert reason(meetings.may_ask(asks, due, DAY, has_unit=has_unit)) == refusal


# The code on the wall

SECRET = "s" * 40
SHOWN = datetime(2026, 11, 30, 1, 0, 0, tzinfo=UTC)  # the first second of a window


@pytest.mark.parametrize(
    ("seconds", "valid"), [(-1, False), (0, True), (29, True), (30, True), (59, True), (60, False)]
)
def test_a_code_lives_for_its_window_and_the_next(seconds, valid) -> None:
    code = codes.code_at(SECRET, SHOWN)
    assert codes.is_valid(SECRET, code, SHOWN + timedelta(seconds=seconds)) is valid


def test_a_code_is_for_one_meeting_and_one_window() -> None:
    code = codes.code_at(SECRET, SHOWN)
    assert code == codes.code_at(SECRET, SHOWN + timedelta(seconds=29))
    assert code != codes.code_at(SECRET, SHOWN + timedelta(seconds=30))
    assert not codes.is_valid("t" * 40, code, SHOWN)
    assert codes.is_valid(SECRET, f" {code.upper()} ", SHOWN)
    assert not codes.is_valid(SECRET, "", SHOWN)
    assert not codes.is_valid(SECRET, "签到", SHOWN)


# Postings and disclosures


def test_the_day_it_goes_up_is_not_counted() -> None:
    assert postings.last_day(date(2026, 11, 1), 15) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("kind", "days", "allowed"),
    [
        (PostingKind.AFFAIRS, 15, True),
        (PostingKind.AFFAIRS, 14, False),
        (PostingKind.RESOLUTIONS, 1, True),
        (PostingKind.RESOLUTIONS, 0, False),
        (PostingKind.AFFAIRS, 180, True),
        (PostingKind.AFFAIRS, 181, False),
    ],
)
def test_how_long_it_is_posted(kind, days, allowed) -> None:
    assert bool(postings.is_long_enough(kind, days)) is allowed


FIRST, LAST = date(2026, 11, 1), date(2026, 11, 16)


@pytest.mark.parametrize(
    ("today", "objected", "settled", "refusal"),
    [
        (FIRST, False, False, None),
        (LAST, False, False, None),
        (date(2026, 11, 17), False, False, "Objections could be made until 2026-11-16."),
        (date(2026, 10, 31), False, False, "It is posted from 2026-11-01."),
        (LAST, True, False, "You have already objected to this. You will be told the answer."),
        (LAST, False, True, "Objections could be made until 2026-11-16."),
    ],
)
def test_may_object(today, objected, settled, refusal) -> None:
    decision = postings.may_object(FIRST, LAST, today, has_objected=objected, is_settled=settled)
    assert reason(decision) == refusal


@pytest.mark.parametrize(
    ("today", "waiting", "refusal"),
    [
        (date(2026, 11, 17), 0, None),
        (LAST, 0, "It stays up until 2026-11-16."),
        (date(2026, 11, 17), 1, "1 objections wait for an answer."),
    ],
)
def test_may_settle(today, waiting, refusal) -> None:
    assert reason(postings.may_settle(LAST, today, waiting)) == refusal


def test_seven_classes_by_law_and_eight_of_its_own() -> None:
    assert len(disclosures.STATUTORY) == 7
    assert len(disclosures.LOCAL) == 8
    assert len({each.code for each in disclosures.STARTING}) == 15
    assert not disclosures.may_end_class(by_law=True)
    assert disclosures.may_end_class(by_law=False)
    assert disclosures.is_sound("财务收支", disclosures.QUARTERLY)
    assert disclosures.is_sound("", 3, has_words=True)
    assert not disclosures.is_sound("", 3)
    assert not disclosures.is_sound("x" * 81, 3)
    assert not disclosures.is_sound("x", 13)


# Calendars and rooms


def occasion(**changes) -> ical.Occasion:
    plain = {
        "id": UUID(int=7),
        "title": "三季度联席会议",
        "starts": datetime(2026, 11, 30, 6, 30, tzinfo=UTC),
        "minutes": 90,
        "where": "社区二楼, 会议室; 东",
        "url": "https://example.org/meetings/7/",
        "changed": datetime(2026, 11, 20, tzinfo=UTC),
        "is_cancelled": False,
    }
    return ical.Occasion(**{**plain, **changes})


def test_a_calendar_says_when_and_where() -> None:
    text = ical.calendar("建设社区", [occasion()])
    assert "DTSTART:20261130T063000Z\r\nDTEND:20261130T080000Z\r\n" in text
    assert "LOCATION:社区二楼\\, 会议室\\; 东\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")
    assert "STATUS:CANCELLED" in ical.calendar("x", [occasion(is_cancelled=True)])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_lines_are_folded_by_bytes_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{ical.escaped(text)}"
    written = ical.folded(line)
    assert all(len(part.encode("utf-8", "surrogatepass")) <= 75 for part in written.split("\r\n"))
    assert written.replace("\r\n ", "") == line


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", True),
        ("https://meet.example.cn", True),
        ("https://meet.example.cn:8443/rooms/", True),
        ("http://meet.example.cn", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://meet.example.cn/?a=1", False),
        ("https://someone@meet.example.cn", False),
        ("https://meet.example.cn/\nx", False),
    ],
)
def test_video_addresses(address, allowed) -> None:
    assert bool(rooms.is_base(address)) is allowed


def test_a_room_is_a_part_of_the_address() -> None:
    assert rooms.link("https://meet.example.cn/", "linli-7") == "https://meet.example.cn/linli-7"
    assert rooms.link("", "linli-7") == ""
