"""Who fills posts: each role, with the reason it gets."""

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM
from linli.organizations import policies
from linli.organizations.kinds import Power
from tests.places.making import COMMUNITY, GRID, STREET, resident, staff

APPOINT = "Only staff who fill posts here may appoint somebody."
ABOVE = "A post that fills other posts is filled by the level above."
STAND_IN = "The holder of the post names a stand-in, or staff who fill posts here."
PLAIN, FILLING = frozenset({"matter.read"}), frozenset({"matter.read", Power.APPOINT})


@pytest.mark.parametrize(
    ("actor", "path", "powers", "reason"),
    [
        (staff(Power.APPOINT), GRID, PLAIN, None),
        (staff(Power.APPOINT), COMMUNITY, PLAIN, None),
        (staff(Power.APPOINT), COMMUNITY, FILLING, ABOVE),
        (staff(Power.APPOINT, path=STREET), COMMUNITY, FILLING, None),
        (staff(Power.APPOINT), STREET, PLAIN, APPOINT),
        (staff("person.edit"), GRID, PLAIN, APPOINT),
        (resident(), GRID, PLAIN, APPOINT),
        (ANONYMOUS, GRID, PLAIN, APPOINT),
        (SYSTEM, "/", FILLING, None),
    ],
)
def test_may_appoint(actor, path, powers, reason):
    decision = policies.may_appoint(actor, path, powers)
    assert bool(decision) is (reason is None)
    assert reason is None or decision.reason == reason


@pytest.mark.parametrize(
    ("actor", "is_holder", "reason"),
    [
        (resident(), True, None),
        (resident(), False, STAND_IN),
        (staff(Power.APPOINT), False, None),
        (staff("matter.read"), False, STAND_IN),
        (ANONYMOUS, True, STAND_IN),
    ],
)
def test_may_name_stand_in(actor, is_holder, reason):
    decision = policies.may_name_stand_in(actor, GRID, is_holder=is_holder)
    assert bool(decision) is (reason is None)
    assert reason is None or decision.reason == reason


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (staff("matter.read", path=GRID), True),
        (staff("matter.read", path=STREET), True),
        (staff("matter.read", path="/620201/001/"), False),
        (resident(), False),
    ],
)
def test_may_see_posts(actor, allowed):
    assert bool(policies.may_see_posts(actor, COMMUNITY)) is allowed


def test_kinds_of_post_are_for_the_installation():
    assert policies.may_set_post_kind(SYSTEM)
    assert not policies.may_set_post_kind(staff(Power.APPOINT, path=STREET))
