"""What actions do beside the stories: what they refuse, what they keep, and what the tables never hold."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.actions.outcomes import Decided
from linli.gatherings.kinds import BodyKind, Counted, Manner, Presence, Role, Way
from linli.gatherings.models import (
    Attendance,
    Body,
    CalendarFeed,
    Disclosure,
    DisclosureClass,
    Gathering,
    Membership,
    Minutes,
    Posting,
    Resolution,
)
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import feeds
from linli.gatherings.read import gatherings as read
from linli.gatherings.read import postings as read_postings
from linli.gatherings.rules import codes
from linli.gatherings.rules.bodies import HouseRules
from linli.gatherings.rules.meetings import Hands
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.people.models import Household, Residence
from tests.gatherings import meeting as making
from tests.world import World, on

FOUR = HouseRules(3, 3, Presence.MORE_THAN_HALF, 2)


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


class TestCalling:
    def test_a_notice_too_late_for_the_law(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        with pytest.raises(Refused, match="Choose 2026-11-26 or a later day") as late:
            making.planned(world, body, 9)
        assert late.value.status == 422
        meeting = making.planned(world, body, 10)
        with on("2026-11-17"), pytest.raises(Refused, match="Notice had to go out by 2026-11-16"):
            actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
        actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
        assert world.persons["wang"] in read_bodies.invited(meeting)

    def test_an_urgent_assembly_needs_no_days(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        meeting = making.planned(world, body, 0, urgent_reason="停水")
        actions.open_planned(by=world.actor("secretary"), gathering_id=meeting.pk)
        with pytest.raises(Refused, match="Only a residents’ assembly"):
            making.planned(world, making.body(world), 3, urgent_reason="停水")

    def test_called_off_its_items_wait_again(self, world: World) -> None:
        body, secretary = making.body(world), world.actor("secretary")
        subject = uuid7()
        for _twice in range(2):
            actions.await_item(
                by=SYSTEM, body_id=body.pk, title="停车难", subject_kind="matter", subject_id=subject
            )
        meeting = making.planned(world, body)
        assert [item.subject_id for item in read.items(meeting.pk)] == [subject]
        actions.cancel(by=secretary, gathering_id=meeting.pk, reason="下雨")
        assert [item.title for item in read_bodies.waiting(body.pk)] == ["停车难"]
        with pytest.raises(Refused, match="moved on"):
            actions.notify_members(by=secretary, gathering_id=meeting.pk)

    def test_later_house_rules_change_no_meeting(self, world: World) -> None:
        body = making.body(world)
        meeting = making.planned(world, body)
        actions.change_body(
            by=world.actor("secretary"),
            body_id=body.pk,
            name="联席会议",
            rules=HouseRules(1, 7, Presence.TWO_THIRDS, 0),
            is_public=True,
            video_base="",
        )
        meeting.refresh_from_db()
        assert (meeting.notice_days, meeting.quorum) == (3, "more_than_half")
        assert Body.objects.get().notice_days == 7

    def test_what_a_body_may_not_be(self, world: World) -> None:
        body, secretary = making.body(world), world.actor("secretary")
        with pytest.raises(Refused, match="already such a body"):
            making.body(world)
        with pytest.raises(Refused, match="Its notice is from 15"):
            making.body(world, BodyKind.OWNERS_ASSEMBLY, rules=HouseRules(None, 14, Presence.TWO_THIRDS, 0))
        with pytest.raises(Refused, match="already belong"):
            actions.name_member(
                by=secretary, body_id=body.pk, role=Role.ADVISER, person_id=world.persons["clerk"]
            )
        with pytest.raises(Refused, match="Units are invited"):
            actions.name_member(
                by=secretary, body_id=body.pk, role=Role.INVITED, person_id=world.persons["wang"]
            )
        with pytest.raises(Refused, match="does not include the bodies"):
            actions.name_member(
                by=world.actor("wang"), body_id=body.pk, role=Role.MEMBER, person_id=world.persons["wang"]
            )


class TestSigningIn:
    def test_once_each_and_proxies_within_their_limit(self, world: World) -> None:
        body = making.body(world, rules=FOUR, members=("secretary", "clerk", "grid", "branch", "caller"))
        meeting, secretary = making.opened(world, body, "secretary"), world.actor("secretary")
        making.listed(world, meeting, "secretary")

        def proxy(absent: str, by: str) -> Attendance:
            return actions.sign_in_by_proxy(
                by=secretary,
                gathering_id=meeting.pk,
                person_id=world.persons[absent],
                proxy_id=world.persons[by],
            )

        with pytest.raises(Refused, match="has to be here"):
            proxy("clerk", "grid")
        proxy("clerk", "secretary")
        proxy("grid", "secretary")
        with pytest.raises(Refused, match="at most 2 others"):
            proxy("branch", "secretary")
        with pytest.raises(Refused, match="already on the list"):
            proxy("clerk", "secretary")
        with pytest.raises(Refused, match="Only somebody who is counted"):
            making.listed(world, meeting, "branch")
            proxy("wang", "branch")
        assert (read.quorum_of(meeting).present, read.quorum_of(meeting).entitled) == (4, 5)
        making.listed(world, meeting, "clerk")
        row = Attendance.objects.get(gathering=meeting, person=world.persons["clerk"])
        assert (row.way, row.proxy_id) == (Way.LIST, None), "who comes after all is stood in for no more"
        proxy("caller", "secretary")

    def test_a_unit_counts_once(self, world: World) -> None:
        body, secretary = making.body(world, members=("secretary",)), world.actor("secretary")
        actions.name_member(
            by=secretary, body_id=body.pk, role=Role.MEMBER, organization_id=world.unit("power")
        )
        meeting = making.opened(world, body)
        for name in ("周工", "吴工"):
            actions.sign_in_by_list(
                by=secretary, gathering_id=meeting.pk, name=name, organization_id=world.unit("power")
            )
        assert list(meeting.attendances.order_by("at").values_list("counts", flat=True)) == [True, False]

    def test_a_code_scanned_in_time(self, world: World) -> None:
        meeting, clerk = making.opened(world, making.body(world)), world.actor("clerk")
        now = clock.now()
        code = codes.code_at(str(meeting.secret), now)

        def sign_in(minutes: int, shown: str = code) -> Attendance:
            with clock.at(now + timedelta(minutes=minutes)):
                return actions.sign_in_by_code(by=clerk, gathering_id=meeting.pk, code=shown, scanned_at=now)

        for minutes, shown in ((11, code), (0, "aaaaaaaaaa")):
            with pytest.raises(Refused, match="no longer on the wall"):
                sign_in(minutes, shown)
        first, again = sign_in(10), sign_in(0)
        assert first.pk == again.pk
        assert first.counts

    def test_from_afar_only_with_a_room(self, world: World) -> None:
        body, secretary = making.body(world), world.actor("secretary")
        meeting = making.opened(world, body)
        with pytest.raises(Refused, match="no video room"):
            actions.sign_in_remote(by=world.actor("clerk"), gathering_id=meeting.pk)
        actions.close(by=secretary, gathering_id=meeting.pk)
        actions.change_body(
            by=secretary,
            body_id=body.pk,
            name=body.name,
            rules=FOUR,
            is_public=True,
            video_base="https://meet.example.cn",
        )
        body.refresh_from_db()
        second = making.opened(world, body)
        assert second.video_room.startswith("linli-")
        row = actions.sign_in_remote(by=world.actor("clerk"), gathering_id=second.pk)
        assert (row.way, row.counts) == (Way.REMOTE, True)


class TestHouseholds:
    """Wang lives in a home, Chen and Liu in an entrance nobody divided: three adults, two households."""

    def test_the_register_says_how_many_and_another_number_says_why(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        for counted, found in ((Counted.ADULTS, 3), (Counted.HOUSEHOLDS, 2)):
            meeting = making.planned(world, body, 10, counted=counted)
            assert (meeting.counted, meeting.entitled, meeting.entitled_found) == (counted, found, found)
        with pytest.raises(Refused, match="The register knows 2") as bare:
            making.planned(world, body, 10, counted=Counted.HOUSEHOLDS, entitled=4)
        assert bare.value.status == 422
        why = "两户新搬来，还没登记"
        meeting = making.planned(world, body, 10, counted=Counted.HOUSEHOLDS, entitled=4, correction=why)
        assert (meeting.entitled, meeting.entitled_found, meeting.correction) == (4, 2, why)
        same = making.planned(world, body, 10, counted=Counted.HOUSEHOLDS, entitled=2, correction=why)
        assert same.correction == ""
        Residence.objects.all().delete()
        with pytest.raises(Refused, match="Say how many are entitled"):
            making.planned(world, body, 10)

    def test_one_presence_for_each_household(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        meeting = making.opened(world, body, "chen", "old-liu", counted=Counted.HOUSEHOLDS)
        assert list(Attendance.objects.order_by("at").values_list("counts", flat=True)) == [True, False]
        quorum = read.quorum_of(meeting)
        assert (quorum.present, quorum.entitled, quorum.met) == (1, 2, False), "half is not more than half"
        with pytest.raises(Refused, match="1 of 2 are here, 2 are needed"):
            making.resolved(world, meeting)
        assert making.listed(world, meeting, "grid").counts is False, "nobody who lives elsewhere"
        making.listed(world, meeting, "wang")
        assert read.quorum_of(meeting).met
        with pytest.raises(Refused, match="more than half of those present decide"):
            making.resolved(world, meeting)
        assert not making.resolved(world, meeting, hands=Hands(1, 0, 1)).passed, "half is not more than half"
        assert making.resolved(world, meeting, hands=Hands(2, 0, 0)).passed

    def test_a_household_is_stood_in_for_once(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        meeting = making.opened(world, body, "wang", "chen", counted=Counted.HOUSEHOLDS)
        with pytest.raises(Refused, match="Only somebody who is counted here"):
            actions.sign_in_by_proxy(
                by=world.actor("secretary"),
                gathering_id=meeting.pk,
                person_id=world.persons["old-liu"],
                proxy_id=world.persons["wang"],
            )

    def test_adults_of_one_home_count_each_where_adults_are_counted(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        meeting = making.opened(world, body, "chen", "old-liu")
        assert (read.quorum_of(meeting).present, read.quorum_of(meeting).met) == (2, True)

    def test_two_households_of_one_home_are_two(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        home = world.place("entrance")
        apart = Household.objects.create(home_id=home)
        Residence.objects.filter(person=world.persons["old-liu"]).update(household=apart)
        meeting = making.opened(world, body, "chen", "old-liu", counted=Counted.HOUSEHOLDS)
        assert (read.quorum_of(meeting).present, meeting.entitled) == (2, 3)

    def test_counted_again_when_it_opens_unless_corrected(self, world: World) -> None:
        body = making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=())
        plain = making.planned(world, body, 0, urgent_reason="停水")
        typed = making.planned(world, body, 0, urgent_reason="停水", entitled=9, correction="漏登")
        Residence.objects.filter(person=world.persons["old-liu"]).delete()
        by = world.actor("secretary")
        rows = [actions.open_planned(by=by, gathering_id=row.pk) for row in (plain, typed)]
        assert [(row.entitled, row.entitled_found) for row in rows] == [(2, 2), (9, 3)]


class TestOwners:
    def test_area_and_heads_and_no_show_of_hands(self, world: World) -> None:
        body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
        with_areas(world)
        meeting = making.opened(world, body)
        secretary = world.actor("secretary")
        with pytest.raises(Refused, match="Owners decide by ballot"):
            making.resolved(world, meeting)
        with pytest.raises(Refused, match="how much area"):
            actions.close(by=secretary, gathering_id=meeting.pk)
        with pytest.raises(Refused, match="More area is present"):
            actions.close(by=secretary, gathering_id=meeting.pk, area_present=30_001)
        closed = actions.close(by=secretary, gathering_id=meeting.pk, area_present=20_000)
        assert (closed.present, closed.area_present, closed.quorate) == (0, 20_000, False)

    def test_the_register_says_how_many_and_how_much(self, world: World) -> None:
        body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
        with_areas(world)
        row = making.planned(world, body, 15)
        assert (row.counted, row.entitled, row.area_entitled) == ("owners", 3, 30_000)
        assert (row.entitled_found, row.area_found, row.found_on) == (3, 30_000, clock.today())

    @pytest.mark.parametrize(("heads", "area"), [(4, None), (None, 40_000), (4, 40_000)])
    def test_another_number_says_why(self, world: World, heads: int | None, area: int | None) -> None:
        body, typed = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=()), {}
        with_areas(world)
        typed = {"entitled": heads, "area_entitled": area}
        with pytest.raises(Refused, match=r"The register knows 3 owners with 300.00 m²"):
            making.planned(world, body, 15, **typed)
        row = making.planned(world, body, 15, **typed, correction="一户漏登")
        assert (row.entitled, row.area_entitled) == (heads or 3, area or 30_000)
        assert (row.entitled_found, row.area_found, row.correction) == (3, 30_000, "一户漏登")
        same = making.planned(world, body, 15, entitled=3, area_entitled=30_000, correction="多余的话")
        assert same.correction == ""

    def test_a_home_without_an_area_is_no_whole_sum(self, world: World) -> None:
        body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
        making.own(world, "wang")
        with pytest.raises(Refused, match="have no area yet"):
            making.planned(world, body, 15)
        with pytest.raises(Refused, match="Say why"):
            making.planned(world, body, 15, area_entitled=30_000)
        row = making.planned(world, body, 15, area_entitled=30_000, correction="按测绘报告")
        assert (row.area_entitled, row.area_found) == (30_000, 10_000)

    def test_they_are_counted_anew_on_the_day_unless_corrected(self, world: World) -> None:
        body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
        with_areas(world)
        with clock.at(clock.now() - timedelta(days=15)):
            rows = [making.planned(world, body, 15, **more) for more in ({}, CORRECTED)]
            for row in rows:
                actions.notify_members(by=world.actor("secretary"), gathering_id=row.pk)
        making.own(world, "old-liu", label="o4")
        by = world.actor("secretary")
        plain, typed = (actions.open_planned(by=by, gathering_id=row.pk) for row in rows)
        assert (plain.entitled, plain.area_entitled, plain.found_on) == (4, 40_000, clock.today())
        assert (typed.entitled, typed.area_entitled, typed.entitled_found) == (9, 90_000, 3)

    def test_owners_together_are_one_head_at_the_meeting(self, world: World) -> None:
        body = making.body(world, BodyKind.OWNERS_ASSEMBLY, members=())
        with_areas(world, together=("wang", "chen"))
        meeting = making.opened(world, body, "wang", "chen", "old-liu", "clerk")
        assert meeting.entitled == 3
        found = dict(Attendance.objects.values_list("person", "counts"))
        counts = {key: found[world.persons[key]] for key in ("wang", "chen", "old-liu", "clerk")}
        assert counts == {"wang": True, "chen": False, "old-liu": True, "clerk": False}


CORRECTED = {"entitled": 9, "area_entitled": 90_000, "correction": "漏登"}


def with_areas(world: World, together: tuple[str, ...] = ("wang",)) -> None:
    """Three owners in all: of a home, of another, and the developer; every home has its area."""
    making.own(world, *together, label="o1")
    making.own(world, "old-liu" if len(together) > 1 else "chen", label="o2")
    making.places.note_areas(
        by=SYSTEM, under_id=world.place("home"), areas={world.place("home"): 10_000},
        source=making.AreaSource.REGISTER,
    )  # fmt: skip


class TestOutcomes:
    def test_hands_are_counted_of_those_present(self, world: World) -> None:
        meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid", "branch")
        lost = making.resolved(world, meeting, unit="power", hands=Hands(2, 1, 1))
        assert (lost.passed, lost.organization_id, lost.result) == (False, None, "")
        won = making.resolved(world, meeting, unit="power", hands=Hands(3, 1, 0))
        assert (won.passed, won.number, won.result) == (True, 2, "pending")
        assert read.to_carry_out(lost.pk) is None
        events = set(Entry.objects.filter(subject_id__in=[lost.pk, won.pk]).values_list("event", flat=True))
        assert events == {"gatherings.resolution_lost", "gatherings.resolution_passed"}
        for asked in ({"organization_id": world.unit("power")}, {"due_on": clock.today()}, {}):
            with pytest.raises(Refused, match="the unit that carries it out and the day"):
                actions.resolve(
                    by=world.actor("secretary"),
                    gathering_id=meeting.pk,
                    decided=Decided("x", Manner.CONSENSUS, **asked),
                )

    def test_what_asks_nothing_says_so(self, world: World) -> None:
        meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
        row = making.resolved(world, meeting)
        assert (row.asks, row.organization_id, row.result) == ("adopted", None, "")
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=row.pk).update(asks="task")

    def test_what_carries_it_out_is_said_once(self, world: World) -> None:
        meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
        row = making.resolved(world, meeting, unit="power")
        order = uuid7()
        for _twice in range(2):
            actions.follow(by=SYSTEM, resolution_id=row.pk, kind="order", follow_id=order)
        with pytest.raises(Refused, match="Something else already"):
            actions.follow(by=SYSTEM, resolution_id=row.pk, kind="order", follow_id=uuid7())
        task = read.to_carry_out(row.pk)
        assert task is not None
        assert (task.follow_kind, task.follow_id, task.body) == ("order", order, "建设社区联席会议")
        actions.record_result(by=SYSTEM, resolution_id=row.pk, done=True, text="换好了")
        with pytest.raises(Refused, match="already on record"):
            actions.record_result(by=SYSTEM, resolution_id=row.pk, done=False, text="没换")

    def test_minutes_keep_every_version_and_stand_when_approved(self, world: World) -> None:
        meeting, clerk = making.opened(world, making.body(world)), world.actor("clerk")
        for text in ("一稿", "一稿", "二稿"):
            actions.save_minutes(by=clerk, gathering_id=meeting.pk, text=text)
        assert [row.version for row in read.minutes(meeting.pk)] == [2, 1]
        secretary = world.actor("secretary")
        actions.close(by=secretary, gathering_id=meeting.pk)
        with pytest.raises(Refused, match="changed meanwhile"):
            actions.approve_minutes(by=secretary, gathering_id=meeting.pk, version=1)
        actions.approve_minutes(by=secretary, gathering_id=meeting.pk, version=2)
        with pytest.raises(Refused, match="approved and stand"):
            actions.save_minutes(by=clerk, gathering_id=meeting.pk, text="三稿")
        with pytest.raises(Refused, match="approved and stand"):
            making.resolved(world, meeting)


class TestLayingOpen:
    def test_the_list_the_days_and_what_is_overdue(self, world: World) -> None:
        place, secretary = world.place("community"), world.actor("secretary")
        rows = actions.adopt_classes(by=SYSTEM, place_id=place)
        assert len(rows) == 15
        with pytest.raises(Refused, match="already has its list"):
            actions.adopt_classes(by=secretary, place_id=place)
        with pytest.raises(Refused, match="posted for 15 to 180 days"):
            actions.disclose(by=secretary, class_id=rows[0].pk, title="收支", body="三千元", days=14)
        posting = actions.disclose(by=secretary, class_id=rows[0].pk, title="收支", body="三千元")
        assert posting.ends - posting.starts == timedelta(days=15)
        with pytest.raises(Refused, match="The law names this class"):
            actions.end_class(by=secretary, class_id=rows[0].pk)
        own = actions.add_class(by=secretary, place_id=place, title="停车收费", every_months=1)
        actions.change_class(by=secretary, class_id=own.pk, title="停车收费", every_months=2)
        actions.end_class(by=secretary, class_id=own.pk)
        with on("2027-04-01"):
            missed = {each.row.code: each.missed for each in read_postings.openness(place)}
        assert set(missed.values()) == {1}, "laid open in the fourth quarter, due by the end of the first"
        assert "" not in missed, "what is struck is owed no more"

    def test_objections_their_days_and_answers(self, world: World) -> None:
        meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
        making.resolved(world, meeting)
        secretary = world.actor("secretary")
        with pytest.raises(Refused, match="Publish what the meeting resolved first"):
            making.posted(world, meeting)
        posting = making.posted(world, making.published(world, meeting))
        with pytest.raises(Refused, match="already posted"):
            making.posted(world, meeting)
        with pytest.raises(Refused, match="live here or own a home"):
            actions.object_to(by=world.actor("clerk"), posting_id=posting.pk, text="不同意")
        objection = actions.object_to(by=world.actor("wang"), posting_id=posting.pk, text="不同意")
        with on("2026-11-24"), pytest.raises(Refused, match="until 2026-11-23"):
            actions.object_to(by=world.actor("chen"), posting_id=posting.pk, text="不同意")
        with on("2026-11-24"), pytest.raises(Refused, match="1 objections wait"):
            actions.settle(by=secretary, posting_id=posting.pk)
        actions.answer(by=secretary, objection_id=objection.pk, text="好")
        with pytest.raises(Refused, match="stays up until 2026-11-23"):
            actions.settle(by=secretary, posting_id=posting.pk)
        with on("2026-11-24"):
            actions.settle(by=secretary, posting_id=posting.pk)


def test_a_feed_is_replaced_and_taken_back(world: World) -> None:
    clerk = world.actor("clerk")
    first, second = actions.make_feed(by=clerk), actions.make_feed(by=clerk)
    assert read_bodies.person_of_feed(first) is None
    assert read_bodies.person_of_feed(second) == world.persons["clerk"]
    assert not CalendarFeed.objects.filter(token_index__contains=second).exists()
    body = making.body(world, BodyKind.PARTY_COMMITTEE)
    meeting = making.planned(world, body, 5)
    assert feeds.feed_of_person(world.persons["clerk"]) == [], "nobody has had notice yet"
    actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
    assert [row.pk for row in feeds.feed_of_person(world.persons["clerk"])] == [meeting.pk]
    assert feeds.feed_of_person(world.persons["wang"]) == [], "residents see nothing of the party committee"
    assert feeds.feed_of_body(body.pk) == []
    actions.revoke_feed(by=clerk)
    assert read_bodies.person_of_feed(second) is None


def test_the_body_a_step_names(world: World) -> None:
    body = making.body(world)
    path = "/620201/002/006/g01/b03/"
    assert read_bodies.body_of_code("joint_conference", path) == body
    assert read_bodies.body_of_code("joint_conference", "/620201/002/005/") is None
    assert read_bodies.body_of_code("residents_council", path) is None


WRONG = [
    (Body, {"kind": "owners_assembly", "notice_days": 14}),
    (Body, {"kind": "residents_assembly", "notice_days": 10, "quorum": "none"}),
    (Body, {"kind": "rep_assembly", "every_months": 7, "quorum": "two_thirds", "proxies_most": 0}),
    (Gathering, {"sitting": "tree"}),
    (Gathering, {"state": "open"}),
    (Gathering, {"noticed_at": clock.now()}),
    (Gathering, {"called_by": "reps"}),
    (Gathering, {"counted": "adults"}),
    (Gathering, {"counted": "adults", "entitled": 4, "entitled_found": 3, "found_on": clock.today()}),
    (Gathering, {"counted": "adults", "entitled": 3, "entitled_found": 3}),
    (Gathering, {"counted": "owners", "entitled": 3, "entitled_found": 3, "found_on": clock.today()}),
    (Gathering, {"area_entitled": 30_000}),
    (
        Gathering,
        {
            "counted": "owners",
            "entitled": 3,
            "entitled_found": 3,
            "found_on": clock.today(),
            "area_entitled": 4,
            "area_found": 3,
        },
    ),
    (Gathering, {"correction": "漏登"}),
    (Gathering, {"video_base": "https://x.cn"}),
    (Attendance, {"name": "某人"}),
    (Attendance, {"way": "proxy"}),
    (Resolution, {"manner": "hands"}),
    (Resolution, {"passed": False}),
    (Resolution, {"follow_kind": "order"}),
    (Resolution, {"result": "done"}),
    (Minutes, {"approved_at": clock.now()}),
    (Posting, {"ends": date(2026, 11, 16)}),
    (Membership, {"organization_id": UUID(int=1)}),
    (Membership, {"person_id": None, "organization_id": UUID(int=1), "role": "rep"}),
    (Resolution, {"asks": "task"}),
    (Resolution, {"asks": ""}),
    (Resolution, {"asks": "noted", "due_on": date(2026, 12, 1)}),
    (DisclosureClass, {"by_law": True, "ended_on": date(2026, 11, 16)}),
]


def test_what_the_tables_never_hold(world: World) -> None:
    """Each row is made right, and then wrong by one field."""
    body = making.body(world)
    meeting = making.planned(world, body)
    person = world.persons["clerk"]
    [first, *_rest] = actions.adopt_classes(by=SYSTEM, place_id=world.place("community"))
    laid = {"title": "x", "body": "x", "disclosed_on": clock.today(), "disclosed_by_id": person}
    disclosure = Disclosure.objects.create(disclosure_class=first, **laid)
    plain = {
        Body: {**_copied(body), "code": "another"},
        Gathering: _copied(meeting),
        Attendance: {"gathering_id": meeting.pk, "person_id": person, "way": "list", "counts": True},
        Resolution: {
            "gathering_id": meeting.pk, "number": 1, "text": "x", "manner": "consensus", "present": 3,
            "passed": True, "asks": "adopted",
        },
        Minutes: {"gathering_id": meeting.pk, "version": 1, "text": "x", "written_by_id": person},
        Posting: {
            "kind": "affairs", "disclosure": disclosure, "place_id": body.place_id, "title": "x", "body": "x",
            "starts": date(2026, 11, 16), "ends": date(2026, 12, 1), "posted_by_id": person,
        },
        Membership: {
            "body": body, "person_id": world.persons["wang"], "role": "member", "starts": date(2026, 1, 1)
        },
        DisclosureClass: {
            "place_id": body.place_id, "code": "z", "every_months": 3, "position": 99,
            "began_on": date(2026, 1, 1),
        },
    }  # fmt: skip
    for model, columns in plain.items():
        with transaction.atomic():
            model.objects.create(**columns).delete()
    held = []
    for model, wrong in WRONG:
        try:
            with transaction.atomic():
                model.objects.create(**{**plain[model], **wrong})
        except IntegrityError:
            continue
        held.append((model.__name__, wrong))
    assert held == []


def _copied(row) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"}
