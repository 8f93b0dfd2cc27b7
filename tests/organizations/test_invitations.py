"""Slips with a code: given out by who may, used once, in time; what they open is the person's own account."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password, make_password

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor
from linli.kernel.decision import Refused
from linli.organizations import actions, read
from linli.organizations.actions import invite, use_invitation, withdraw_invitation
from linli.organizations.kinds import Event
from linli.organizations.models import Invitation
from linli.people import read as people
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db
HASH = make_password("a-first-phrase")
OTHER = make_password("another-phrase")


@pytest.fixture
def town() -> World:
    return worlds.build(practice="plain")


def refused(call, **arguments: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(**arguments)
    return str(refusal.value)


def administrator(town: World) -> Actor:
    """Somebody who runs the installation and holds no post."""
    worlds.add_person(town, "setter", "安装员")
    actions.name_administrator(by=SYSTEM, person_id=town.persons["setter"])
    return town.actor("setter")


def test_a_slip_opens_an_account_once(town: World) -> None:
    slip = invite(by=town.actor("secretary"), person_id=town.persons["clerk"])
    assert slip.code not in str(Invitation.objects.values())
    use_invitation(by=ANONYMOUS, code=slip.code.lower().replace("-", " "), password_hash=HASH)
    account = people.account_of(town.persons["clerk"])
    assert account is not None
    assert check_password("a-first-phrase", account.password)
    said = refused(use_invitation, by=ANONYMOUS, code=slip.code, password_hash=OTHER)
    assert said.startswith("This code was used already")
    entry = Entry.objects.get(event=Event.INVITATION_USED)
    assert entry.actor_id == town.persons["clerk"]


def test_who_has_an_account_gets_another_password(town: World) -> None:
    worlds.open_account(town, "clerk")
    slip = invite(by=town.actor("secretary"), person_id=town.persons["clerk"])
    account = use_invitation(by=ANONYMOUS, code=slip.code, password_hash=OTHER)
    account.refresh_from_db()
    assert check_password("another-phrase", account.password)


def test_a_newer_slip_ends_the_former(town: World) -> None:
    first = invite(by=town.actor("secretary"), person_id=town.persons["clerk"])
    second = invite(by=town.actor("secretary"), person_id=town.persons["clerk"])
    said = refused(use_invitation, by=ANONYMOUS, code=first.code, password_hash=HASH)
    assert "a newer one was printed" in said
    withdraw_invitation(by=town.actor("secretary"), person_id=town.persons["clerk"])
    assert "withdrawn" in refused(use_invitation, by=ANONYMOUS, code=second.code, password_hash=HASH)
    said = refused(withdraw_invitation, by=town.actor("secretary"), person_id=town.persons["clerk"])
    assert said.startswith("There is no slip to withdraw")


@pytest.mark.parametrize(("later", "holds"), [(timedelta(days=14) - timedelta(seconds=1), True),
                                              (timedelta(days=14), False)])  # fmt: skip
def test_it_holds_for_fourteen_days(town: World, later: timedelta, holds: bool) -> None:
    slip = invite(by=town.actor("secretary"), person_id=town.persons["clerk"])
    with clock.at(slip.invitation.made_at + later):
        if holds:
            use_invitation(by=ANONYMOUS, code=slip.code, password_hash=HASH)
        else:
            said = refused(use_invitation, by=ANONYMOUS, code=slip.code, password_hash=HASH)
            assert said.startswith("This slip is too old")


@pytest.mark.parametrize("code", ["", "nothing", "0000-0000-0000-0000", "Ω" * 16])
def test_what_is_no_code_opens_nothing(town: World, code: str) -> None:
    assert refused(use_invitation, by=ANONYMOUS, code=code, password_hash=HASH).startswith(
        "This code is not known"
    )


@pytest.mark.parametrize(
    ("who", "whom", "reason"),
    [
        ("secretary", "clerk", ""),
        ("secretary", "grid", ""),
        ("street", "secretary", ""),
        ("secretary", "wang", ""),
        ("clerk", "wang", ""),
        ("clerk", "grid", "Only staff who fill posts here may appoint somebody."),
        ("clerk", "secretary", "Only staff who fill posts here may appoint somebody."),
        ("secretary", "secretary", "A post that fills other posts is filled by the level above."),
        ("secretary", "street", "Only staff who fill posts here may appoint somebody."),
        ("wang", "wang", "Only staff who keep the register of residents here may change it."),
        ("secretary", "nobody", "Note where they live first: then the staff of that place can invite them."),
        ("secretary", "setter", "Only another administrator may invite an administrator."),
        ("setter", "secretary", ""),
        ("setter", "nobody", ""),
    ],
)
def test_who_may_invite_whom(town: World, who: str, whom: str, reason: str) -> None:
    administrator(town)
    worlds.add_person(town, "nobody", "路过的")
    call = {"by": town.actor(who), "person_id": town.persons[whom]}
    if reason:
        assert refused(invite, **call) == reason
    else:
        assert invite(**call).code


def test_an_administrator_sets_up_and_reads_nobodys_matters(town: World) -> None:
    actor = administrator(town)
    held = {grant.power for grant in actor.grants}
    assert {grant.path for grant in actor.grants} == {"/"}
    assert not any(power.startswith(("matter.", "order.", "person.read", "person.open")) for power in held)
    with pytest.raises(Refused, match="has to run the installation"):
        actions.end_administrator(by=actor, person_id=town.persons["setter"])
    worlds.add_person(town, "second", "另一位")
    actions.name_administrator(by=actor, person_id=town.persons["second"])
    actions.end_administrator(by=actor, person_id=town.persons["setter"])
    assert [row.person_id for row in read.administrators(clock.today())] == [town.persons["second"]]
    assert town.actor("setter").grants == ()
    assert "may name another" in refused(
        actions.name_administrator, by=town.actor("secretary"), person_id=town.persons["wang"]
    )
