"""Topics and contests for a name: who may what, before, during and after, each refusal with its reason."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from linli.ballots.kinds import BallotState
from linli.deliberation.kinds import Power, ProposalState, TopicKind, TopicStage, Verdict
from linli.deliberation.policies import naming
from linli.deliberation.policies import topics as policies
from linli.kernel.actor import ANONYMOUS, Actor, Grant
from linli.kernel.decision import Decision, Denied

HERE = "/620201/002/006/"
NEIGHBOUR, OTHER = uuid4(), uuid4()
RESIDENT = Actor(person_id=NEIGHBOUR)
STAFF = Actor(person_id=uuid4(), grants=(Grant(Power.LEAD, HERE, uuid4(), date(2020, 1, 1), None),))
NO_POST = "Your post does not include leading topics at this place."
OPEN, TAKEN, DECLINED, MERGED = ProposalState


def why(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "reason"),
    [
        (RESIDENT, True, TopicStage.RUNNING, ""),
        (ANONYMOUS, False, TopicStage.RUNNING, "Please sign in first."),
        (RESIDENT, False, TopicStage.RUNNING, "This topic is for those who live or own a home there."),
        (STAFF, False, TopicStage.RUNNING, "This topic is for those who live or own a home there."),
        (RESIDENT, True, TopicStage.COMING, "This topic has not begun yet."),
        *(
            (RESIDENT, True, stage, "This topic has ended. What came of it can still be read.")
            for stage in (TopicStage.ENDED, TopicStage.CHOOSING, TopicStage.DECIDED)
        ),
    ],
)
def test_may_speak(actor: Actor, belongs: bool, stage: TopicStage, reason: str) -> None:
    assert why(policies.may_speak(actor, belongs=belongs, stage=stage)) == reason


@pytest.mark.parametrize(
    ("actor", "belongs", "stage", "seen"),
    [
        (STAFF, False, TopicStage.COMING, True),
        (RESIDENT, True, TopicStage.COMING, False),
        (RESIDENT, True, TopicStage.ENDED, True),
        (RESIDENT, False, TopicStage.CHOOSING, False),
        (ANONYMOUS, False, TopicStage.DECIDED, True),
        (ANONYMOUS, False, TopicStage.RUNNING, False),
    ],
)
def test_may_see(actor: Actor, belongs: bool, stage: TopicStage, seen: bool) -> None:
    assert bool(policies.may_see(actor, belongs=belongs, stage=stage, place_path=HERE)) is seen


def test_may_raise_as_long_as_few_wait() -> None:
    def raising(waiting: int, kind: TopicKind = TopicKind.TALK) -> str:
        return why(
            policies.may_raise(RESIDENT, belongs=True, stage=TopicStage.RUNNING, kind=kind, waiting=waiting)
        )

    assert raising(4) == ""
    assert raising(5) == "%(count)s of your proposals wait for an answer here. Wait for them first."
    assert raising(0, TopicKind.NAMING) == "Here names are looked for; enter a name."


@pytest.mark.parametrize(
    ("state", "author", "hidden", "reason"),
    [
        (OPEN, OTHER, False, ""),
        (OPEN, NEIGHBOUR, False, "You raised it; it is for others to support."),
        (OPEN, OTHER, True, "This proposal is out of sight."),
        (MERGED, OTHER, False, "This proposal was merged into another. Support that one."),
        (TAKEN, OTHER, False, "The community has decided on this proposal."),
        (DECLINED, OTHER, False, "The community has decided on this proposal."),
    ],
)
def test_may_support(state: ProposalState, author: UUID, hidden: bool, reason: str) -> None:
    decision = policies.may_support(
        RESIDENT, belongs=True, stage=TopicStage.RUNNING, state=state, author_id=author, hidden=hidden
    )
    assert why(decision) == reason


@pytest.mark.parametrize(
    ("author", "state", "touched", "reason"),
    [
        (NEIGHBOUR, OPEN, False, ""),
        (OTHER, OPEN, False, "Only who raised it can take it back."),
        (NEIGHBOUR, OPEN, True, "Others have taken part in it already, so it stays."),
        (NEIGHBOUR, TAKEN, False, "Others have taken part in it already, so it stays."),
    ],
)
def test_may_withdraw(author: UUID, state: ProposalState, touched: bool, reason: str) -> None:
    assert why(policies.may_withdraw(RESIDENT, author_id=author, state=state, touched=touched)) == reason


@pytest.mark.parametrize(
    ("state", "hidden", "written", "reason"),
    [
        (OPEN, False, 9, ""),
        (TAKEN, False, 0, ""),
        (OPEN, False, 10, "%(count)s comments on one proposal are enough; leave room for others."),
        (OPEN, True, 0, "This proposal is out of sight."),
        (MERGED, False, 0, "This proposal was merged into another. Comment there."),
    ],
)
def test_may_comment(state: ProposalState, hidden: bool, written: int, reason: str) -> None:
    decision = policies.may_comment(
        RESIDENT, belongs=True, stage=TopicStage.RUNNING, state=state, hidden=hidden, written=written
    )
    assert why(decision) == reason


def test_a_comment_is_answered_once_and_taken_back_by_its_author() -> None:
    one_level = "An answer is not answered again. Write a comment of your own."
    gone = "This comment cannot be read any more."
    assert why(policies.may_answer_comment(is_answer=True, hidden=False, withdrawn=False)) == one_level
    assert why(policies.may_answer_comment(is_answer=False, hidden=True, withdrawn=False)) == gone
    assert why(policies.may_answer_comment(is_answer=False, hidden=False, withdrawn=True)) == gone
    assert policies.may_answer_comment(is_answer=False, hidden=False, withdrawn=False)
    assert policies.may_take_back(RESIDENT, author_id=NEIGHBOUR, withdrawn=False)
    assert not policies.may_take_back(RESIDENT, author_id=NEIGHBOUR, withdrawn=True)
    assert not policies.may_take_back(STAFF, author_id=NEIGHBOUR, withdrawn=False)


@pytest.mark.parametrize(
    ("actor", "author", "state", "verdict", "reason"),
    [
        (STAFF, OTHER, OPEN, Verdict.WORD, ""),
        (STAFF, OTHER, OPEN, Verdict.TAKEN, ""),
        (STAFF, OTHER, DECLINED, Verdict.TAKEN, ""),
        (STAFF, OTHER, DECLINED, Verdict.DECLINED, "This has been decided already."),
        (STAFF, OTHER, TAKEN, Verdict.DECLINED, "It has been taken up. Say in a reply what came of it."),
        (STAFF, OTHER, TAKEN, Verdict.WORD, ""),
        (STAFF, OTHER, MERGED, Verdict.WORD, "This proposal was merged into another. Reply there."),
        (STAFF, STAFF.person_id, OPEN, Verdict.WORD, "Somebody else has to reply to your own proposal."),
        (RESIDENT, OTHER, OPEN, Verdict.WORD, NO_POST),
    ],
)
def test_may_reply(actor: Actor, author: UUID, state: ProposalState, verdict: Verdict, reason: str) -> None:
    decision = policies.may_reply(actor, author_id=author, state=state, verdict=verdict, place_path=HERE)
    assert why(decision) == reason


@pytest.mark.parametrize(
    ("actor", "state", "into", "same", "one_topic", "reason"),
    [
        (STAFF, OPEN, OPEN, False, True, ""),
        (STAFF, OPEN, OPEN, True, True, "Choose another proposal of this topic."),
        (STAFF, OPEN, OPEN, False, False, "Choose another proposal of this topic."),
        (STAFF, OPEN, TAKEN, False, True, "Only proposals that are still open can be merged."),
        (STAFF, MERGED, OPEN, False, True, "Only proposals that are still open can be merged."),
        (RESIDENT, OPEN, OPEN, False, True, NO_POST),
    ],
)
def test_may_merge(
    actor: Actor, state: ProposalState, into: ProposalState, same: bool, one_topic: bool, reason: str
) -> None:
    decision = policies.may_merge(
        actor, state=state, into=into, same=same, one_topic=one_topic, place_path=HERE
    )
    assert why(decision) == reason


def test_may_part_while_the_other_is_open() -> None:
    decided = "The other proposal has been decided on, so they stay together."
    alone = "This proposal stands by itself."
    assert policies.may_part(STAFF, state=MERGED, into=OPEN, place_path=HERE)
    assert why(policies.may_part(STAFF, state=MERGED, into=TAKEN, place_path=HERE)) == decided
    assert why(policies.may_part(STAFF, state=OPEN, into=None, place_path=HERE)) == alone


def test_what_was_taken_up_goes_on_once() -> None:
    first = "Take the proposal up first."
    assert policies.may_make_matter(STAFF, state=TAKEN, is_matter=False, place_path=HERE)
    assert why(policies.may_make_matter(STAFF, state=OPEN, is_matter=False, place_path=HERE)) == first
    again = policies.may_make_matter(STAFF, state=TAKEN, is_matter=True, place_path=HERE)
    assert why(again) == "It is a matter already."
    assert why(policies.may_open_from(STAFF, state=DECLINED, has_topic=False, place_path=HERE)) == first
    again = policies.may_open_from(STAFF, state=TAKEN, has_topic=True, place_path=HERE)
    assert why(again) == "It has a topic of its own already."


def test_nobody_moderates_their_own_words() -> None:
    own = "Somebody else has to decide about your own words."
    assert why(policies.may_moderate(STAFF, author_id=STAFF.person_id, place_path=HERE)) == own
    assert why(policies.may_moderate(RESIDENT, author_id=OTHER, place_path=HERE)) == NO_POST
    hiding = naming.may_hide(STAFF, is_own=True, stage=TopicStage.RUNNING, place_path=HERE)
    assert why(hiding) == own
    late = naming.may_hide(STAFF, is_own=False, stage=TopicStage.CHOOSING, place_path=HERE)
    assert why(late) == "The names are before the vote already."


def test_days_are_given_until_names_are_before_the_vote() -> None:
    for stage in (TopicStage.COMING, TopicStage.RUNNING, TopicStage.ENDED):
        assert policies.may_extend(STAFF, stage=stage, place_path=HERE)
    assert not policies.may_extend(STAFF, stage=TopicStage.CHOOSING, place_path=HERE)
    ended = policies.may_close(STAFF, stage=TopicStage.ENDED, place_path=HERE)
    assert why(ended) == "This topic has already ended."


@pytest.mark.parametrize(
    ("kind", "entered", "reason"),
    [
        (TopicKind.NAMING, 1, ""),
        (TopicKind.NAMING, 2, "Each enters %(count)s here. Take yours back first to enter another."),
        (TopicKind.TALK, 0, "No name is looked for here. Raise a proposal."),
    ],
)
def test_may_enter(kind: TopicKind, entered: int, reason: str) -> None:
    decision = naming.may_enter(
        RESIDENT, belongs=True, stage=TopicStage.RUNNING, kind=kind, entered=entered, names_each=2
    )
    assert why(decision) == reason


def test_a_name_is_taken_back_while_names_come_in_and_its_credit_at_any_time() -> None:
    assert naming.may_take_back(RESIDENT, person_id=NEIGHBOUR, stage=TopicStage.RUNNING)
    assert not naming.may_take_back(RESIDENT, person_id=OTHER, stage=TopicStage.RUNNING)
    assert not naming.may_take_back(RESIDENT, person_id=NEIGHBOUR, stage=TopicStage.ENDED)
    assert naming.may_be_named(RESIDENT, person_id=NEIGHBOUR)
    assert not naming.may_be_named(STAFF, person_id=NEIGHBOUR)


@pytest.mark.parametrize(
    ("stage", "entered", "ballot", "reason"),
    [
        (TopicStage.ENDED, False, None, ""),
        (TopicStage.CHOOSING, False, None, ""),
        (TopicStage.CHOOSING, False, BallotState.WITHDRAWN, ""),
        (TopicStage.CHOOSING, False, BallotState.DRAFT, "The names are before the vote already."),
        (TopicStage.CHOOSING, False, BallotState.PUBLISHED, "The names are before the vote already."),
        (TopicStage.DECIDED, False, BallotState.PUBLISHED, "The names are before the vote already."),
        (
            TopicStage.RUNNING,
            False,
            None,
            "Names can still be entered. Choose among them after the last day.",
        ),
        (TopicStage.ENDED, True, None, "You have entered a name yourself. Somebody else has to choose."),
    ],
)
def test_may_shortlist(stage: TopicStage, entered: bool, ballot: BallotState | None, reason: str) -> None:
    decision = naming.may_shortlist(
        STAFF, kind=TopicKind.NAMING, stage=stage, has_entered=entered, ballot=ballot, place_path=HERE
    )
    assert why(decision) == reason


@pytest.mark.parametrize(
    ("stage", "ballot", "reason"),
    [
        (TopicStage.CHOOSING, None, ""),
        (TopicStage.CHOOSING, BallotState.WITHDRAWN, ""),
        (TopicStage.CHOOSING, BallotState.PUBLISHED, ""),  # tied: those left are voted on again
        (TopicStage.CHOOSING, BallotState.OPEN, "A vote on these names is on its way."),
        (TopicStage.ENDED, None, "Choose first which names go before the vote."),
        (TopicStage.DECIDED, BallotState.PUBLISHED, "The name has been decided on."),
    ],
)
def test_may_call_ballot(stage: TopicStage, ballot: BallotState | None, reason: str) -> None:
    assert why(naming.may_call_ballot(STAFF, stage=stage, ballot=ballot, place_path=HERE)) == reason


def test_a_name_is_given_once_and_after_the_vote() -> None:
    early = naming.may_give_name(STAFF, stage=TopicStage.CHOOSING, is_given=False, place_path=HERE)
    assert why(early) == "The vote has not decided yet."
    again = naming.may_give_name(STAFF, stage=TopicStage.DECIDED, is_given=True, place_path=HERE)
    assert why(again) == "The place has this name already."
    assert naming.may_give_name(STAFF, stage=TopicStage.DECIDED, is_given=False, place_path=HERE)
    resident = naming.may_give_name(RESIDENT, stage=TopicStage.DECIDED, is_given=False, place_path=HERE)
    assert why(resident) == NO_POST
