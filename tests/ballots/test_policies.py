"""Who may do what with a ballot, before, during and after, each refusal with its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from linli.ballots import policies
from linli.ballots.kinds import BallotState, Power
from linli.ballots.policies import Mark
from linli.ballots.rules.drafting import About
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant
from linli.people.kinds import Power as PersonPower

PLACE = "/620201/002/006/g01/b03/u2/"
OPENS = datetime(2026, 12, 2, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
DURING = OPENS + timedelta(days=1)


def staff(*powers: str, path: str = PLACE) -> Actor:
    return Actor(uuid4(), tuple(Grant(power, path, uuid4()) for power in powers))


RUNNER = staff(Power.RUN)
CARRIER = staff(Power.ENTER)
ABOVE = staff(Power.RUN, path="/620201/002/006/")
BESIDE = staff(Power.RUN, Power.ENTER, path="/620201/002/006/g01/b04/")
RESIDENT = Actor(uuid4())
DRAFT = About(PLACE, "draft", False, ("online", "paper"), OPENS, CLOSES)
ANNOUNCED = replace(DRAFT, state="announced")
FROZEN = replace(ANNOUNCED, is_frozen=True, objections_until=date(2026, 11, 21))
OPEN = replace(FROZEN, state="open")
CLOSED, COUNTED, PUBLISHED, WITHDRAWN = (
    replace(OPEN, state=state) for state in ("closed", "counted", "published", "withdrawn")
)
SECRET = replace(OPEN, is_secret=True)


def said(decision: object) -> str:
    """The reason of a refusal; "" where it is allowed."""
    return "" if decision else str(decision)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [(RUNNER, True), (ABOVE, True), (SYSTEM, True), (BESIDE, False), (CARRIER, False), (RESIDENT, False)],
)
def test_running_is_for_the_posts_of_the_place(actor: Actor, allowed: bool) -> None:
    assert bool(policies.may_run(actor, PLACE)) is allowed
    assert bool(policies.may_announce(actor, DRAFT)) is allowed
    assert bool(policies.may_publish(actor, COUNTED)) is allowed


@pytest.mark.parametrize(
    ("actor", "about", "allowed"),
    [
        (RUNNER, DRAFT, True),
        (CARRIER, DRAFT, False),
        (CARRIER, ANNOUNCED, True),
        (staff(Power.ENTER, path=f"{PLACE}0302/"), ANNOUNCED, True),
        (BESIDE, ANNOUNCED, False),
        (RESIDENT, OPEN, False),
    ],
)
def test_seeing_it_at_the_desk(actor: Actor, about: About, allowed: bool) -> None:
    assert bool(policies.may_see_at_desk(actor, about)) is allowed


STEPS = [
    (policies.may_change, DRAFT, ANNOUNCED, "It has been announced. Withdraw it and write a new one."),
    (policies.may_announce, DRAFT, ANNOUNCED, "It has already been announced."),
    (policies.may_publish, COUNTED, CLOSED, "Count it first."),
    (policies.may_withdraw, COUNTED, PUBLISHED, "It is published or withdrawn already."),
    (policies.may_print, FROZEN, ANNOUNCED, "Sheets are printed once the roll is written, and until voting"),
    (policies.may_freeze, ANNOUNCED, OPEN, "The roll is written after the announcement and before voting"),
]


@pytest.mark.parametrize(("policy", "yes", "no", "reason"), STEPS, ids=[case[0].__name__ for case in STEPS])
def test_each_step_has_its_state(policy, yes: About, no: About, reason: str) -> None:  # type: ignore[no-untyped-def]
    assert policy(RUNNER, yes)
    assert said(policy(RUNNER, no)).startswith(reason)


def test_a_roll_with_printed_sheets_stands() -> None:
    assert said(policies.may_freeze(RUNNER, replace(FROZEN, is_printed=True))).startswith(
        "Sheets are printed"
    )


def test_the_last_day_to_object_counts() -> None:
    last = date(2026, 11, 21)
    assert policies.may_object(RESIDENT, FROZEN, last)
    after = policies.may_object(RESIDENT, FROZEN, last + timedelta(days=1))
    assert said(after) == "Objections could be made until 2026-11-21."
    assert said(policies.may_object(RESIDENT, ANNOUNCED, last)) == "There is no roll to object to now."
    assert said(policies.may_object(ANONYMOUS, FROZEN, last)) == "Please sign in first."


def test_nobody_rules_on_their_own_objection() -> None:
    other = uuid4()
    assert policies.may_rule(RUNNER, FROZEN, objector=other, is_ruled=False)
    assert said(policies.may_rule(RUNNER, FROZEN, objector=other, is_ruled=True)).startswith("Somebody has")
    own = policies.may_rule(RUNNER, FROZEN, objector=RUNNER.person_id, is_ruled=False)  # type: ignore[arg-type]
    assert said(own) == "Somebody else has to rule on your objection."


def opening(
    about: About = FROZEN, now: datetime = OPENS, *, waiting: int = 0, over: bool = True, days: int = 0
) -> str:
    return said(policies.may_open(RUNNER, about, now, waiting=waiting, notice_over=over, roll_days=days))


def test_opening() -> None:
    assert opening() == ""
    assert opening(now=OPENS - timedelta(seconds=1)) == "Voting begins at 2026-12-02 09:00."
    assert opening(over=False) == "Voting begins at 2026-12-02 09:00."
    assert opening(waiting=2) == "2 objections to the roll wait for a ruling."
    assert opening(ANNOUNCED) == "Announce it and write the roll first."
    early = replace(FROZEN, objections_until=OPENS.date())
    assert opening(early) == "The roll can be objected to until 2026-12-02."


@pytest.mark.parametrize(
    ("out_since", "reason"),
    [
        (date(2026, 11, 12), ""),  # 20 days, the day of the election not counted
        (
            date(2026, 11, 13),
            "The roll of voters has to be out for 20 days before an election. It has been since 2026-11-13, "
            "so voting can begin on 2026-12-03.",
        ),
        (
            date(2026, 11, 26),
            "The roll of voters has to be out for 20 days before an election. It has been since 2026-11-26, "
            "so voting can begin on 2026-12-16.",
        ),
    ],
)
def test_the_roll_of_an_election_is_out_for_twenty_days(out_since: date, reason: str) -> None:
    about = replace(FROZEN, objections_until=out_since + timedelta(days=5))
    assert opening(about, days=20) == reason
    assert opening(about, days=0) == "", "only an election's has to"


VOTING = [
    (OPEN, DURING, True, "", ""),
    (OPEN, OPENS, True, "", ""),
    (OPEN, CLOSES - timedelta(seconds=1), True, "", ""),
    (OPEN, CLOSES, True, "", "Voting ended at 2026-12-09 09:00."),
    (CLOSED, DURING, True, "", "Voting ended at 2026-12-09 09:00."),
    (FROZEN, DURING, True, "", "Voting begins at 2026-12-02 09:00."),
    (ANNOUNCED, DURING, False, "", "The roll is not written yet."),
    (OPEN, DURING, False, "", "You are not on the roll of this ballot."),
    (WITHDRAWN, DURING, True, "", "This ballot was withdrawn."),
    (OPEN, DURING, True, "online", ""),
    (OPEN, DURING, True, "paper", "Your sheet of paper has been counted"),
    (SECRET, DURING, True, "", ""),
    (SECRET, DURING, True, "online", "A vote has already been given for you."),
    (replace(OPEN, channels=("paper",)), DURING, True, "", "This vote is on paper."),
]


@pytest.mark.parametrize(("about", "now", "on_roll", "voted", "reason"), VOTING)
def test_voting_online(about: About, now: datetime, on_roll: bool, voted: str, reason: str) -> None:
    found = said(policies.may_cast(RESIDENT, about, now, is_on_roll=on_roll, mark=Mark(voted)))
    assert found.startswith(reason)
    assert bool(found) is bool(reason)


@pytest.mark.parametrize(
    ("about", "mark", "reason"),
    [
        (OPEN, Mark(), ""),
        (OPEN, Mark("online", by_proxy=True), ""),
        (OPEN, Mark("online"), "They have voted themselves; that goes before whoever votes for them."),
        (OPEN, Mark("paper"), "They have voted themselves; that goes before whoever votes for them."),
        (SECRET, Mark("online", by_proxy=True), "A vote has already been given for you."),
    ],
)
def test_voting_for_somebody_else(about: About, mark: Mark, reason: str) -> None:
    decision = policies.may_cast(RESIDENT, about, DURING, is_on_roll=True, mark=mark, as_proxy=True)
    assert said(decision).startswith(reason)
    assert bool(decision) is not bool(reason)


OWNERS = replace(OPEN, electorate="owners")


@pytest.mark.parametrize(
    ("about", "on_roll", "voted", "reason"),
    [
        (OWNERS, True, False, ""),
        (replace(OWNERS, state="announced"), True, False, ""),
        (replace(OWNERS, electorate="households"), True, False, ""),
        (OWNERS, True, True, "The vote has been given already."),
        (OWNERS, False, False, "You are not on the roll of this ballot."),
        (replace(OWNERS, electorate="members"), True, False, "In this ballot everybody votes themselves"),
        (replace(OWNERS, electorate="anyone"), True, False, "In this ballot everybody votes themselves"),
        (replace(OWNERS, is_frozen=False), True, False, "Somebody can be entrusted from the roll being"),
        (replace(OWNERS, state="closed"), True, False, "Somebody can be entrusted from the roll being"),
    ],
)
def test_entrusting_somebody(about: About, on_roll: bool, voted: bool, reason: str) -> None:
    own = policies.may_entrust(RESIDENT, about, is_on_roll=on_roll, has_voted=voted)
    noted = policies.may_note_proxy(CARRIER, about, is_on_roll=on_roll, has_voted=voted)
    for decision in (own, noted):
        assert said(decision).startswith(reason)
        assert bool(decision) is not bool(reason)


def test_a_paper_is_noted_by_staff_of_the_ballot() -> None:
    refused = policies.may_note_proxy(BESIDE, OWNERS, is_on_roll=True, has_voted=False)
    assert said(refused) == "Your post does not include entering sheets here."
    assert said(policies.may_entrust(ANONYMOUS, OWNERS, is_on_roll=True, has_voted=False)) == (
        "Please sign in first."
    )


BY_HAND = replace(SECRET, is_by_hand=True, channels=("paper",))


def test_an_election_is_counted_by_hand() -> None:
    over = replace(BY_HAND, state="closed")
    assert policies.may_take_paper(CARRIER, BY_HAND)
    for refused in (policies.may_enter(CARRIER, BY_HAND, PLACE), policies.may_print(RUNNER, BY_HAND)):
        assert said(refused).startswith("The slips of an election carry no code.")
    assert policies.may_enter_count(CARRIER, over)
    assert said(policies.may_enter_count(CARRIER, BY_HAND)).startswith("The count is entered after voting")
    assert said(policies.may_enter_count(CARRIER, CLOSED)).startswith("Only an election")
    assert said(policies.may_enter_count(BESIDE, over)).startswith("Your post does not include")
    assert said(policies.may_count(RUNNER, over, waiting=0)).startswith("Enter the count by hand first")
    assert policies.may_count(RUNNER, over, waiting=0, has_hand_count=True)


def test_another_person_compares_the_count() -> None:
    over, entered = replace(BY_HAND, state="closed"), uuid4()
    assert policies.may_confirm_count(CARRIER, over, entered_by=entered, is_confirmed=False)
    own = policies.may_confirm_count(CARRIER, over, entered_by=CARRIER.person_id, is_confirmed=False)  # type: ignore[arg-type]
    assert said(own) == "Somebody else has to compare it: you entered it."
    twice = policies.may_confirm_count(CARRIER, over, entered_by=entered, is_confirmed=True)
    assert said(twice) == "Somebody has compared it already."


def test_the_record_is_there_once_it_is_counted() -> None:
    assert policies.may_see_record(COUNTED)
    assert policies.may_see_record(PUBLISHED)
    assert said(policies.may_see_record(CLOSED)) == "Count it first."


def test_somebody_signed_out_is_asked_to_sign_in() -> None:
    assert said(policies.may_vote(ANONYMOUS, OPEN, DURING, is_on_roll=False)) == "Please sign in first."


def test_sheets_are_entered_until_the_count() -> None:
    for about in (OPEN, CLOSED):
        assert policies.may_enter(CARRIER, about, PLACE)
    for about in (FROZEN, COUNTED):
        assert said(policies.may_enter(CARRIER, about, PLACE)).startswith("Sheets are entered from")
    assert said(policies.may_enter(BESIDE, OPEN, PLACE)) == "Your post does not include entering sheets here."


def test_another_person_compares() -> None:
    assert policies.may_confirm(RUNNER, OPEN, PLACE, entered_by=CARRIER.person_id)
    own = policies.may_confirm(CARRIER, OPEN, PLACE, entered_by=CARRIER.person_id)
    assert said(own) == "Somebody else has to compare this sheet: you entered it."


def test_doors() -> None:
    home = f"{PLACE}0302/"
    assert policies.may_visit(CARRIER, OPEN, home)
    assert said(policies.may_visit(RUNNER, OPEN, home)).startswith("Your post does not include going")
    assert said(policies.may_visit(CARRIER, CLOSED, home)).startswith("Visits are noted from the roll")
    election = replace(SECRET, is_by_hand=True)
    assert said(policies.may_visit(CARRIER, election, home)).startswith("In an election no vote is taken at")


def test_ending_and_counting() -> None:
    assert policies.may_close(RUNNER, OPEN, CLOSES)
    early = policies.may_close(RUNNER, OPEN, CLOSES - timedelta(seconds=1))
    assert said(early) == "Voting ends at 2026-12-09 09:00."
    assert said(policies.may_close(RUNNER, CLOSED, CLOSES)) == "It is not open."
    assert policies.may_count(RUNNER, CLOSED, waiting=0)
    assert said(policies.may_count(RUNNER, CLOSED, waiting=3)) == "3 sheets wait to be confirmed."
    assert said(policies.may_count(RUNNER, OPEN, waiting=0)).startswith("It is counted once")


def test_the_roll_and_its_names() -> None:
    assert policies.may_see_roll(RESIDENT, FROZEN)
    assert said(policies.may_see_roll(RESIDENT, ANNOUNCED)).startswith("The roll is not written yet.")
    assert not policies.may_see_roll(ANONYMOUS, FROZEN)
    assert policies.may_see_names(staff(PersonPower.READ), FROZEN)
    assert not policies.may_see_names(RUNNER, FROZEN)


@pytest.mark.parametrize("state", [each for each in BallotState if each is not BallotState.PUBLISHED])
def test_no_result_before_it_is_published(state: BallotState) -> None:
    assert said(policies.may_see_result(replace(OPEN, state=state))) == "The result is not published yet."


def test_a_published_result_is_everybodys() -> None:
    assert policies.may_see_result(PUBLISHED)
