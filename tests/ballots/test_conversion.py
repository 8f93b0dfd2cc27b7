"""Business in a home (住改商, 民法典 279): all owners of the building agree, but its own are not asked."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linli.ballots.actions import preparing, running
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot
from linli.ballots.read import ballots, counting, roll
from linli.ballots.rules import drafting
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.eligibility import others
from linli.ballots.web import record
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.people.actions import residence
from linli.people.rules.owning import Unit, voters
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import LIFT, MORNING, OPENS, Entrance
from tests.ballots.test_web import FORM, shown, signed_in

ASKED = Asked("101 开小卖部，是否同意", Method.YES_NO, RuleName.OWNERS_UNANIMOUS)
A, B, C = uuid4(), uuid4(), uuid4()


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("owned", "home", "left"),
    [
        ([{A}, {B}, {C}], 0, [{B}, {C}]),
        ([{A, B}, {B}, {C}], 0, [{C}]),  # one of the couple who owns another home is no other owner
        ([{A}, {A, B}, {C}], 0, [{A, B}, {C}]),  # who owns one with somebody else: the other is asked
        ([{A}, {A}, {C}], 0, [{C}]),
        ([{A}, set(), {C}], 0, [set(), {C}]),  # what the developer has not sold
        ([set(), set(), {C}], 0, [{C}]),  # the developer's own home
        ([{A}, {B}], None, [{A}, {B}]),
    ],
)
def test_all_others_of_the_building(owned: list[set[UUID]], home: int | None, left: list[set[UUID]]) -> None:
    """区分所有权解释 11: 有利害关系的业主 are all others of the same building."""
    units = [Unit(uuid4(), 8000, owners=frozenset(each)) for each in owned]
    about = units[home].id if home is not None else uuid4()
    assert [set(each.owners) for each in others(voters(units), about)] == left


NAME_IT = "Say which home is to be used for business: all owners of its building but its own are asked."
NOT_NAMED = "A home is named only where all owners affected have to agree that it is used for business."
ALONE = "Business in a home stands alone: ask the other questions in a ballot of their own."


@pytest.mark.parametrize(
    ("questions", "is_named", "found"),
    [
        ((ASKED,), True, []),
        ((ASKED,), False, [NAME_IT]),
        ((Asked("换灯", Method.YES_NO, RuleName.OWNERS_ORDINARY),), True, [NOT_NAMED]),
        ((ASKED, Asked("换灯", Method.YES_NO, RuleName.OWNERS_ORDINARY)), True, [ALONE]),
    ],
)
def test_the_home_is_named_and_nothing_else_is_asked(
    questions: tuple[Asked, ...], is_named: bool, found: list[str]
) -> None:
    part_kind = entrance.PartKind.NONE
    plan = entrance.plan(*questions, part_kind=part_kind, applicant=A if is_named else None)
    assert list(drafting.faults(plan, "building")) == found


# ── a ballot ────────────────────────────────────────────────────────────────────────────────────────────


def conversion(built: Entrance, home: str = "101", **more: Any) -> Ballot:
    """A draft that asks the building about a home."""
    made = entrance.plan(
        ASKED, **{"applicant": built.homes[home], "part_kind": entrance.PartKind.NONE, **more}
    )
    with clock.at(MORNING):
        return preparing.draft(by=built.staff("clerk"), place_id=built.world.place("building4"), plan=made)


def announced(built: Entrance, row: Ballot) -> Ballot:
    with clock.at(MORNING):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
        return preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)


@pytest.mark.parametrize(("yes", "passed"), [(11, True), (10, False)])
def test_all_but_the_applicant_have_to_agree(built: Entrance, yes: int, passed: bool) -> None:
    row = announced(built, conversion(built))
    assert built.world.persons["101"] not in roll.voters(row)
    assert roll.turnout(row).everybody.heads == 11
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
    asked = sorted(set(built.homes) - {"101"})
    entrance.votes(built, row, asked[:yes], "yes")
    entrance.votes(built, row, asked[yes:], "no")
    row = entrance.counted(built, row)
    [result] = counting.results(row)
    assert result.passed is passed
    facts = str(record.contents(row, "https://example.cn/")["facts"])
    assert "1单元 101" in facts


def test_an_owner_with_another_home_in_the_building_is_not_asked_for_it(built: Entrance) -> None:
    other = world.add_person(built.world, "heir", "住户继承")
    for person, home in ((built.world.persons["101"], "201"), (other, "301")):
        residence.note_holding(by=SYSTEM, person_id=person, home_id=built.homes[home], starts=world.BEGAN)
    row = announced(built, conversion(built))
    assert roll.turnout(row).everybody.heads == 11, "201 belongs to two, of whom one is another owner"
    assert built.world.persons["201"] in roll.voters(row)


def test_the_home_lies_in_the_building_that_is_asked(built: Entrance) -> None:
    elsewhere = built.world.place("home")
    with pytest.raises(Refused, match="not in the building that is asked"):
        conversion(built, applicant=elsewhere)
    with pytest.raises(Refused, match="not in the building that is asked"):
        conversion(built, applicant=built.world.place("lift"))
    row = conversion(built)
    Ballot.objects.filter(pk=row.pk).update(applicant=elsewhere)
    with clock.at(MORNING), pytest.raises(Refused, match="not in the building that is asked"):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=row.pk).update(electorate=Electorate.RESIDENTS.value)


def test_a_draft_from_before_names_its_home_first(built: Entrance) -> None:
    row = conversion(built)
    Ballot.objects.filter(pk=row.pk).update(applicant=None)
    with clock.at(MORNING), pytest.raises(Refused, match="Say which home"):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    entrance.drafted(built, entrance.plan(LIFT))


def test_the_home_is_named_at_the_desk_by_its_address(built: Entrance) -> None:
    desk, address = signed_in(built, "clerk"), reverse("ballots_desk:new")
    sent = {**FORM, "place": built.world.place("building4"), "part_kind": "", "q1-rule": "owners_unanimous"}
    with clock.at(MORNING):
        for words in ("", "1单元 999", "2单元 101", "1单元"):
            wrong = desk.post(address, sent | {"applicant": words})
            assert wrong.status_code == 422, words
        assert desk.post(address, sent | {"applicant": "1单元 101"}).status_code in (302, 303)
        row = Ballot.objects.get()
        assert row.applicant_id == built.homes["101"]
        edit = reverse("ballots_desk:edit", args=[row.pk])
        named = ballots.applicant(row)
        assert f'value="{named}"' in shown(desk.get(edit))
        assert desk.post(edit, sent | {"applicant": named}).status_code in (302, 303)
        page = shown(desk.get(reverse("ballots_desk:ballot", args=[row.pk])))
        assert f"{named}: its owners are not asked, all others of the building are" in page
