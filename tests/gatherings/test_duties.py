"""What follows an election: its days, filed with which papers, shown as late and told; the tables."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linli.ballots.kinds import Duty, OwnersMatter, RuleName
from linli.ballots.rules import timetable
from linli.gatherings import actions, jobs
from linli.gatherings.actions import duties as acting
from linli.gatherings.kinds import BodyKind, DutyKind, Paper, Role
from linli.gatherings.models import Body, BodyDuty
from linli.gatherings.read import bodies
from linli.gatherings.read import duties as read
from linli.gatherings.rules import duties as rules
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.notices.kinds import Topic
from linli.notices.models import Notice
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World

DAY = date(2026, 11, 2)
LAWFUL = (Paper.ELECTION, Paper.COVENANT, Paper.PROCEDURE)
OFFICE = "钢城街道办事处、区住建局"


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (DutyKind.FIRST_MEETING, date(2026, 11, 9)),
        (DutyKind.FILING, date(2026, 12, 2)),
        (DutyKind.CHANGE_FILING, date(2026, 12, 2)),
        (DutyKind.HANDOVER, date(2026, 11, 12)),
    ],
)
def test_the_day_of_the_event_is_not_counted(kind: DutyKind, last: date) -> None:
    assert rules.due(kind, DAY) == last
    after = last + timedelta(days=1)
    assert [rules.is_late(last, None, day) for day in (last, after)] == [False, True]
    assert [rules.is_late(last, day, after) for day in (last, after)] == [False, True]


def test_the_days_are_those_a_ballot_says_follow_it() -> None:
    found = timetable.following(RuleName.OWNERS_ORDINARY, OwnersMatter.COMMITTEE, DAY, is_choice=True)
    found |= timetable.following(RuleName.ELECTION_VOTERS, None, DAY, is_choice=True)
    assert {DutyKind(each.value): last for each, last in found.items()} == {
        DutyKind(each.value): rules.due(DutyKind(each.value), DAY) for each in Duty
    }


@pytest.mark.parametrize(
    ("kind", "on", "office", "papers", "reason"),
    [
        (DutyKind.FILING, DAY, OFFICE, LAWFUL, ""),
        (DutyKind.FILING, date(2026, 11, 20), OFFICE, (*LAWFUL, Paper.DECISIONS), ""),
        (DutyKind.FILING, date(2026, 11, 1), OFFICE, LAWFUL, "from 2026-11-02 to today"),
        (DutyKind.FILING, date(2026, 11, 21), OFFICE, LAWFUL, "from 2026-11-02 to today"),
        (DutyKind.FILING, DAY, "", LAWFUL, "where it was filed"),
        *[
            (DutyKind.FILING, DAY, OFFICE, tuple(each for each in LAWFUL if each != left), "Not all papers")
            for left in LAWFUL
        ],
        (DutyKind.CHANGE_FILING, DAY, OFFICE, (), "Not all papers"),
        (DutyKind.CHANGE_FILING, DAY, OFFICE, (Paper.CHANGES,), ""),
        (DutyKind.FIRST_MEETING, DAY, "", (), ""),
        (DutyKind.HANDOVER, DAY, "", (), ""),
    ],
)
def test_when_it_is_done(
    kind: DutyKind, on: date, office: str, papers: tuple[Paper, ...], reason: str
) -> None:
    found = rules.may_be_done(kind, DAY, on, date(2026, 11, 20), office=office, papers=papers)
    assert (
        reason in (str(getattr(found, "reason", "")) % getattr(found, "params", {}))
        if reason
        else bool(found)
    )


@pytest.mark.parametrize(
    ("kind", "sat_before", "was_filed", "is_change"),
    [
        (BodyKind.OWNERS_COMMITTEE, 4, False, False),
        (BodyKind.OWNERS_COMMITTEE, 5, False, True),
        (BodyKind.OWNERS_COMMITTEE, 0, True, True),
        (BodyKind.RESIDENTS_COMMITTEE, 9, True, False),
        (BodyKind.JOINT_CONFERENCE, 9, False, False),
    ],
)
def test_what_is_a_change_to_be_filed(
    kind: BodyKind, sat_before: int, was_filed: bool, is_change: bool
) -> None:
    assert rules.is_change(kind, sat_before=sat_before, was_filed=was_filed) is is_change


@pytest.fixture
def committee(world: World) -> Body:
    return making.body(world, BodyKind.OWNERS_COMMITTEE, members=())


def owed(body: Body) -> dict[str, date]:
    rows = BodyDuty.objects.filter(body=body, done_on__isnull=True)
    return dict(rows.values_list("kind", "due_on"))


def elected(world: World, body: Body, **more: Any) -> list[BodyDuty]:
    return actions.note_election(
        by=world.actor("secretary"), body_id=body.pk, elected_on=clock.today(), **more
    )


def filed(world: World, body: Body, kind: DutyKind = DutyKind.FILING, **more: Any) -> BodyDuty:
    row = BodyDuty.objects.get(body=body, kind=kind, done_on__isnull=True)
    papers = LAWFUL if kind is DutyKind.FILING else (Paper.CHANGES,)
    said = {"done_on": clock.today(), "office": OFFICE, "papers": papers} | more
    return actions.finish_duty(by=world.actor("secretary"), duty_id=row.pk, **said)


def test_a_committee_that_was_elected_meets_and_is_filed(world: World, committee: Body) -> None:
    elected(world, committee)
    today = clock.today()
    assert owed(committee) == {
        "first_meeting": today + timedelta(days=7),
        "filing": today + timedelta(days=30),
    }
    elected(world, committee)
    assert BodyDuty.objects.count() == 2, "what it owes already is not owed twice"
    making.opened(world, committee)
    assert owed(committee) == {"filing": today + timedelta(days=30)}
    row = filed(world, committee, number=" 备〔2026〕7号 ")
    assert (row.office, row.number) == (OFFICE, "备〔2026〕7号")
    assert row.papers == ["election", "covenant", "procedure"]
    assert not owed(committee)
    with pytest.raises(Refused, match="done already"):
        actions.finish_duty(by=world.actor("secretary"), duty_id=row.pk, done_on=today)


def test_a_change_of_members_is_filed_once_the_election_was(world: World, committee: Body) -> None:
    secretary = world.actor("secretary")
    member = actions.name_member(
        by=secretary, body_id=committee.pk, role=Role.MEMBER, person_id=world.persons["wang"],
        starts=clock.today() - timedelta(days=9),
    )  # fmt: skip
    assert not owed(committee), "the first members are part of the election"
    elected(world, committee)
    filed(world, committee)
    actions.name_member(
        by=secretary, body_id=committee.pk, role=Role.ADVISER, person_id=world.persons["chen"]
    )
    assert "change_filing" not in owed(committee), "an adviser is not filed"
    actions.end_membership(by=secretary, membership_id=member.pk)
    assert owed(committee)["change_filing"] == clock.today() + timedelta(days=30)
    filed(world, committee, DutyKind.CHANGE_FILING)
    assert "change_filing" not in owed(committee)


FIVE = ("wang", "chen", "old-liu", "grid", "branch")


def sits(world: World, body: Body, key: str, days_ago: int) -> Any:
    return actions.name_member(
        by=world.actor("secretary"), body_id=body.pk, role=Role.MEMBER, person_id=world.persons[key],
        starts=clock.today() - timedelta(days=days_ago),
    )  # fmt: skip


def test_a_change_is_filed_where_the_committee_is_older_than_its_page(world: World, committee: Body) -> None:
    """Five members since last year, entered today: no change; a sixth since four days, and one who goes."""
    rows = [sits(world, committee, key, 400) for key in FIVE]
    assert not owed(committee)
    sits(world, committee, "clerk", 4)
    assert owed(committee) == {"change_filing": clock.today() + timedelta(days=26)}, "from the day it was"
    filed(world, committee, DutyKind.CHANGE_FILING)
    actions.end_membership(by=world.actor("secretary"), membership_id=rows[0].pk)
    assert owed(committee) == {"change_filing": clock.today() + timedelta(days=30)}


def test_those_named_on_one_day_are_the_committee_and_not_a_change(world: World, committee: Body) -> None:
    for key in (*FIVE, "clerk"):
        sits(world, committee, key, 0)
    assert not owed(committee)
    with clock.at(clock.now() + timedelta(days=1)):
        sits(world, committee, "owners", 0)
        assert owed(committee) == {"change_filing": clock.today() + timedelta(days=30)}


def test_who_may_and_what_cannot_be(world: World, committee: Body) -> None:
    council = making.body(world)
    with pytest.raises(Refused, match="asks nothing"):
        elected(world, council)
    with pytest.raises(Refused, match="today or before"):
        actions.note_election(
            by=world.actor("secretary"), body_id=committee.pk, elected_on=clock.today() + timedelta(days=1)
        )
    with pytest.raises(Refused):
        actions.note_election(by=world.actor("wang"), body_id=committee.pk, elected_on=clock.today())
    [first, _filing] = elected(world, committee)
    with pytest.raises(Refused, match="does not include the bodies"):
        actions.finish_duty(by=world.actor("wang"), duty_id=first.pk, done_on=clock.today())


def test_what_is_late_is_told_to_the_residents_committee_once(world: World, committee: Body) -> None:
    elected(world, committee)
    with clock.at(clock.now() + timedelta(days=7)):
        assert jobs.tell_of_late_duties() == 0, "its last day has not passed"
        assert not bodies.dues([committee])[0].owes
    with clock.at(clock.now() + timedelta(days=8)):
        assert jobs.tell_of_late_duties() == 1
        assert jobs.tell_of_late_duties() == 0
        assert bodies.dues([committee])[0].owes
        [filing] = BodyDuty.objects.filter(kind="filing")
        told = set(Notice.objects.filter(topic=Topic.BODY_LATE).values_list("person", flat=True))
        assert told == set(read.told(filing, clock.today()))
        assert world.persons["secretary"] in told
    with clock.at(clock.now() + timedelta(days=31)):
        assert jobs.tell_of_late_duties() == 1
        assert acting.tell_late(by=SYSTEM, duty_id=filing.pk) is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": DAY},
        {"done_on": DAY},
        {"office": OFFICE},
        {"done_on": DAY - timedelta(days=1), "recorded_at": clock.now()},
        {"kind": "filing", "done_on": DAY, "recorded_at": clock.now()},
    ],
)
def test_the_table_refuses(world: World, committee: Body, wrong: dict[str, Any]) -> None:
    sound = {"body": committee, "kind": "first_meeting", "began_on": DAY, "due_on": DAY + timedelta(days=7)}
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyDuty.objects.create(**sound | wrong)
    BodyDuty.objects.create(**sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyDuty.objects.create(**sound)


def test_it_is_written_down_on_the_desk(world: World, committee: Body) -> None:
    secretary = desk(world, "secretary")
    page = reverse("gatherings_desk:body", args=[committee.pk])
    address = reverse("gatherings_desk:elected", args=[committee.pk])
    assert address in shown(secretary.get(page))
    assert address not in shown(secretary.get(reverse("gatherings_desk:body", args=[making.body(world).pk])))
    day = (clock.today() - timedelta(days=31)).isoformat()
    assert secretary.post(address, {"elected_on": day}).status_code == 302
    assert "overdue" in shown(secretary.get(page))
    assert "filing or handover overdue" in shown(secretary.get(reverse("gatherings_desk:home")))
    filing = reverse("gatherings_desk:duty", args=[BodyDuty.objects.get(kind="filing").pk])
    assert "These papers go with it:" in shown(secretary.get(filing))
    sent = {"done_on": clock.today().isoformat(), "office": OFFICE, "number": "7", "papers": ["election"]}
    assert "Not all papers the law names" in shown(secretary.post(filing, sent), 422)
    assert secretary.post(filing, sent | {"papers": [each.value for each in LAWFUL]}).status_code == 302
    said = unescape(shown(secretary.get(page)))
    assert f"filed with {OFFICE}" in said
    assert "done late" in said
    assert desk(world, "wang").get(filing).status_code in (403, 404)
