"""Who may call, run, see, object and answer: each role, with the reason it gets."""

from uuid import UUID

import pytest

from linli.gatherings import policies
from linli.gatherings.kinds import Power, State
from linli.gatherings.rules.meetings import About
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant

COMMUNITY, GRID, OTHER = "/620201/002/006/", "/620201/002/006/g01/", "/620201/002/005/"
ME, ELSE = UUID(int=1), UUID(int=2)
RESIDENT = Actor(ME)
RUN = "Your post does not include running this meeting."
NOT_HERE = "This meeting is not here."
SIGN_IN = "Please sign in first."


def staff(*powers: Power, path: str = COMMUNITY, person: UUID = ME) -> Actor:
    return Actor(person, tuple(Grant(power.value, path) for power in powers))


def about(state: State = State.OPEN, *, public: bool = True, sitting: bool = False, by: UUID = ELSE) -> About:
    return About(GRID, state, public, sitting, by)


def check(decision, reason: str | None) -> None:
    assert (None if decision else str(decision)) == reason


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (staff(Power.HOLD), None),
        (staff(Power.HOLD, path=GRID), None),
        (staff(Power.HOLD, path=OTHER), "Your post does not include calling meetings here."),
        (staff(Power.SIT), "Your post does not include calling meetings here."),
        (RESIDENT, "Your post does not include calling meetings here."),
        (SYSTEM, "Your post does not include calling meetings here."),
    ],
)
def test_who_calls(actor, reason) -> None:
    check(policies.may_call(actor, GRID), reason)


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (staff(Power.SIT), None),
        (staff(Power.HOLD), None),
        (staff(Power.SIT, path=OTHER), "Your post does not include opening a talk in this place."),
        (RESIDENT, "Your post does not include opening a talk in this place."),
        (ANONYMOUS, "Your post does not include opening a talk in this place."),
    ],
)
def test_who_opens_a_talk(actor, reason) -> None:
    check(policies.may_sit(actor, GRID), reason)


@pytest.mark.parametrize(
    ("actor", "what", "reason"),
    [
        (staff(Power.HOLD), about(), None),
        (staff(Power.SIT), about(sitting=True, by=ME), None),
        (staff(Power.SIT), about(sitting=True, by=ELSE), RUN),
        (staff(Power.SIT), about(by=ME), RUN),
        (Actor(ME), about(sitting=True, by=ME), RUN),
        (ANONYMOUS, about(), RUN),
    ],
)
def test_who_runs(actor, what, reason) -> None:
    check(policies.may_run(actor, what), reason)


@pytest.mark.parametrize(
    ("state", "public", "member", "reason"),
    [
        (State.PLANNED, True, False, NOT_HERE),
        (State.PLANNED, True, True, None),
        (State.NOTICED, True, False, None),
        (State.PUBLISHED, True, False, None),
        (State.CANCELLED, True, False, None),
        (State.NOTICED, False, False, NOT_HERE),
        (State.PUBLISHED, False, False, NOT_HERE),
        (State.NOTICED, False, True, None),
    ],
)
def test_who_sees(state, public, member, reason) -> None:
    check(policies.may_see(RESIDENT, about(state, public=public), is_member=member), reason)
    assert policies.may_see(staff(Power.HOLD), about(state, public=public), is_member=False)


@pytest.mark.parametrize(
    ("member", "there", "reason"),
    [(True, False, None), (False, True, None), (False, False, "The minutes are for those who took part.")],
)
def test_who_reads_the_minutes(member, there, reason) -> None:
    seen = policies.may_see_minutes(RESIDENT, about(State.PUBLISHED), is_member=member, was_there=there)
    check(seen, reason)


@pytest.mark.parametrize(
    ("actor", "what", "reason"),
    [
        (RESIDENT, about(), None),
        (RESIDENT, about(State.NOTICED), "Nobody can sign in now: the meeting is not open."),
        (RESIDENT, about(State.CLOSED), "Nobody can sign in now: the meeting is not open."),
        (RESIDENT, about(public=False), NOT_HERE),
        (ANONYMOUS, about(), SIGN_IN),
        (SYSTEM, about(), SIGN_IN),
    ],
)
def test_who_signs_in(actor, what, reason) -> None:
    check(policies.may_sign_in(actor, what, is_member=False), reason)


def test_nobody_approves_their_own_minutes() -> None:
    secretary = staff(Power.HOLD)
    assert policies.may_approve_minutes(secretary, about(State.CLOSED), ELSE)
    check(
        policies.may_approve_minutes(secretary, about(State.CLOSED), ME),
        "Somebody else has to approve what you wrote.",
    )
    check(
        policies.may_approve_minutes(staff(Power.SIT), about(State.CLOSED), ELSE),
        "Your post does not include approving minutes here.",
    )


@pytest.mark.parametrize(
    ("actor", "belongs", "reason"),
    [
        (RESIDENT, True, None),
        (RESIDENT, False, "Objections are for those who live here or own a home here."),
        (ANONYMOUS, True, SIGN_IN),
    ],
)
def test_who_objects(actor, belongs, reason) -> None:
    check(policies.may_object(actor, belongs=belongs), reason)


@pytest.mark.parametrize(
    ("actor", "objector", "reason"),
    [
        (staff(Power.HOLD), ELSE, None),
        (staff(Power.DISCLOSE), ELSE, None),
        (staff(Power.HOLD), ME, "Somebody else has to answer your own objection."),
        (RESIDENT, ELSE, "Your post does not include answering objections here."),
    ],
)
def test_who_answers(actor, objector, reason) -> None:
    check(policies.may_answer(actor, GRID, objector), reason)


def test_what_the_system_may() -> None:
    """Set a community up, and say what became of an order; it never calls, runs or posts."""
    assert policies.may_keep_bodies(SYSTEM, GRID)
    assert policies.may_adopt_classes(SYSTEM, GRID)
    assert policies.may_follow(SYSTEM, GRID)
    assert not policies.may_disclose(SYSTEM, GRID)
    assert not policies.may_post(SYSTEM, GRID)
    assert not policies.may_have_feed(SYSTEM)
    assert policies.may_have_feed(RESIDENT)
