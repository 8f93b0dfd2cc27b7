"""Who keeps, sees, doubts, answers, accepts, claims: every reason at its boundary."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linli.deliberation.kinds import Majority, Power, Turnout, WorksStage
from linli.deliberation.policies import works as policies
from linli.deliberation.rules.works import Heard
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import Decision, Denied
from linli.people.kinds import Power as PeoplePower

HERE, THERE = "/620201/002/006/", "/620201/002/005/"
ONE, OTHER = UUID(int=1), UUID(int=2)


def holding(*powers: object) -> Actor:
    return Actor(ONE, tuple(Grant(str(each), HERE, OTHER, None, None) for each in powers), ActorKind.PERSON)


RESIDENT, KEEPER, ROUNDS = holding(), holding(Power.WORKS), holding(Power.WORKS_DOOR)
DRAFT, PLANNED, BUILDING, ACCEPTING, ACCEPTED, STOPPED = EVERY = list(WorksStage)
OPEN = [PLANNED, BUILDING, ACCEPTING]

NOT_KEPT = "Your post does not include works at this place."
NOT_HERE = "These works are not here."
SIGN_IN = "Please sign in first."
MOVED_ON = "The works have moved on. Look at them again."
NOT_YOURS = "These works are for those who live or own a home there."
OVER = "The works are over. What is broken goes to the warranty."
LAST = date(2026, 12, 24)


def reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "path", "keeps", "goes_round"),
    [(KEEPER, HERE, "", ""), (KEEPER, HERE + "b03/", "", ""), (KEEPER, THERE, NOT_KEPT, NOT_KEPT),
     (ROUNDS, HERE, NOT_KEPT, ""), (RESIDENT, HERE, NOT_KEPT, NOT_KEPT),
     (ANONYMOUS, HERE, NOT_KEPT, NOT_KEPT), (SYSTEM, HERE, NOT_KEPT, NOT_KEPT)],
)  # fmt: skip
def test_who_keeps_and_who_goes_round(actor: Actor, path: str, keeps: str, goes_round: str) -> None:
    assert reason(policies.may_keep(actor, path)) == keeps
    assert reason(policies.may_go_round(actor, path)) == goes_round


@pytest.mark.parametrize(
    ("actor", "belongs", "seen"),
    [(KEEPER, False, EVERY), (ROUNDS, False, EVERY[1:]), (RESIDENT, True, EVERY[1:]), (RESIDENT, False, [])],
)
def test_may_see(actor: Actor, belongs: bool, seen: list[WorksStage]) -> None:
    for stage in EVERY:
        decision = policies.may_see(actor, belongs=belongs, stage=stage, place_path=HERE)
        assert reason(decision) == ("" if stage in seen else NOT_HERE)


def test_what_is_written_until_when() -> None:
    for stage in EVERY:
        writes = reason(policies.may_write(KEEPER, stage=stage, place_path=HERE))
        compares = reason(policies.may_compare(KEEPER, stage=stage, place_path=HERE))
        notes = reason(policies.may_note_defect(KEEPER, stage=stage, place_path=HERE))
        assert bool(writes) == (stage in (ACCEPTED, STOPPED))
        assert bool(compares) == (stage not in (DRAFT, PLANNED))
        assert bool(notes) == (stage not in (BUILDING, ACCEPTING))
    assert reason(policies.may_write(ROUNDS, stage=DRAFT, place_path=HERE)) == NOT_KEPT


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ""),
        ({"stage": ACCEPTING}, ""),
        ({"stage": PLANNED}, MOVED_ON),
        ({"unfinished": 1}, "%(count)s parts are not done yet."),
        ({"unanswered": 1}, "%(count)s doubts wait for an answer. Answer them first."),
        ({"warranties": 0}, "Write down first what is under warranty."),
    ],
)
def test_may_put(given: dict[str, Any], expected: str) -> None:
    usual = {"stage": BUILDING, "unfinished": 0, "unanswered": 0, "warranties": 1, "place_path": HERE}
    assert reason(policies.may_put(KEEPER, **(usual | given))) == expected
    assert reason(policies.may_put(RESIDENT, **(usual | given))) == NOT_KEPT


def heard(homes: int, spoke: int, accepting: int) -> Heard:
    return Heard(homes, spoke, accepting, Turnout.HALF, Majority.TWO_THIRDS)


TIME = "Residents have time until the last day. It is counted after that."
MORE = "%(spoke)s of at least %(least)s homes have spoken. Give more time and go to those who have not."


@pytest.mark.parametrize(
    ("said", "day", "defects", "stage", "expected"),
    [
        (heard(7, 4, 3), date(2026, 12, 25), 0, ACCEPTING, ""),
        (heard(7, 4, 3), LAST, 0, ACCEPTING, TIME),
        (heard(7, 7, 7), LAST, 0, ACCEPTING, ""),  # nobody is left to be waited for
        (heard(7, 3, 3), date(2026, 12, 25), 0, ACCEPTING, MORE),
        (heard(7, 4, 3), date(2026, 12, 25), 1, ACCEPTING, "%(count)s defects are not mended yet."),
        (heard(7, 4, 2), date(2026, 12, 25), 1, ACCEPTING, ""),  # not accepted: back to building
        (heard(7, 7, 7), date(2026, 12, 25), 0, BUILDING, MOVED_ON),
    ],
)
def test_may_conclude(said: Heard, day: date, defects: int, stage: WorksStage, expected: str) -> None:
    given = {"stage": stage, "heard": said, "until": LAST, "day": day, "defects": defects, "place_path": HERE}
    assert reason(policies.may_conclude(KEEPER, **given)) == expected
    assert reason(policies.may_conclude(ROUNDS, **given)) == NOT_KEPT


@pytest.mark.parametrize(
    ("actor", "belongs", "waiting", "expected"),
    [(RESIDENT, True, 0, ""), (RESIDENT, True, 4, ""), (RESIDENT, False, 0, NOT_YOURS),
     (KEEPER, False, 0, NOT_YOURS), (ANONYMOUS, False, 0, SIGN_IN),
     (RESIDENT, True, 5, "%(count)s of your doubts wait for an answer. Wait for them first.")],
)  # fmt: skip
def test_may_doubt(actor: Actor, belongs: bool, waiting: int, expected: str) -> None:
    decision = policies.may_doubt(actor, belongs=belongs, stage=BUILDING, waiting=waiting)
    assert reason(decision) == expected
    for stage in EVERY:
        late = reason(policies.may_doubt(RESIDENT, belongs=True, stage=stage, waiting=0))
        at_door = reason(policies.may_enter_doubt(ROUNDS, stage=stage, place_path=HERE))
        assert late == at_door == ("" if stage in OPEN else OVER)


def test_doubts_are_shared_until_they_are_answered() -> None:
    given = {"belongs": True, "hidden": False, "answered": False}
    assert policies.may_share(RESIDENT, **given)
    answered = "This has been answered. If you still doubt it, ask what the answer leaves open."
    assert reason(policies.may_share(RESIDENT, **(given | {"answered": True}))) == answered
    assert reason(policies.may_share(RESIDENT, **(given | {"hidden": True}))) == NOT_HERE
    assert reason(policies.may_share(RESIDENT, **(given | {"belongs": False}))) == NOT_HERE
    assert reason(policies.may_share(ANONYMOUS, **given)) == SIGN_IN


def test_nobody_answers_or_hides_what_they_asked_themselves() -> None:
    own = "Somebody else has to answer what you asked."
    assert policies.may_answer(KEEPER, asked_by=OTHER, place_path=HERE)
    assert policies.may_answer(KEEPER, asked_by=None, place_path=HERE)
    assert reason(policies.may_answer(KEEPER, asked_by=ONE, place_path=HERE)) == own
    assert reason(policies.may_answer(ROUNDS, asked_by=OTHER, place_path=HERE)) == NOT_KEPT
    hides = "Somebody else has to decide about your own words."
    assert policies.may_moderate(KEEPER, asked_by=OTHER, place_path=HERE)
    assert reason(policies.may_moderate(KEEPER, asked_by=ONE, place_path=HERE)) == hides
    first = "Answer it first; then there is something to explain."
    assert policies.may_explain(ROUNDS, answered=True, place_path=HERE)
    assert reason(policies.may_explain(ROUNDS, answered=False, place_path=HERE)) == first


NOBODY = "Nobody is asked about these works now."


@pytest.mark.parametrize(
    ("home", "adult", "stage", "day", "expected"),
    [
        (ONE, True, ACCEPTING, LAST, ""),
        (ONE, True, ACCEPTING, date(2026, 12, 25), NOBODY),
        (ONE, True, BUILDING, LAST, NOBODY),
        (None, True, ACCEPTING, LAST,
         "Homes there are asked. If you live there, ask the community to note your home."),
        (ONE, None, ACCEPTING, LAST,
         "Adults speak for a home. Ask the community to note your year of birth."),
        (ONE, False, ACCEPTING, LAST, "Adults speak for a home. Ask somebody older at home."),
    ],
)  # fmt: skip
def test_may_speak(
    home: UUID | None, adult: bool | None, stage: WorksStage, day: date, expected: str
) -> None:
    decision = policies.may_speak(home_id=home, adult=adult, stage=stage, until=LAST, day=day)
    assert reason(decision) == expected


def test_paper_takes_two_powers() -> None:
    assert reason(policies.may_enter(ROUNDS, HERE)) == "Your post does not include looking residents up."
    assert policies.may_enter(holding(Power.WORKS_DOOR, PeoplePower.READ), HERE)


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "day", "expected"),
    [
        (RESIDENT, True, ACCEPTED, LAST, ""),
        (RESIDENT, True, ACCEPTED, date(2026, 12, 25),
         "This warranty has ended. You can still say what is broken, as with anything else."),
        (RESIDENT, True, ACCEPTING, LAST, "The warranty begins with acceptance."),
        (RESIDENT, False, ACCEPTED, LAST, NOT_YOURS),
        (ANONYMOUS, False, ACCEPTED, LAST, SIGN_IN),
    ],
)  # fmt: skip
def test_may_claim(actor: Actor, belongs: bool, stage: WorksStage, day: date, expected: str) -> None:
    decision = policies.may_claim(actor, belongs=belongs, stage=stage, ends=LAST, day=day)
    assert reason(decision) == expected
