"""Who asks, answers, enters sheets, reads and publishes: every reason at its boundary."""

from typing import Any
from uuid import UUID

import pytest

from linli.deliberation.kinds import Power, SurveyStage
from linli.deliberation.policies import surveys as policies
from linli.deliberation.rules.covenants import Signer
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import Decision, Denied
from linli.people.kinds import Power as PeoplePower

HERE, THERE = "/620201/002/006/", "/620201/002/005/"
ONE, OTHER = UUID(int=1), UUID(int=2)
RESIDENT = Actor(ONE, (), ActorKind.PERSON)
ASKS = Grant(str(Power.SURVEY), HERE, OTHER, None, None)
READS = Grant(str(PeoplePower.READ), HERE, OTHER, None, None)
ASKER = Actor(OTHER, (ASKS,), ActorKind.PERSON)
CLERK = Actor(OTHER, (ASKS, READS), ActorKind.PERSON)
DRAFT, RUNNING, ENDED, PUBLISHED, ARCHIVED = EVERY = list(SurveyStage)
HOME, NO_HOME = Signer(ONE, None, True), Signer(None, None, True)

NOT_ASKED = "Your post does not include surveys at this place."
NOT_OPEN = "This survey is not open for answers."


def reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "path", "expected"),
    [(ASKER, HERE, ""), (ASKER, THERE, NOT_ASKED), (RESIDENT, HERE, NOT_ASKED), (SYSTEM, HERE, NOT_ASKED)],
)
def test_may_ask(actor: Actor, path: str, expected: str) -> None:
    assert reason(policies.may_ask(actor, path)) == expected


@pytest.mark.parametrize(
    ("actor", "belongs", "seen"),
    [
        (ASKER, False, EVERY),
        (RESIDENT, True, EVERY[1:]),
        (RESIDENT, False, [PUBLISHED, ARCHIVED]),
        (ANONYMOUS, False, [PUBLISHED, ARCHIVED]),
    ],
)
def test_may_see(actor: Actor, belongs: bool, seen: list[SurveyStage]) -> None:
    for stage in EVERY:
        decision = policies.may_see(actor, belongs=belongs, stage=stage, place_path=HERE)
        assert bool(decision) is (stage in seen)


def test_questions_stay_once_people_have_them() -> None:
    for stage in EVERY:
        assert bool(policies.may_write(ASKER, stage=stage, place_path=HERE)) is (stage is DRAFT)
        assert bool(policies.may_close(ASKER, stage=stage, place_path=HERE)) is (stage is RUNNING)
        assert bool(policies.may_archive(ASKER, stage=stage, place_path=HERE)) is (stage is PUBLISHED)
    assert (
        reason(policies.may_open(ASKER, stage=DRAFT, questions=0, place_path=HERE))
        == "Write a question first."
    )
    assert policies.may_open(ASKER, stage=DRAFT, questions=1, place_path=HERE)


@pytest.mark.parametrize(
    ("actor", "changed", "expected"),
    [
        (RESIDENT, {}, ""),
        (ANONYMOUS, {}, "Please sign in first."),
        (RESIDENT, {"belongs": False}, "This survey is for those who live or own a home there."),
        (RESIDENT, {"stage": ENDED}, NOT_OPEN),
        (RESIDENT, {"has_answered": True}, "You have answered already. It counts once."),
        (RESIDENT, {"signer": HOME}, ""),
        (RESIDENT, {"signer": HOME, "has_answered": True}, "Your household has answered already."),
        (
            RESIDENT,
            {"signer": NO_HOME},
            "Here each household answers once. Ask the community to note your home.",
        ),
        (RESIDENT, {"signer": Signer(ONE, None, False)}, "Here an adult answers for the household."),
        (RESIDENT, {"signer": Signer(ONE, None, None)}, "Here an adult answers for the household."),
    ],
)
def test_may_answer(actor: Actor, changed: dict[str, Any], expected: str) -> None:
    given = {"belongs": True, "signer": None, "stage": RUNNING, "has_answered": False} | changed
    assert reason(policies.may_answer(actor, **given)) == expected


def test_who_notes_a_sheet_may_look_residents_up() -> None:
    given = {"belongs": True, "signer": None, "stage": RUNNING, "has_answered": False, "place_path": HERE}
    assert policies.may_hand_in(CLERK, **given)
    assert reason(policies.may_hand_in(ASKER, **given)) == "Your post does not include looking residents up."
    assert reason(policies.may_hand_in(RESIDENT, **given)) == NOT_ASKED
    assert reason(policies.may_hand_in(CLERK, **(given | {"stage": ENDED}))) == NOT_OPEN


@pytest.mark.parametrize(
    ("stage", "waiting", "expected"),
    [
        (RUNNING, 1, ""),
        (ENDED, 1, ""),
        (PUBLISHED, 1, NOT_OPEN),
        (DRAFT, 1, NOT_OPEN),
        (RUNNING, 0, "Every sheet handed in has been entered. Note first who hands one in."),
    ],
)
def test_no_more_sheets_than_were_handed_in(stage: SurveyStage, waiting: int, expected: str) -> None:
    decision = policies.may_enter_sheet(ASKER, stage=stage, waiting=waiting, place_path=HERE)
    assert reason(decision) == expected
    may_strike = policies.may_strike_sheet(ASKER, stage=stage, place_path=HERE)
    assert bool(may_strike) is (stage in (RUNNING, ENDED))


@pytest.mark.parametrize(
    ("stage", "told", "expected"),
    [
        (ENDED, True, ""),
        (ARCHIVED, True, ""),
        (RUNNING, True, "The answers can be read when the survey has ended."),
        (ENDED, False, "Fewer than five people answered: nothing of it is told."),
    ],
)
def test_words_are_read_after_the_end_from_five_on(stage: SurveyStage, told: bool, expected: str) -> None:
    decision = policies.may_read_texts(ASKER, stage=stage, is_told=told, place_path=HERE)
    assert reason(decision) == expected
    assert reason(policies.may_read_texts(RESIDENT, stage=stage, is_told=told, place_path=HERE)) == NOT_ASKED


@pytest.mark.parametrize(
    ("stage", "waiting", "expected"),
    [
        (ENDED, 0, ""),
        (ENDED, 1, "%(count)s sheets handed in have not been entered."),
        (RUNNING, 0, "A result is published after the survey has ended."),
        (PUBLISHED, 0, "The result is already published."),
    ],
)
def test_may_publish(stage: SurveyStage, waiting: int, expected: str) -> None:
    assert reason(policies.may_publish(ASKER, stage=stage, waiting=waiting, place_path=HERE)) == expected


@pytest.mark.parametrize(
    ("stage", "has_next", "expected"),
    [
        (PUBLISHED, False, ""),
        (ARCHIVED, False, ""),
        (ENDED, False, "Ask again when this result is published."),
        (ARCHIVED, True, "The next round has been drafted."),
    ],
)
def test_one_round_follows_another(stage: SurveyStage, has_next: bool, expected: str) -> None:
    assert reason(policies.may_repeat(ASKER, stage=stage, has_next=has_next, place_path=HERE)) == expected
