"""Who may lead, see, answer, propose, judge and publish: every reason at its boundary."""

from uuid import UUID

import pytest

from linli.deliberation.kinds import Power, Stage, StatementState
from linli.deliberation.policies import opinions as policies
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import Decision, Denied

HERE, THERE = "/620201/002/006/", "/620201/002/005/"
ONE, OTHER = UUID(int=1), UUID(int=2)
RESIDENT = Actor(ONE, (), ActorKind.PERSON)
LEADER = Actor(ONE, (Grant(str(Power.LEAD), HERE, OTHER, None, None),), ActorKind.PERSON)

NOT_LED = "Your post does not include leading conversations at this place."
NOT_HERE = "This conversation is not here."
ENDED = "This conversation has ended. What came of it can still be read."
NOT_BEGUN = "This conversation has not begun yet."
NOT_OF_HERE = "This question is for those who live or own a home there."
SIGN_IN = "Please sign in first."
EVERY = list(Stage)


def reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "path", "expected"),
    [(LEADER, HERE, ""), (LEADER, HERE + "g01/", ""), (LEADER, THERE, NOT_LED), (RESIDENT, HERE, NOT_LED),
     (ANONYMOUS, HERE, NOT_LED), (SYSTEM, HERE, NOT_LED)],
)  # fmt: skip
def test_may_lead(actor: Actor, path: str, expected: str) -> None:
    assert reason(policies.may_lead(actor, path)) == expected


@pytest.mark.parametrize(
    ("actor", "belongs", "seen"),
    [
        (LEADER, False, EVERY),
        (RESIDENT, True, [Stage.RUNNING, Stage.ENDED, Stage.PUBLISHED]),
        (RESIDENT, False, [Stage.PUBLISHED]),
        (ANONYMOUS, False, [Stage.PUBLISHED]),
    ],
)
def test_may_see(actor: Actor, belongs: bool, seen: list[Stage]) -> None:
    for stage in EVERY:
        found = reason(policies.may_see(actor, belongs=belongs, stage=stage, place_path=HERE))
        assert found == ("" if stage in seen else NOT_HERE)


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "expected"),
    [
        (RESIDENT, True, Stage.COMING, NOT_BEGUN),
        (RESIDENT, True, Stage.RUNNING, ""),
        (RESIDENT, True, Stage.ENDED, ENDED),
        (RESIDENT, True, Stage.PUBLISHED, ENDED),
        (RESIDENT, False, Stage.RUNNING, NOT_OF_HERE),
        (LEADER, False, Stage.RUNNING, NOT_OF_HERE),
        (ANONYMOUS, False, Stage.RUNNING, SIGN_IN),
    ],
)
def test_may_take_part(actor: Actor, belongs: bool, stage: Stage, expected: str) -> None:
    assert reason(policies.may_take_part(actor, belongs=belongs, stage=stage)) == expected


def test_may_propose() -> None:
    few = policies.may_propose(RESIDENT, belongs=True, stage=Stage.RUNNING, waiting=4)
    many = policies.may_propose(RESIDENT, belongs=True, stage=Stage.RUNNING, waiting=5)
    late = policies.may_propose(RESIDENT, belongs=True, stage=Stage.ENDED, waiting=0)
    assert reason(few) == ""
    assert reason(many) == "%(count)s of your statements are still waiting to be read. Wait for them first."
    assert reason(late) == ENDED


@pytest.mark.parametrize("stage", EVERY)
def test_may_add(stage: Stage) -> None:
    expected = "" if stage in (Stage.COMING, Stage.RUNNING) else ENDED
    assert reason(policies.may_add(LEADER, stage=stage, place_path=HERE)) == expected
    assert reason(policies.may_add(RESIDENT, stage=stage, place_path=HERE)) == NOT_LED


@pytest.mark.parametrize(
    ("actor", "author", "stage", "expected"),
    [
        (LEADER, OTHER, Stage.RUNNING, ""),
        (LEADER, None, Stage.ENDED, ""),
        (LEADER, ONE, Stage.RUNNING, "Somebody else has to decide about your own statement."),
        (LEADER, OTHER, Stage.PUBLISHED, "The result is published; it stays as it was counted."),
        (RESIDENT, OTHER, Stage.RUNNING, NOT_LED),
    ],
)
def test_may_judge(actor: Actor, author: UUID | None, stage: Stage, expected: str) -> None:
    assert reason(policies.may_judge(actor, author_id=author, stage=stage, place_path=HERE)) == expected


@pytest.mark.parametrize("state", StatementState)
def test_may_answer(state: StatementState) -> None:
    expected = (
        "" if state is StatementState.IN else "This statement is not part of the conversation any more."
    )
    assert reason(policies.may_answer(state=state)) == expected


@pytest.mark.parametrize("stage", EVERY)
def test_may_close_and_publish(stage: Stage) -> None:
    closing = reason(policies.may_close(LEADER, stage=stage, place_path=HERE))
    publishing = reason(policies.may_publish(LEADER, stage=stage, place_path=HERE))
    before = "A result is published after the conversation has ended."
    over = "This conversation has already ended."
    assert (closing, publishing) == {
        Stage.COMING: ("", before),
        Stage.RUNNING: ("", before),
        Stage.ENDED: (over, ""),
        Stage.PUBLISHED: (over, "The result is already published."),
    }[stage]
    assert reason(policies.may_close(RESIDENT, stage=stage, place_path=HERE)) == NOT_LED
    assert reason(policies.may_publish(RESIDENT, stage=stage, place_path=HERE)) == NOT_LED
