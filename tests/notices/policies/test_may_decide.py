"""Approving and returning: another person than the writer, with the power there, while it waits."""

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM
from linli.kernel.ids import uuid7
from linli.notices.kinds import AnnouncementState, Power
from linli.notices.policies import may_decide
from tests.notices.making import COMMUNITY, actor

WRITER = uuid7()
NOT_YOURS = "Your post does not include approving announcements for this place."
OWN_WORDS = "Somebody else has to approve what you wrote."
NOT_WAITING = "This announcement is not waiting for approval."


def decide(by, state=AnnouncementState.WAITING, path=COMMUNITY):
    return may_decide(by, written_by=WRITER, state=state, place_path=path)


@pytest.mark.parametrize("path", ["/", "/620201/", COMMUNITY])
def test_another_person_with_the_power_here_or_above_may(path):
    assert decide(actor(None, Power.APPROVE, path=path))


@pytest.mark.parametrize(
    "by",
    [
        ANONYMOUS,
        SYSTEM,
        actor(),
        actor(None, Power.WRITE),
        actor(None, Power.APPROVE, path="/620201/002/007/"),
        actor(None, Power.APPROVE, path=f"{COMMUNITY}g03/"),
    ],
)
def test_without_the_power_over_the_place_nobody_may(by):
    assert decide(by).reason == NOT_YOURS


def test_the_writer_may_not_approve_even_with_the_power():
    assert decide(actor(WRITER, Power.WRITE, Power.APPROVE)).reason == OWN_WORDS


@pytest.mark.parametrize(
    "state", [each for each in AnnouncementState if each is not AnnouncementState.WAITING]
)
def test_only_what_waits_can_be_decided(state):
    assert decide(actor(None, Power.APPROVE), state).reason == NOT_WAITING
