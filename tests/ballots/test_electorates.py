"""Ballots among the members of a body, the staff of a unit and the volunteers of a place."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linli.ballots.actions import preparing, voting
from linli.ballots.kinds import Channel, Electorate, Method, RuleName
from linli.ballots.models import Ballot, Vote
from linli.ballots.read import groups, roll
from linli.ballots.rules.drafting import Asked
from linli.gatherings import actions as gatherings
from linli.gatherings.kinds import BodyKind, Role
from linli.gatherings.models import Body, Membership
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import local
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from linli.kernel.references import Reference
from linli.people.actions import person, residence
from linli.people.kinds import ResidenceKind, Sex
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import CLOSES, MORNING, OPENS, Entrance
from tests.ballots.test_web import FORM, done, shown, signed_in, step

TRIP: dict[str, Any] = {
    "title": "志愿队秋季活动",
    "part_kind": entrance.PartKind.NONE,
    "channels": frozenset({Channel.ONLINE, Channel.PAPER}),
}
WHERE = Asked("秋季活动去哪里", Method.CHOOSE, RuleName.SIMPLE, options=(("敬老院", 0), ("河堤", 0)))


def team(
    built: Entrance, *names: str, kind: BodyKind = BodyKind.VOLUNTEERS, place: str = "community"
) -> Body:
    """A body of the place with these people as members."""
    row = gatherings.form_body(
        by=SYSTEM, place_id=built.world.place(place), kind=kind, name="桥湾巷志愿服务队", began_on=world.BEGAN
    )
    for name in names:
        person = built.world.persons[name]
        gatherings.name_member(by=SYSTEM, body_id=row.pk, role=Role.MEMBER, person_id=person)
    return row


def drafted(built: Entrance, electorate: Electorate, group: Reference | None = None) -> Ballot:
    """A draft that asks the community's members or volunteers."""
    made = entrance.plan(WHERE, **TRIP, electorate=electorate)
    place_id = built.world.place("community")
    return preparing.draft(by=built.staff("clerk"), place_id=place_id, plan=made, group=group)


def frozen(built: Entrance, row: Ballot) -> list[tuple[str, set[Any]]]:
    """The roll as it is written: what each entry is called and who votes for it."""
    preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    row = preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)
    return [
        (entry.label, set(entry.persons.values_list("person_id", flat=True))) for entry in roll.entries(row)
    ]


def test_the_members_of_a_body_are_asked_and_a_unit_has_one_voice(built: Entrance) -> None:
    with clock.at(MORNING):
        body = team(built, "101", "102", kind=BodyKind.JOINT_CONFERENCE)
        unit = built.world.unit("power")
        gatherings.name_member(by=SYSTEM, body_id=body.pk, role=Role.MEMBER, organization_id=unit)
        adviser = built.world.persons["201"]
        gatherings.name_member(by=SYSTEM, body_id=body.pk, role=Role.ADVISER, person_id=adviser)
        row = drafted(built, Electorate.MEMBERS, Reference("body", body.pk))
        assert row.group_name == "桥湾巷志愿服务队"
        entries = frozen(built, row)
    persons = built.world.persons
    assert len(entries) == 3  # an adviser speaks and is not counted
    assert {frozenset(who) for _label, who in entries} >= {
        frozenset({persons["101"]}),
        frozenset({persons["102"]}),
    }
    labels = [label for label, _who in entries]
    assert not any("住户" in label for label in labels)  # people are masked, a unit is named
    assert Membership.objects.get(organization=unit).organization.name in labels


def test_a_member_is_told_of_their_vote_and_a_neighbour_why_there_is_none(built: Entrance) -> None:
    with clock.at(MORNING):
        body = team(built, "101", "102")
        row = drafted(built, Electorate.MEMBERS, Reference("body", body.pk))
        frozen(built, row)
        page = reverse("ballots:ballot", args=[row.pk])
        member = shown(signed_in(built, "101").get(page))
        assert "You are on the roll" in member
        assert "The members of a body or unit: 桥湾巷志愿服务队" in member
        assert "You are not on the roll of this ballot." in shown(signed_in(built, "301").get(page))


def test_volunteers_are_whoever_belongs_to_a_team_of_the_place_once(built: Entrance) -> None:
    with clock.at(MORNING):
        first = team(built, "101", "102")
        team(built, "102", "201")
        over = team(built, "301")
        row = drafted(built, Electorate.VOLUNTEERS)
        Body.objects.filter(pk=over.pk).update(closed_on=clock.today())
        entries = frozen(built, row)
    asked = set().union(*(who for _label, who in entries))
    assert asked == {built.world.persons[name] for name in ("101", "102", "201")}
    assert len(entries) == 3
    codes = Body.objects.filter(kind=BodyKind.VOLUNTEERS).order_by("code").values_list("code", flat=True)
    assert list(codes) == ["volunteers", "volunteers-2", "volunteers-3"]
    assert first.code == "volunteers"


def test_volunteers_of_a_courtyard_are_not_those_of_the_community(built: Entrance) -> None:
    with clock.at(MORNING):
        team(built, "101")
        made = entrance.plan(WHERE, **TRIP, electorate=Electorate.VOLUNTEERS)
        row = preparing.draft(by=built.staff("clerk"), place_id=built.world.place("building4"), plan=made)
        with pytest.raises(Refused, match="Nobody would be on the roll"):
            frozen(built, row)


def test_a_unit_asks_whoever_is_appointed_in_it(built: Entrance) -> None:
    with clock.at(MORNING):
        clerk = built.staff("clerk")
        listed = {name: key for key, name in groups.to_choose(clerk) if key.kind == "unit"}
        assert listed
        name = next(iter(sorted(listed)))
        row = drafted(built, Electorate.MEMBERS, listed[name])
        assert row.group_name == name


def test_members_of_nothing_and_of_another_place_are_refused(built: Entrance) -> None:
    with clock.at(MORNING):
        with pytest.raises(Refused, match="Say whose members are asked"):
            drafted(built, Electorate.MEMBERS)
        elsewhere = Reference("body", built.world.place("community"))
        with pytest.raises(Refused, match="not of the place asked"):
            drafted(built, Electorate.MEMBERS, elsewhere)


def test_a_household_has_one_vote_and_any_grown_up_of_it_gives_it(built: Entrance) -> None:
    for name, born in (("wife", 1975), ("daughter", 2015)):
        details = person.Details(name="王芳", sex=Sex.FEMALE, born_year=born)
        at = built.world.places["community"]
        row = person.register_person(by=SYSTEM, at=at, details=details)
        built.world.persons[name] = row.id
        residence.move_in(
            by=SYSTEM,
            person_id=row.id,
            place_id=built.homes["601"],
            kind=ResidenceKind.USUAL,
            starts=world.BEGAN,
        )
    benches = Asked("楼下装不装长椅", Method.YES_NO, RuleName.SIMPLE)
    made = entrance.plan(benches, electorate=Electorate.HOUSEHOLDS, part_kind=entrance.PartKind.NONE)
    ballot = entrance.opened(built, made)
    assert roll.turnout(ballot).everybody.heads == 12, "one for each of the twelve homes"
    [entry] = roll.entries_of(ballot, built.world.persons["wife"])
    assert entry.pk == entrance.entry(ballot, "601").pk
    who = set(entry.persons.values_list("person_id", flat=True))
    assert who == {built.world.persons[name] for name in ("601", "wife")}, "a child has no vote"
    entrance.votes(built, ballot, ["601"], "yes")
    with clock.at(CLOSES - timedelta(seconds=1)):
        voting.cast(
            by=built.world.actor("wife"),
            ballot=ballot,
            entry_id=entry.pk,
            answers={"1": "no"},
            receipt=tracking_code(),
        )
    assert roll.turnout(ballot).voted.heads == 1, (
        "the later word of the same home takes the earlier one's place"
    )
    assert [vote.answers for vote in Vote.objects.filter(ballot=ballot, counts=True)] == [{"1": "no"}]


def test_a_draft_is_written_and_rewritten_at_the_desk(built: Entrance) -> None:
    """From the members of a team to all volunteers and back: the form keeps what was chosen."""
    with clock.at(MORNING):
        body = team(built, "101", "102")
        clerk, key = signed_in(built, "clerk"), f"body:{body.pk}"
        sent = {
            **FORM, "place": built.world.place("community"), "electorate": "members", "group": key,
            "part_kind": "", "q1-rule": "simple", "opens_at": local(OPENS), "closes_at": local(CLOSES),
        }  # fmt: skip
        done(clerk.post(reverse("ballots_desk:new"), sent))
        row = Ballot.objects.get()
        edit = reverse("ballots_desk:edit", args=[row.pk])
        assert f'value="{key}" selected' in shown(clerk.get(edit))
        done(clerk.post(edit, {**sent, "electorate": "volunteers"}))
        row.refresh_from_db()
        assert (row.electorate, row.group_id, row.group_name) == ("volunteers", None, "")
        done(clerk.post(edit, sent))
        row.refresh_from_db()
        assert (row.electorate, row.group_id) == ("members", body.pk)
        done(step(clerk, row, "announce"))
        done(step(clerk, row, "freeze"))
    assert roll.entries(row).count() == 2


# ── by representatives ──────────────────────────────────────────────────────────────────────────────────

BY_REPS = Asked(
    "居委会主任", Method.CHOOSE, RuleName.ELECTION_REPS, options=(("周一", 0), ("吴二", 0)),
)  # fmt: skip
RESOLVED = Asked("自治章程，是否同意", Method.YES_NO, RuleName.REP_ASSEMBLY)
ON_PAPER: dict[str, Any] = {
    "electorate": Electorate.MEMBERS,
    "part_kind": entrance.PartKind.NONE,
    "is_secret": True,
    "channels": frozenset({Channel.PAPER}),
    "opens_at": OPENS + timedelta(days=5),
}


def reps(built: Entrance) -> Body:
    """A representatives' assembly: three representatives, one member beside them, one adviser."""
    body = team(built, "201", kind=BodyKind.REP_ASSEMBLY)
    given = {"101": Role.REP, "102": Role.REP, "301": Role.REP, "202": Role.ADVISER}
    for name, role in given.items():
        person_id = built.world.persons[name]
        gatherings.name_member(by=SYSTEM, body_id=body.pk, role=role, person_id=person_id)
    return body


def asked_of(built: Entrance, asked: Asked, body: Body) -> Ballot:
    return preparing.draft(
        by=built.staff("clerk"),
        place_id=built.world.place("community"),
        plan=entrance.plan(asked, **ON_PAPER),
        group=Reference("body", body.pk),
    )


@pytest.mark.parametrize(("asked", "heads"), [(BY_REPS, 3), (RESOLVED, 4)])
def test_where_representatives_elect_they_alone_vote(built: Entrance, asked: Asked, heads: int) -> None:
    """组织法 19: more than two thirds of the representatives; 28: others sit in the assembly beside them."""
    with clock.at(MORNING):
        entries = frozen(built, asked_of(built, asked, reps(built)))
    voting_persons = set().union(*(who for _label, who in entries))
    beside = built.world.persons["201"]
    assert len(entries) == heads
    assert (beside in voting_persons) is (asked is RESOLVED)
    assert built.world.persons["202"] not in voting_persons


@pytest.mark.parametrize("asked", [BY_REPS, RESOLVED])
@pytest.mark.parametrize(
    "kind", [BodyKind.JOINT_CONFERENCE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.VOLUNTEERS]
)
def test_no_other_body_decides_as_representatives(built: Entrance, asked: Asked, kind: BodyKind) -> None:
    with clock.at(MORNING):
        body = team(built, "101", "102", kind=kind)
        with pytest.raises(Refused, match="the residents’ representatives decide"):
            asked_of(built, asked, body)
        asked_of(built, Asked("去哪里", Method.YES_NO, RuleName.SIMPLE), body)
