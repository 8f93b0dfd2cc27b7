"""Changing and sending: the writer alone, before anybody else has had to do with it."""

import pytest

from linli.kernel.ids import uuid7
from linli.notices.kinds import AnnouncementState, Power
from linli.notices.policies import may_edit, may_see_at_desk, may_write
from linli.notices.rules import EDITABLE
from tests.notices.making import COMMUNITY, actor

WRITER = uuid7()


def edit(by, state=AnnouncementState.DRAFT):
    return may_edit(by, written_by=WRITER, state=state, place_path=COMMUNITY)


@pytest.mark.parametrize("state", sorted(EDITABLE))
def test_the_writer_may_while_it_is_a_draft_or_was_returned(state):
    assert edit(actor(WRITER, Power.WRITE), state)


@pytest.mark.parametrize("state", sorted(set(AnnouncementState) - EDITABLE))
def test_not_once_it_waits_is_shown_or_withdrawn(state):
    decision = edit(actor(WRITER, Power.WRITE), state)
    assert decision.reason == "This announcement can no longer be changed. Withdraw it and write a new one."


def test_nobody_else_may_whatever_their_powers():
    decision = edit(actor(None, Power.WRITE, Power.APPROVE))
    assert decision.reason == "Only the one who wrote an announcement can change it."


def test_a_writer_who_left_the_post_may_not():
    assert edit(actor(WRITER)).reason == "Your post does not include announcements for this place."


@pytest.mark.parametrize(("path", "may"), [("/", True), (COMMUNITY, True), (f"{COMMUNITY}b9/", False)])
def test_writing_needs_the_power_over_the_place(path, may):
    assert bool(may_write(actor(None, Power.WRITE, path=path), COMMUNITY)) is may


@pytest.mark.parametrize("state", sorted(AnnouncementState))
def test_somebody_elses_draft_is_not_on_the_desk_and_the_rest_is(state):
    about = {"written_by": WRITER, "state": state, "place_path": COMMUNITY}
    assert may_see_at_desk(actor(WRITER, Power.WRITE), **about)
    for power in (Power.WRITE, Power.APPROVE):
        assert bool(may_see_at_desk(actor(None, power), **about)) is (state is not AnnouncementState.DRAFT)
    assert may_see_at_desk(actor(WRITER), **about).reason == "This announcement is not here."
