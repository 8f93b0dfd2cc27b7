"""Who runs an appraisal, nominates, agrees, sees, chooses, judges, objects, answers: each reason."""

from typing import Any
from uuid import UUID

import pytest

from linli.deliberation.kinds import AppraisalStage, NominationState, Power
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.rules.appraisals import Objected, Reader
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PeoplePower

HERE, THERE = "/620201/002/006/", "/620201/002/005/"
ONE, OTHER, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
RESIDENT = Actor(ONE, (), ActorKind.PERSON)
RUNS = Grant(str(Power.APPRAISE), HERE, OTHER, None, None)
READS = Grant(str(PeoplePower.READ), HERE, OTHER, None, None)
RUNNER = Actor(OTHER, (RUNS,), ActorKind.PERSON)
CLERK = Actor(OTHER, (RUNS, READS), ActorKind.PERSON)
NOMINATING, ASKING, CHOOSING, COUNTING, POSTED, HONOURED, OFF = EVERY = list(AppraisalStage)
NAMED, ASKED, AGREED = list(NominationState)

NOT_RUN = "Your post does not include appraisals at this place."
NO_LOOKING = "Your post does not include looking residents up."
SIGN_IN = "Please sign in first."
OUTSIDE = "This appraisal is for those who live or own a home there."
TOO_LATE = "The days for nominations are over."
BEGUN = "The choosing has begun, so nobody joins any more."
JURY_STAYS = "The choosing has begun; the jury stays as it is."


def reason(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "path", "expected"),
    [
        (RUNNER, HERE, ""),
        (RUNNER, THERE, NOT_RUN),
        (RESIDENT, HERE, NOT_RUN),
        (ANONYMOUS, HERE, NOT_RUN),
        (SYSTEM, HERE, NOT_RUN),
    ],
)
def test_may_run(actor: Actor, path: str, expected: str) -> None:
    assert reason(policies.may_run(actor, path)) == expected
    assert reason(policies.may_look_up(CLERK, HERE)) == ""
    assert reason(policies.may_look_up(RUNNER, HERE)) == NO_LOOKING


@pytest.mark.parametrize(
    ("actor", "belongs", "judges", "seen"),
    [
        (RUNNER, False, False, EVERY),
        (RESIDENT, True, False, EVERY),
        (RESIDENT, False, True, EVERY),
        (RESIDENT, False, False, [POSTED, HONOURED]),
        (ANONYMOUS, False, False, [POSTED, HONOURED]),
    ],
)
def test_may_see(actor: Actor, belongs: bool, judges: bool, seen: list[AppraisalStage]) -> None:
    for stage in EVERY:
        decision = policies.may_see(actor, belongs=belongs, is_juror=judges, stage=stage, place_path=HERE)
        assert bool(decision) is (stage in seen)


@pytest.mark.parametrize(
    ("actor", "changed", "expected"),
    [
        (RESIDENT, {}, ""),
        (ANONYMOUS, {}, SIGN_IN),
        (RESIDENT, {"belongs": False}, OUTSIDE),
        (RESIDENT, {"stage": ASKING}, TOO_LATE),
        (RESIDENT, {"is_juror": True}, "You are on the jury; who judges does not nominate."),
        (RESIDENT, {"so_far": 4}, ""),
        (RESIDENT, {"so_far": 5}, "You have put forward %(count)s already. Leave some to others."),
    ],
)
def test_may_nominate(actor: Actor, changed: dict[str, Any], expected: str) -> None:
    given = {"belongs": True, "is_juror": False, "stage": NOMINATING, "so_far": 0} | changed
    assert reason(policies.may_nominate(actor, **given)) == expected


def test_oneself_only_where_the_appraisal_says_so() -> None:
    assert policies.may_nominate_self(ALLOWED, self_allowed=True)
    told = "In this appraisal people are put forward by others."
    assert reason(policies.may_nominate_self(ALLOWED, self_allowed=False)) == told
    assert reason(policies.may_nominate_self(Denied("no"), self_allowed=False)) == "no"


@pytest.mark.parametrize(
    ("actor", "stage", "judges", "expected"),
    [
        (CLERK, NOMINATING, False, ""),
        (RUNNER, NOMINATING, False, NO_LOOKING),
        (CLERK, ASKING, False, TOO_LATE),
        (CLERK, NOMINATING, True, "You are on the jury; who judges does not nominate."),
        (RESIDENT, NOMINATING, False, NOT_RUN),
    ],
)
def test_may_enter(actor: Actor, stage: AppraisalStage, judges: bool, expected: str) -> None:
    assert reason(policies.may_enter(actor, stage=stage, is_juror=judges, place_path=HERE)) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("", ""),
        ("is_juror", "They are on the jury, so they are not put forward."),
        ("is_there", "They are put forward already."),
        ("has_declined", "They do not want to be put forward in this appraisal."),
    ],
)
def test_may_be_named(fact: str, expected: str) -> None:
    facts = {name: name == fact for name in ("is_juror", "is_there", "has_declined")}
    assert reason(policies.may_be_named(**facts)) == expected


@pytest.mark.parametrize(
    ("actor", "state", "stage", "expected"),
    [
        (CLERK, NAMED, NOMINATING, ""),
        (CLERK, NAMED, ASKING, ""),
        (CLERK, NAMED, CHOOSING, policies.MOVED_ON),
        (CLERK, ASKED, NOMINATING, policies.MOVED_ON),
        (RUNNER, NAMED, NOMINATING, NO_LOOKING),
    ],
)
def test_may_find(actor, state, stage, expected) -> None:
    assert reason(policies.may_find(actor, state=state, stage=stage, place_path=HERE)) == expected


@pytest.mark.parametrize(
    ("state", "stage", "may"),
    [(NAMED, NOMINATING, True), (ASKED, COUNTING, True), (AGREED, NOMINATING, False), (NAMED, POSTED, False)],
)
def test_may_set_aside(state, stage, may) -> None:
    assert bool(policies.may_set_aside(RUNNER, state=state, stage=stage, place_path=HERE)) is may
    assert not policies.may_set_aside(RESIDENT, state=state, stage=stage, place_path=HERE)


@pytest.mark.parametrize(
    ("person", "child", "state", "stage", "expected"),
    [
        (ONE, False, ASKED, NOMINATING, ""),
        (ONE, False, ASKED, ASKING, ""),
        (ONE, False, ASKED, CHOOSING, BEGUN),
        (ONE, False, AGREED, NOMINATING, "They have agreed already."),
        (ONE, True, ASKED, ASKING, "Under 18 a parent agrees, on paper; the community writes it down."),
        (OTHER, False, ASKED, ASKING, policies.NOMINATION_NOT_HERE),
        (None, False, NAMED, ASKING, policies.NOMINATION_NOT_HERE),
    ],
)
def test_only_oneself_agrees(person, child, state, stage, expected) -> None:
    decision = policies.may_agree(RESIDENT, person_id=person, is_child=child, state=state, stage=stage)
    assert reason(decision) == expected


def test_staff_write_a_word_down_and_take_anybody_out() -> None:
    given = {"state": ASKED, "stage": ASKING, "place_path": HERE}
    assert policies.may_record_consent(RUNNER, **given)
    assert reason(policies.may_record_consent(RESIDENT, **given)) == NOT_RUN
    assert policies.may_withdraw(RUNNER, person_id=ONE, place_path=HERE)
    assert policies.may_withdraw(RESIDENT, person_id=ONE, place_path=HERE)
    assert not policies.may_withdraw(RESIDENT, person_id=OTHER, place_path=HERE)
    assert not policies.may_withdraw(ANONYMOUS, person_id=None, place_path=HERE)


@pytest.mark.parametrize(
    ("nominator", "state", "stage", "may"),
    [
        (ONE, NAMED, NOMINATING, True),
        (ONE, ASKED, ASKING, True),
        (ONE, AGREED, ASKING, False),
        (ONE, NAMED, CHOOSING, False),
        (OTHER, NAMED, NOMINATING, False),
        (None, NAMED, NOMINATING, False),
    ],
)
def test_may_take_back_what_one_wrote(nominator, state, stage, may) -> None:
    decision = policies.may_take_back(RESIDENT, nominator_id=nominator, state=state, stage=stage)
    assert bool(decision) is may


@pytest.mark.parametrize(
    ("actor", "people", "reader", "state", "honoured", "seen"),
    [
        (RUNNER, (None, ONE), Reader(False, False), NAMED, False, EVERY),
        (RESIDENT, (ONE, None), Reader(False, False), ASKED, False, EVERY),
        (RESIDENT, (OTHER, ONE), Reader(True, False), NAMED, False, EVERY),
        (RESIDENT, (OTHER, THIRD), Reader(True, True), ASKED, False, []),
        (RESIDENT, (OTHER, THIRD), Reader(True, False), AGREED, False, [CHOOSING, COUNTING]),
        (RESIDENT, (OTHER, THIRD), Reader(False, True), AGREED, False, [CHOOSING, COUNTING]),
        (RESIDENT, (OTHER, THIRD), Reader(False, False), AGREED, False, []),
        (ANONYMOUS, (OTHER, None), Reader(False, False), AGREED, True, [POSTED, HONOURED]),
        (ANONYMOUS, (None, None), Reader(False, False), NAMED, False, []),
    ],
)
def test_nothing_is_read_before_consent(actor, people, reader, state, honoured, seen) -> None:
    for stage in EVERY:
        decision = policies.may_read_nomination(
            actor, reader, people=people, state=state, is_honoured=honoured, stage=stage, place_path=HERE
        )
        assert bool(decision) is (stage in seen), stage


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"stage": ASKING}, ""),
        ({"stage": CHOOSING}, JURY_STAYS),
        ({"is_there": True}, "They are on the jury already."),
        ({"is_nominated": True}, "They are put forward themselves, so they do not judge."),
        ({"has_nominated": True}, "They have put somebody forward, so they do not judge."),
    ],
)
def test_may_name_a_juror(changed: dict[str, Any], expected: str) -> None:
    given = {"stage": NOMINATING, "is_there": False, "is_nominated": False, "has_nominated": False} | changed
    assert reason(policies.may_name_juror(RUNNER, **given, place_path=HERE)) == expected
    assert reason(policies.may_name_juror(RESIDENT, **given, place_path=HERE)) == NOT_RUN


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "chosen", "expected"),
    [
        (RESIDENT, True, CHOOSING, False, ""),
        (ANONYMOUS, False, CHOOSING, False, SIGN_IN),
        (RESIDENT, False, CHOOSING, False, OUTSIDE),
        (RESIDENT, True, ASKING, False, "Choosing has not begun yet."),
        (RESIDENT, True, COUNTING, False, "The days for choosing are over."),
        (
            RESIDENT,
            True,
            CHOOSING,
            True,
            "You have chosen already. Nobody can see whom, so it cannot be changed.",
        ),
    ],
)
def test_may_choose(actor, belongs, stage, chosen, expected) -> None:
    assert reason(policies.may_choose(actor, belongs=belongs, stage=stage, has_chosen=chosen)) == expected


@pytest.mark.parametrize(
    ("judges", "stage", "expected"),
    [
        (True, CHOOSING, ""),
        (False, CHOOSING, "Points are given by the jury."),
        (True, ASKING, "Choosing has not begun yet."),
        (True, COUNTING, "The days for choosing are over."),
    ],
)
def test_may_judge(judges, stage, expected) -> None:
    assert reason(policies.may_judge(RESIDENT, is_juror=judges, stage=stage)) == expected


def test_a_result_is_posted_once_and_called_off_before_the_roll() -> None:
    for stage in EVERY:
        assert bool(policies.may_post(RUNNER, stage=stage, place_path=HERE)) is (stage is COUNTING)
        assert bool(policies.may_release(RUNNER, stage=stage, place_path=HERE)) is (
            stage in (NOMINATING, ASKING)
        )
        may_end = policies.may_call_off(RUNNER, stage=stage, place_path=HERE)
        assert bool(may_end) is (stage not in (HONOURED, OFF))


@pytest.mark.parametrize(
    ("actor", "changed", "expected"),
    [
        (RESIDENT, {}, ""),
        (ANONYMOUS, {}, SIGN_IN),
        (RESIDENT, {"belongs": False}, OUTSIDE),
        (RESIDENT, {"is_over": True}, "Objections are made while the result is posted."),
        (RESIDENT, {"is_honoured": False}, "Objections are made while the result is posted."),
        (RESIDENT, {"stage": HONOURED}, "Objections are made while the result is posted."),
        (RESIDENT, {"has_doubted": True}, "You have already objected to this. You will be told the answer."),
    ],
)
def test_may_doubt(actor: Actor, changed: dict[str, Any], expected: str) -> None:
    given = {"belongs": True, "is_honoured": True, "is_over": False, "stage": POSTED, "has_doubted": False}
    assert reason(policies.may_doubt(actor, **(given | changed))) == expected


@pytest.mark.parametrize(
    ("answered", "involved", "stage", "expected"),
    [
        (False, {ONE, THIRD, None}, POSTED, ""),
        (True, {ONE}, POSTED, "This objection has its answer."),
        (False, {ONE}, HONOURED, "This objection has its answer."),
        (False, {OTHER}, POSTED, "Somebody answers who did not nominate them and does not object."),
    ],
)
def test_who_nominated_does_not_answer(answered, involved, stage, expected) -> None:
    decision = policies.may_answer(RUNNER, Objected(answered, frozenset(involved), stage), HERE)
    assert reason(decision) == expected


@pytest.mark.parametrize(
    ("stage", "over", "waiting", "expected"),
    [
        (POSTED, True, 0, ""),
        (POSTED, False, 0, "The result stays posted until its last day has passed."),
        (POSTED, True, 1, "%(count)s objections wait for an answer."),
        (COUNTING, True, 0, policies.MOVED_ON),
    ],
)
def test_may_conclude(stage, over, waiting, expected) -> None:
    decision = policies.may_conclude(RUNNER, stage=stage, is_over=over, waiting=waiting, place_path=HERE)
    assert reason(decision) == expected
