"""Who keeps a covenant, sees, speaks to, decides on and signs one: every reason at its boundary."""

from datetime import date
from uuid import UUID

import pytest

from linli.deliberation.kinds import AmendmentState, CovenantStage, Power
from linli.deliberation.policies import covenants as policies
from linli.deliberation.rules.covenants import Signer
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import Decision, Denied
from linli.people.kinds import Power as PeoplePower

HERE, THERE = "/620201/002/006/", "/620201/002/005/"
ONE, OTHER = UUID(int=1), UUID(int=2)
RESIDENT = Actor(ONE, (), ActorKind.PERSON)
KEEPS = Grant(str(Power.COVENANT), HERE, OTHER, None, None)
READS = Grant(str(PeoplePower.READ), HERE, OTHER, None, None)
KEEPER = Actor(ONE, (KEEPS,), ActorKind.PERSON)
DRAFT, CONSULT, DECIDING, ADOPTED, PUBLISHED, REPLACED = EVERY = list(CovenantStage)

NOT_KEPT = "Your post does not include covenants at this place."
NOT_HERE = "This covenant is not here."
SIGN_IN = "Please sign in first."
MOVED_ON = "The covenant has moved on. Look at it again."
LAST = date(2026, 11, 30)


def reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "path", "expected"),
    [(KEEPER, HERE, ""), (KEEPER, HERE + "g01/", ""), (KEEPER, THERE, NOT_KEPT), (RESIDENT, HERE, NOT_KEPT),
     (ANONYMOUS, HERE, NOT_KEPT), (SYSTEM, HERE, NOT_KEPT)],
)  # fmt: skip
def test_may_keep(actor: Actor, path: str, expected: str) -> None:
    assert reason(policies.may_keep(actor, path)) == expected


@pytest.mark.parametrize(
    ("actor", "belongs", "seen"),
    [
        (KEEPER, False, EVERY),
        (RESIDENT, True, [CONSULT, DECIDING, ADOPTED, PUBLISHED, REPLACED]),
        (RESIDENT, False, [PUBLISHED, REPLACED]),
        (ANONYMOUS, False, [PUBLISHED, REPLACED]),
    ],
)
def test_may_see(actor: Actor, belongs: bool, seen: list[CovenantStage]) -> None:
    for stage in EVERY:
        decision = policies.may_see(actor, belongs=belongs, stage=stage, place_path=HERE)
        assert reason(decision) == ("" if stage in seen else NOT_HERE)


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "day", "expected"),
    [
        (RESIDENT, True, CONSULT, LAST, ""),
        (RESIDENT, True, CONSULT, date(2026, 12, 1), "The consultation on this text has ended."),
        (RESIDENT, True, DECIDING, LAST, "The consultation on this text has ended."),
        (RESIDENT, False, CONSULT, LAST, "This covenant is for those who live or own a home there."),
        (KEEPER, False, CONSULT, LAST, "This covenant is for those who live or own a home there."),
        (ANONYMOUS, False, CONSULT, LAST, SIGN_IN),
    ],
)
def test_may_speak(actor: Actor, belongs: bool, stage: CovenantStage, day: date, expected: str) -> None:
    decision = policies.may_speak(actor, belongs=belongs, stage=stage, ends=LAST, day=day)
    assert reason(decision) == expected


@pytest.mark.parametrize(
    ("stage", "wanted", "waiting", "expected"),
    [
        (CONSULT, DECIDING, 0, ""),
        (CONSULT, DECIDING, 1, "%(count)s proposed changes wait for a decision. Decide on them first."),
        (DRAFT, CONSULT, 1, ""),
        (DRAFT, PUBLISHED, 0, MOVED_ON),
        (PUBLISHED, CONSULT, 0, MOVED_ON),
    ],
)
def test_may_lead_to(stage: CovenantStage, wanted: CovenantStage, waiting: int, expected: str) -> None:
    given = {"stage": stage, "wanted": wanted, "open_amendments": waiting, "place_path": HERE}
    assert reason(policies.may_lead_to(KEEPER, **given)) == expected
    assert reason(policies.may_lead_to(RESIDENT, **given)) == NOT_KEPT


@pytest.mark.parametrize(
    ("actor", "author", "state", "stage", "expected"),
    [
        (KEEPER, OTHER, AmendmentState.OPEN, CONSULT, ""),
        (KEEPER, ONE, AmendmentState.OPEN, CONSULT, "Somebody else has to decide about your own proposal."),
        (KEEPER, OTHER, AmendmentState.TAKEN, CONSULT, "This change has been decided on."),
        (KEEPER, OTHER, AmendmentState.REFUSED, CONSULT, "This change has been decided on."),
        (KEEPER, OTHER, AmendmentState.OPEN, DECIDING, "This change has been decided on."),
        (RESIDENT, OTHER, AmendmentState.OPEN, CONSULT, NOT_KEPT),
    ],
)
def test_may_decide(
    actor: Actor, author: UUID, state: AmendmentState, stage: CovenantStage, expected: str
) -> None:
    decision = policies.may_decide(actor, author_id=author, state=state, stage=stage, place_path=HERE)
    assert reason(decision) == expected


@pytest.mark.parametrize(
    ("home", "adult", "stage", "has_signed", "expected"),
    [
        (ONE, True, PUBLISHED, False, ""),
        (ONE, True, PUBLISHED, True, "Your household has signed already."),
        (ONE, False, PUBLISHED, False, "Adults sign for a household. Ask somebody older at home."),
        (None, True, PUBLISHED, False,
         "Households that live there sign. If you do, ask the community to note your home."),
        (ONE, True, ADOPTED, False, "A covenant is signed after it has been published."),
        (ONE, True, REPLACED, False, "A newer covenant has replaced this one."),
    ],
)  # fmt: skip
def test_may_sign(
    home: UUID | None, adult: bool, stage: CovenantStage, has_signed: bool, expected: str
) -> None:
    who = Signer(home, None, adult)
    assert reason(policies.may_sign(signer=who, stage=stage, has_signed=has_signed)) == expected


def test_paper_takes_two_powers_and_phones_are_their_own() -> None:
    assert reason(policies.may_enter(KEEPER, HERE)) == "Your post does not include looking residents up."
    both = Actor(ONE, (KEEPS, READS), ActorKind.PERSON)
    assert policies.may_enter(both, HERE)
    assert reason(policies.may_enter(both, THERE)) == NOT_KEPT
    assert policies.may_strike(both, on_paper=True, place_path=HERE)
    phone = "This household signed for itself and takes it back itself."
    assert reason(policies.may_strike(both, on_paper=False, place_path=HERE)) == phone
