"""Withdrawing: the writer still in post, or whoever approves there; once."""

import pytest

from linli.kernel.ids import uuid7
from linli.notices.kinds import AnnouncementState, Power
from linli.notices.policies import may_withdraw
from tests.notices.making import COMMUNITY, actor

WRITER = uuid7()


def withdraw(by, state=AnnouncementState.PUBLISHED):
    return may_withdraw(by, written_by=WRITER, state=state, place_path=COMMUNITY)


@pytest.mark.parametrize("by", [actor(WRITER, Power.WRITE), actor(None, Power.APPROVE)])
@pytest.mark.parametrize("state", sorted(set(AnnouncementState) - {AnnouncementState.WITHDRAWN}))
def test_the_writer_and_the_approvers_may(by, state):
    assert withdraw(by, state)


@pytest.mark.parametrize("by", [actor(WRITER), actor(None, Power.WRITE), actor()])
def test_others_may_not(by):
    reason = "Only its writer or whoever approves announcements here can withdraw it."
    assert withdraw(by).reason == reason


def test_not_twice():
    decision = withdraw(actor(WRITER, Power.WRITE), AnnouncementState.WITHDRAWN)
    assert decision.reason == "This announcement has already been withdrawn."
