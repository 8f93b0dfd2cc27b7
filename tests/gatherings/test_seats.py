"""Committees: what the law asks of them at the desk, terms, the yearly appraisal, who keeps in touch."""

from datetime import date

import pytest

from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind, CalledBy, Finding, Role
from linli.gatherings.models import Appraisal, Body, Membership
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import feeds, seats
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.kernel.decision import Refused
from linli.people.models import Person, Residence
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World, on

COMMITTEE, WATCHING = BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISORY
FOUR = ("secretary", "clerk", "grid", "branch")


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


def lacking(body: Body) -> list[str]:
    found = seats.points(body, read_bodies.members(body.pk, today()), today())
    return [str(said) for point in found for said in point.lacks]


def live_together(world: World, *keys: str) -> None:
    for key in keys:
        Residence.objects.create(
            person_id=world.persons[key], place_id=world.place("home"), kind="usual", starts=date(2020, 1, 1)
        )


def since(body: Body, year: int) -> None:
    Membership.objects.filter(body=body).update(starts=date(year, 1, 1))


class TestWhoSits:
    def test_the_page_says_what_is_asked_and_what_is_missing(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=FOUR)
        Person.objects.filter(pk__in=[world.persons[key] for key in FOUR]).update(sex="m")
        page = shown(desk(world, "secretary").get(f"/desk/meetings/bodies/{body.pk}/"))
        for said in ("5 to 9 members.", "It has 4.", "At least one woman.", "There is none among them."):
            assert said in page, said
        assert "One representative for every" not in page

    def test_two_of_one_home_are_looked_at(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=(*FOUR, "caller"))
        assert lacking(body) == ["The register has 2."], "households, of a thousand at least"
        live_together(world, "grid", "clerk")
        assert lacking(body)[1:] == ["2 of them live in one home with another."]

    def test_who_watches_is_not_of_the_committee_nor_near_it(self, world: World) -> None:
        making.body(world, COMMITTEE, members=("secretary", "clerk"))
        body = making.body(world, WATCHING, members=("grid", "branch"))
        assert lacking(body) == []
        live_together(world, "clerk", "grid")
        assert lacking(body) == ["1 of them live in one home with a member of the committee."]
        actions.name_member(
            by=SYSTEM, body_id=body.pk, role=Role.MEMBER, person_id=world.persons["secretary"]
        )
        assert lacking(body)[0] == "1 of them belong to the committee."

    def test_representatives_are_held_against_the_households(self, world: World) -> None:
        body = making.body(world, BodyKind.REP_ASSEMBLY, members=("clerk",))
        assert lacking(body) == ["It has 0.", "They are 0 of 1."]
        for key in ("wang", "chen", "grid", "branch"):
            actions.name_member(by=SYSTEM, body_id=body.pk, role=Role.REP, person_id=world.persons[key])
        assert lacking(body) == ["It has 4."], "two households have one representative"
        assert read_bodies.voting_count(body.pk, today()) == 5

    def test_a_term_is_five_years_and_ends_by_itself(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=())
        given = {"by": SYSTEM, "body_id": body.pk, "role": Role.CHAIR, "person_id": world.persons["clerk"]}
        with pytest.raises(Refused, match="it ends by 2031-11-16") as long:
            actions.name_member(**given, ends=date(2031, 11, 17))
        assert long.value.status == 422
        row = actions.name_member(**given, ends=date(2031, 11, 16))
        with on("2031-11-15"):
            assert [each.pk for each in read_bodies.members(body.pk, today())] == [row.pk]
        with on("2031-11-16"):
            assert read_bodies.members(body.pk, today()) == []
        with on("2027-01-01"):
            actions.end_membership(by=SYSTEM, membership_id=row.pk)
            with pytest.raises(Refused, match="already left"):
                actions.end_membership(by=SYSTEM, membership_id=row.pk)
        assert Membership.objects.get().ends == date(2027, 1, 1)

    def test_a_unit_is_not_elected(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=())
        unit = world.unit("power")
        with pytest.raises(Refused, match="Persons are elected"):
            actions.name_member(by=SYSTEM, body_id=body.pk, role=Role.MEMBER, organization_id=unit)
        page = f"/desk/meetings/bodies/{body.pk}/members/"
        sent = {"role": "invited", "unit": str(unit), "liaison": "", "ends": ""}
        assert desk(world, "secretary").post(page, sent).status_code == 302
        sent = {"role": "rep", "unit": str(unit), "liaison": ""}
        assert desk(world, "secretary").post(page, sent).status_code == 422


class TestAppraisal:
    def test_due_held_and_twice_unfit(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=("clerk", "grid"))
        since(body, 2024)
        Body.objects.filter(pk=body.pk).update(began_on=date(2024, 1, 1))
        clerk, grid = (Membership.objects.get(person=world.persons[key]) for key in ("clerk", "grid"))
        secretary, address = desk(world, "secretary"), f"/desk/meetings/bodies/{body.pk}/"
        assert "It was due by" in shown(secretary.get(address))
        assert "Write down what residents" in shown(secretary.get(f"{address}appraisal/"))
        sent = {"held_on": "2026-11-16", f"member-{clerk.pk}": "unfit", f"member-{grid.pk}": "fit"}
        with on("2025-12-20"):
            earlier = sent | {"held_on": "2025-12-20", f"member-{grid.pk}": "unfit"}
            assert secretary.post(f"{address}appraisal/", earlier).status_code == 302
        assert secretary.post(f"{address}appraisal/", sent | {f"member-{grid.pk}": ""}).status_code == 422
        page = shown(secretary.post(f"{address}appraisal/", sent, follow=True))
        assert "was found unfit twice in a row: the office ends today." in page
        assert "The next is due by" in page
        clerk.refresh_from_db()
        grid.refresh_from_db()
        assert (clerk.ends, grid.ends) == (today(), None)
        assert Appraisal.objects.count() == 4
        assert "is on record" in shown(secretary.post(f"{address}appraisal/", sent), 422)

    def test_every_member_who_sat_and_nobody_else(self, world: World) -> None:
        body = making.body(world, COMMITTEE, members=("clerk", "grid"))
        given = {"by": world.actor("secretary"), "body_id": body.pk, "held_on": today()}
        with pytest.raises(Refused, match="Say of every member"):
            actions.appraise(**given, findings={})
        since(body, 2026)
        [first, second] = Membership.objects.all()
        with pytest.raises(Refused, match="Say of every member"):
            actions.appraise(**given, findings={first.pk: Finding.FIT})
        both = {first.pk: Finding.FIT, second.pk: Finding.UNFIT}
        with pytest.raises(Refused, match="Your post does not include"):
            actions.appraise(**given | {"by": world.actor("wang")}, findings=both)
        assert actions.appraise(**given, findings=both) == []
        council = making.body(world, BodyKind.BUILDING_COUNCIL)
        with pytest.raises(Refused, match="no yearly appraisal"):
            actions.appraise(**given | {"body_id": council.pk}, findings=both)
        page = f"/desk/meetings/bodies/{council.pk}/appraisal/"
        assert desk(world, "secretary").get(page).status_code == 404

    def test_how_many_can_ask_for_a_recall(self, world: World) -> None:
        body = making.body(world, COMMITTEE)
        assert seats.to_recall(body, today()) == [(CalledBy.ADULTS, 1, 3), (CalledBy.HOUSEHOLD_REPS, 1, 2)]
        reps = making.body(world, BodyKind.REP_ASSEMBLY, members=())
        for key in ("wang", "chen", "grid", "branch"):
            actions.name_member(by=SYSTEM, body_id=reps.pk, role=Role.REP, person_id=world.persons[key])
        assert (CalledBy.REPS, 2, 4) in seats.to_recall(body, today())
        page = shown(desk(world, "secretary").get(f"/desk/meetings/bodies/{body.pk}/"))
        assert "at least 2 of 4" in page


def test_residents_see_who_keeps_in_touch_with_them(world: World) -> None:
    body = making.body(world, BodyKind.BUILDING_COUNCIL, members=())
    secret = making.body(world, BodyKind.PARTY_COMMITTEE, members=())
    for row, key, place in (
        (body, "grid", "building"),
        (body, "branch", "building4"),
        (body, "clerk", "grid"),
        (secret, "secretary", "building"),
    ):
        actions.name_member(
            by=SYSTEM,
            body_id=row.pk,
            role=Role.MEMBER,
            person_id=world.persons[key],
            liaison_id=world.place(place),
        )
    path = world.places["home"].path
    found = [each.person.pk for each in read_bodies.liaisons(path, today())]
    assert found == [world.persons["grid"], world.persons["clerk"]], "the nearest area first"
    page = shown(desk(world, "wang").get("/meetings/"))
    assert "Who keeps in touch with your area" in page
    assert Person.objects.get(pk=world.persons["grid"]).name in page
    assert Person.objects.get(pk=world.persons["secretary"]).name not in page
    assert len(read_bodies.liaisons(world.places["community"].path, today())) == 3


def test_a_delegate_has_the_meetings_of_their_unit_in_the_calendar(world: World) -> None:
    body = making.body(world, BodyKind.PARTY_COMMITTEE, members=("clerk",))
    actions.name_member(by=SYSTEM, body_id=body.pk, role=Role.INVITED, organization_id=world.unit("power"))
    meeting = making.planned(world, body, 5)
    actions.notify_members(by=world.actor("secretary"), gathering_id=meeting.pk)
    assert [row.pk for row in feeds.feed_of_person(world.persons["power"])] == [meeting.pk]
    assert feeds.feed_of_person(world.persons["urban"]) == []
    with on("2026-11-17"):
        row = Membership.objects.get(organization=world.unit("power"))
        actions.end_membership(by=SYSTEM, membership_id=row.pk)
        assert feeds.feed_of_person(world.persons["power"]) == []
