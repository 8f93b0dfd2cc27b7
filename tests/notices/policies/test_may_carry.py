"""Calls and slips: staff who may see the people of the place, each delivery once; and who opens a notice."""

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM
from linli.kernel.ids import uuid7
from linli.notices.kinds import DeliveryState
from linli.notices.policies import CARRY, may_carry, may_have_inbox, may_open_notice
from tests.notices.making import COMMUNITY, actor


def carry(by, state=DeliveryState.WAITING):
    return may_carry(by, place_path=f"{COMMUNITY}b9/", state=state)


def test_staff_of_the_place_may():
    assert carry(actor(None, CARRY))


@pytest.mark.parametrize(
    "by",
    [ANONYMOUS, SYSTEM, actor(), actor(None, CARRY, path="/620201/002/007/"), actor(None, "matter.read")],
)
def test_others_may_not(by):
    assert carry(by).reason == "Your post does not include calling people of this place."


@pytest.mark.parametrize("state", sorted(set(DeliveryState) - {DeliveryState.WAITING}))
def test_not_what_is_done(state):
    assert carry(actor(None, CARRY), state).reason == "Somebody has already done this."


def test_a_notice_opens_only_to_the_person_told():
    told = uuid7()
    assert may_open_notice(actor(told), told)
    for other in (actor(), ANONYMOUS, SYSTEM):
        assert may_open_notice(other, told).reason == "This notice is not here."


@pytest.mark.parametrize(("by", "may"), [(actor(), True), (ANONYMOUS, False), (SYSTEM, False)])
def test_only_persons_have_an_inbox(by, may):
    assert bool(may_have_inbox(by)) is may
