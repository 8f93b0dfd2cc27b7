"""Covenants: the way from draft to review, who adopts one, who is adult; and what an amendment changes."""

import itertools
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.kinds import Body, CovenantKind, CovenantStage
from linli.deliberation.rules import covenants as rules
from linli.deliberation.rules.covenants import Mandate, Meeting
from linli.deliberation.rules.diffs import Change, difference

DRAFT, CONSULT, DECIDING, ADOPTED, PUBLISHED, REPLACED = CovenantStage
ALLOWED = {
    (DRAFT, CONSULT), (CONSULT, DECIDING), (DECIDING, CONSULT), (DECIDING, ADOPTED),
    (ADOPTED, PUBLISHED), (PUBLISHED, REPLACED),
}  # fmt: skip


@pytest.mark.parametrize("stage", CovenantStage)
@pytest.mark.parametrize("wanted", CovenantStage)
def test_the_way_has_no_short_cuts(stage: CovenantStage, wanted: CovenantStage) -> None:
    assert rules.may_follow(stage, wanted) == ((stage, wanted) in ALLOWED)


@pytest.mark.parametrize(
    ("body", "entitled", "present", "in_favour", "adopted"),
    [
        (Body.ASSEMBLY, 1000, 501, 251, True),
        (Body.ASSEMBLY, 1000, 500, 500, False),  # half is not more than half
        (Body.ASSEMBLY, 1001, 501, 251, True),
        (Body.ASSEMBLY, 1000, 502, 251, False),  # half of those present is not more than half
        (Body.ASSEMBLY, 1, 1, 1, True),
        (Body.DELEGATES, 60, 40, 21, True),  # two thirds, the number included
        (Body.DELEGATES, 60, 39, 39, False),
        (Body.DELEGATES, 61, 41, 21, True),
        (Body.DELEGATES, 61, 40, 40, False),
        (Body.DELEGATES, 60, 40, 20, False),
    ],
)
def test_adoption(body: Body, entitled: int, present: int, in_favour: int, adopted: bool) -> None:
    meeting = Meeting(body, date(2026, 11, 16), entitled, present, in_favour)
    assert rules.adopts(meeting) is adopted


@given(
    body=st.sampled_from(Body), entitled=st.integers(1, 10**6), data=st.data(),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_one_voice_more_never_undoes_an_adoption(body: Body, entitled: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, entitled))
    in_favour = data.draw(st.integers(0, present))
    meeting = Meeting(body, date(2026, 11, 16), entitled, present, in_favour)
    if rules.adopts(meeting):
        assert in_favour > present - in_favour
        more = min(in_favour + 1, present)
        assert rules.adopts(replace(meeting, in_favour=more))


MET = Meeting(
    Body.DELEGATES, date(2026, 11, 16), 60, 40, 30, Mandate(date(2026, 10, 1), "委托居民代表会议审议公约")
)


@pytest.mark.parametrize(
    ("meeting", "fault"),
    [
        (MET, ""),
        (replace(MET, in_favour=41), "In favour are at most"),
        (replace(MET, present=61, in_favour=1), "In favour are at most"),
        (replace(MET, entitled=0, present=0, in_favour=0), "In favour are at most"),
        (replace(MET, met_on=date(2026, 11, 17)), "The meeting has not been held yet"),
        (replace(MET, met_on=date(2026, 11, 14)), "A meeting decides after the consultation"),
        (replace(MET, met_on=date(2026, 11, 15)), ""),
        (replace(MET, mandate=None), "Say on what day"),
        (replace(MET, mandate=Mandate(date(2026, 11, 17), "委托")), "The mandate comes before"),
        (replace(MET, mandate=Mandate(date(2026, 11, 16), "委托")), ""),
        (replace(MET, mandate=Mandate(date(2026, 10, 1))), "Write what the assembly resolved that day"),
        (replace(MET, mandate=Mandate(date(2026, 10, 1), resolution_id=UUID(int=1))), ""),
        (replace(MET, body=Body.ASSEMBLY, mandate=None), ""),
    ],
)
def test_what_is_wrong_with_a_meeting(meeting: Meeting, fault: str) -> None:
    found = rules.fault_of_meeting(meeting, consulted_until=date(2026, 11, 15), today=date(2026, 11, 16))
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 16), date(2027, 11, 16)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_year_later(day: date, due: date) -> None:
    assert rules.next_review(day) == due


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(date(2027, 11, 15), False), (date(2027, 11, 16), False), (date(2027, 11, 17), True)],
)
def test_the_due_day_is_in_time(today: date, overdue: bool) -> None:
    assert rules.is_overdue(date(2027, 11, 16), today) is overdue
    assert not rules.is_overdue(None, today)


def test_numbers_people_type_are_given_anew() -> None:
    text = "1. 邻里相让。\n\n  2、楼道不堆物。\n(3) 2026年起不养烈性犬。\n10平方米以内"
    assert rules.paragraphs_of(text) == [
        "邻里相让。", "楼道不堆物。", "2026年起不养烈性犬。", "10平方米以内",
    ]  # fmt: skip
    assert rules.paragraphs_of(" \n ") == []


@pytest.mark.parametrize(
    ("paragraphs", "fault"),
    [
        (["楼道不堆物。"], ""),
        ([], "Write the text"),
        (["一"] * 60, ""),
        (["一"] * 61, "A covenant people keep is short"),
        (["一" * 500], ""),
        (["一" * 501], "A paragraph has at most 500"),
    ],
)
def test_what_is_wrong_with_a_text(paragraphs: list[str], fault: str) -> None:
    found = rules.fault_of_paragraphs(paragraphs)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


def told(before: str, after: str) -> str:
    marks = {Change.SAME: "{}", Change.OUT: "[-{}-]", Change.IN: "[+{}+]"}
    return "".join(marks[each.change].format(each.text) for each in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("楼道不堆物。", "楼道不堆物。", "楼道不堆物。"),
        ("晚上十点后不吵闹。", "晚上九点半后不吵闹。", "晚上[-十点-][+九点半+]后不吵闹。"),
        ("遛狗要拴绳。", "遛狗要拴绳，绳长1.5米以内。", "遛狗要拴绳[+，绳长1.5米以内+]。"),
        ("", "新的一条。", "[+新的一条。+]"),
        ("keep the stairs free", "keep all stairs free", "keep [-the-][+all+] stairs free"),
        ("收费20元", "收费200元", "收费[-20-][+200+]元"),
    ],
)
def test_what_changes_is_seen(before: str, after: str, shown: str) -> None:
    assert told(before, after) == shown


LETTERS = st.text(alphabet="楼道不堆物晚上。，a1 ", max_size=40)


@given(before=LETTERS, after=LETTERS)
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    found = difference(before, after)
    assert "".join(each.text for each in found if each.change is not Change.IN) == before
    assert "".join(each.text for each in found if each.change is not Change.OUT) == after
    assert all(each.text for each in found)
    assert all(one.change is not two.change for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("kind", "is_community", "fault"),
    [
        (CovenantKind.CHARTER, True, ""),
        (CovenantKind.CHARTER, False, "A charter of self-government is the whole community’s."),
        (CovenantKind.RESIDENTS, False, ""),
        (CovenantKind.ONE_THING, False, ""),
    ],
)
def test_a_charter_is_the_communitys(kind: CovenantKind, is_community: bool, fault: str) -> None:
    found = rules.fault_of_place(kind, is_community=is_community)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)


DAY = date(2026, 11, 16)
NOT_ADOPTED = "No meeting has adopted it yet."


@pytest.mark.parametrize(
    ("kind", "adopted_on", "filed_on", "lacks"),
    [
        (
            CovenantKind.CHARTER,
            None,
            None,
            ["No meeting has adopted it yet.", "That comes after it is adopted."],
        ),
        (CovenantKind.CHARTER, DAY, None, ["", "Not on file yet."]),
        (CovenantKind.RESIDENTS, DAY, DAY, ["", ""]),
        (CovenantKind.NO_LAWSUITS, None, None, []),
        (CovenantKind.ONE_THING, DAY, None, []),
    ],
)
def test_what_the_law_asks_of_a_covenant_and_a_charter(kind, adopted_on, filed_on, lacks) -> None:
    assert [lack for _asks, lack in rules.points(kind, adopted_on, filed_on)] == lacks
