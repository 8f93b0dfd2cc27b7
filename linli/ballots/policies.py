"""Who may prepare, run, enter, vote and look. Pure: the state of a ballot is carried in `About`."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from linli.ballots.kinds import BallotState, Channel, Electorate, Power
from linli.ballots.rules import timetable
from linli.ballots.rules.drafting import About
from linli.ballots.rules.entrusting import ENTRUSTING
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.clock import local
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.people.kinds import Power as PersonPower

BEFORE_VOTES = frozenset({BallotState.DRAFT, BallotState.ANNOUNCED})
RUNNING = frozenset({BallotState.ANNOUNCED, BallotState.OPEN})


def may_run(actor: Actor, path: str) -> Decision:
    """Prepare a ballot of a place and take it through its steps. The system may, asked from above."""
    if actor.kind is ActorKind.SYSTEM or actor.may(Power.RUN, path):
        return ALLOWED
    return Denied("Your post does not include ballots of this place.")


def may_see_at_desk(actor: Actor, about: About) -> Decision:
    """Those who run it, and those who carry its paper for the place or a part of it; to them no draft."""
    if actor.may(Power.RUN, about.place_path):
        return ALLOWED
    if about.state != BallotState.DRAFT and _carries(actor, about.place_path):
        return ALLOWED
    return Denied("This ballot is not here.")


def _carries(actor: Actor, path: str) -> bool:
    """Whether somebody's post is over the place asked or over a part of it."""
    return any(
        grant.power == Power.ENTER and (path.startswith(grant.path) or grant.path.startswith(path))
        for grant in actor.grants
    )


def may_change(actor: Actor, about: About) -> Decision:
    """Questions and dates stand once people have been told."""
    if about.state != BallotState.DRAFT:
        return Denied("It has been announced. Withdraw it and write a new one.")
    if about.is_second_round:
        return Denied(
            "A second round asks what the first left open. Withdraw it, and begin it anew from the first."
        )
    return may_run(actor, about.place_path)


def may_announce(actor: Actor, about: About) -> Decision:
    """Tell everybody asked that a vote is coming."""
    if about.state != BallotState.DRAFT:
        return Denied("It has already been announced.")
    return may_run(actor, about.place_path)


def may_freeze(actor: Actor, about: About) -> Decision:
    """Write the roll, and write it anew after a ruling, until sheets are printed or voting begins."""
    if about.state != BallotState.ANNOUNCED:
        return Denied("The roll is written after the announcement and before voting begins.")
    if about.is_printed:
        return Denied("Sheets are printed for this roll already, so it stands.")
    return may_run(actor, about.place_path)


def may_object(actor: Actor, about: About, today: date) -> Decision:
    """Anybody signed in may say what is wrong with a published roll, up to and including the last day."""
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return Denied("Please sign in first.")
    return _can_be_objected_to(about, today)


def may_note_objection(actor: Actor, about: About, today: date) -> Decision:
    """Write down what somebody says against the roll at the counter: staff of the ballot who may look
    residents up, in the same days."""
    if not _carries(actor, about.place_path) and not actor.may(Power.RUN, about.place_path):
        return Denied("Your post does not include ballots of this place.")
    if not actor.may(PersonPower.READ, about.place_path):
        return Denied("Your post does not include looking residents up.")
    return _can_be_objected_to(about, today)


def _can_be_objected_to(about: About, today: date) -> Decision:
    if not about.is_frozen or about.objections_until is None or about.state != BallotState.ANNOUNCED:
        return Denied("There is no roll to object to now.")
    if today > about.objections_until:
        return Denied("Objections could be made until %(day)s.", {"day": about.objections_until.isoformat()})
    return ALLOWED


def may_rule(actor: Actor, about: About, *, objector: UUID, is_ruled: bool) -> Decision:
    """Staff who run the ballot rule once, and nobody on their own objection."""
    if is_ruled:
        return Denied("Somebody has already ruled on it.")
    if actor.person_id is None or actor.person_id == objector:
        return Denied("Somebody else has to rule on your objection.")
    return may_run(actor, about.place_path)


def may_nominate(actor: Actor, about: About) -> Decision:
    """Note who named the candidates of an election: once its roll is written, until voting begins."""
    if not about.is_by_hand:
        return Denied("Candidates are named in an election of the residents’ committee.")
    if about.state != BallotState.ANNOUNCED or not about.is_frozen:
        return Denied("It is noted after the roll is written and before voting begins.")
    return may_run(actor, about.place_path)


def may_open(
    actor: Actor, about: About, now: datetime, *, waiting: int, notice_over: bool, roll_days: int
) -> Decision:
    """Open the vote: the roll stands and has been out long enough, objections are ruled on, the notice is
    over, the hour has come. `roll_days`: how long it has to be out (an election's, 组织法 art 17)."""
    if about.state != BallotState.ANNOUNCED or about.objections_until is None:
        return Denied("Announce it and write the roll first.")
    if waiting:
        return Denied("%(count)s objections to the roll wait for a ruling.", {"count": waiting})
    today = local(now).date()
    if today <= about.objections_until:
        last = about.objections_until.isoformat()
        return Denied("The roll can be objected to until %(day)s.", {"day": last})
    out = timetable.voter_roll(today, roll_days, about.objections_until, today)
    if not out.is_in_time(today):
        days = {"days": roll_days, "since": str(out.since), "earliest": str(out.earliest)}
        return Denied(
            "The roll of voters has to be out for %(days)s days before an election. It has been since "
            "%(since)s, so voting can begin on %(earliest)s.",
            days,
        )
    if not notice_over or now < about.opens_at:
        return Denied("Voting begins at %(moment)s.", {"moment": f"{local(about.opens_at):%Y-%m-%d %H:%M}"})
    return may_run(actor, about.place_path)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the roll says of an entry so far: the way it was voted for, and by whom."""

    voted: str = ""
    by_proxy: bool = False


def may_cast(
    actor: Actor,
    about: About,
    now: datetime,
    *,
    is_on_roll: bool,
    mark: Mark,
    as_proxy: bool = False,
    is_signed_together: bool = False,
) -> Decision:
    """Vote online: on the roll, while it is open, by a way the ballot allows; a secret vote only once; for
    another only as long as they have not voted themselves. Where co-owners sign one sheet together by a local
    rule (`is_signed_together`), none of them votes for it alone."""
    standing = may_vote(actor, about, now, is_on_roll=is_on_roll)
    if not standing:
        return standing
    if Channel.ONLINE not in about.channels:
        return Denied("This vote is on paper. Your sheet comes to your door, or is at the community office.")
    if is_signed_together:
        return Denied(
            "Several own this home, and by a local rule all of them sign one sheet. It comes to your door, "
            "or is at the community office."
        )
    if mark.voted and about.is_secret:
        return Denied("A vote has already been given for you. A secret vote cannot be changed.")
    if mark.voted and as_proxy and not mark.by_proxy:
        return Denied("They have voted themselves; that goes before whoever votes for them.")
    if mark.voted and mark.voted != Channel.ONLINE and (as_proxy or not mark.by_proxy):
        return Denied("Your sheet of paper has been counted; it goes before a vote online.")
    return ALLOWED


def may_entrust(actor: Actor, about: About, *, is_on_roll: bool, has_voted: bool) -> Decision:
    """Entrust somebody with one's vote, or take that back: from the roll being there until one has voted."""
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return Denied("Please sign in first.")
    if about.electorate not in ENTRUSTING:
        return Denied("In this ballot everybody votes themselves; nobody can be entrusted with it.")
    if not about.is_frozen or about.state not in RUNNING:
        return Denied("Somebody can be entrusted from the roll being written until voting ends.")
    if not is_on_roll:
        return Denied("You are not on the roll of this ballot.")
    if has_voted:
        return Denied("The vote has been given already.")
    return ALLOWED


def may_note_proxy(actor: Actor, about: About, *, is_on_roll: bool, has_voted: bool) -> Decision:
    """Note from a signed paper that somebody entrusts another, or takes it back: staff of the ballot."""
    if not _carries(actor, about.place_path) and not actor.may(Power.RUN, about.place_path):
        return Denied("Your post does not include entering sheets here.")
    return may_entrust(actor, about, is_on_roll=is_on_roll, has_voted=has_voted)


def may_vote(actor: Actor, about: About, now: datetime, *, is_on_roll: bool) -> Decision:
    """Whether somebody has a vote, and whether it is time: asked before opening too, with the reason."""
    if about.state == BallotState.WITHDRAWN:
        return Denied("This ballot was withdrawn.")
    if actor.kind is not ActorKind.PERSON or actor.person_id is None:
        return Denied("Please sign in first.")
    if not about.is_frozen:
        return Denied("The roll is not written yet. It will be published for objection before voting begins.")
    if not is_on_roll:
        return Denied("You are not on the roll of this ballot.")
    if about.state == BallotState.ANNOUNCED or now < about.opens_at:
        return Denied("Voting begins at %(moment)s.", {"moment": f"{local(about.opens_at):%Y-%m-%d %H:%M}"})
    if about.state != BallotState.OPEN or now >= about.closes_at:
        return Denied("Voting ended at %(moment)s.", {"moment": f"{local(about.closes_at):%Y-%m-%d %H:%M}"})
    return ALLOWED


def may_print(actor: Actor, about: About) -> Decision:
    """Print sheets: once the roll stands. The slips of an election are another thing: they carry no code."""
    if about.is_by_hand:
        return Denied(
            "The slips of an election carry no code. They are counted by hand, and the count is entered."
        )
    if not about.is_frozen or about.state not in RUNNING:
        return Denied("Sheets are printed once the roll is written, and until voting ends.")
    return may_run(actor, about.place_path)


def may_visit(actor: Actor, about: About, home_path: str) -> Decision:
    """Note a visit at a door: staff of that door who may see who lives there. An election has none: its slips
    are written in secret, in a booth (居民委员会组织法 19)."""
    if about.is_by_hand:
        return Denied("In an election no vote is taken at the door: each is written in secret, in a booth.")
    if about.state not in RUNNING or not about.is_frozen:
        return Denied("Visits are noted from the roll being written until voting ends.")
    if actor.person_id is not None and actor.may(Power.ENTER, home_path):
        return ALLOWED
    return Denied("Your post does not include going from door to door here.")


def may_enter(actor: Actor, about: About, path: str) -> Decision:
    """Enter what is on a sheet, while it is open and until it is counted: sheets come in to the last hour."""
    if about.is_by_hand:
        return Denied(
            "The slips of an election carry no code. They are counted by hand, and the count is entered."
        )
    if about.state not in (BallotState.OPEN, BallotState.CLOSED):
        return Denied("Sheets are entered from the opening until the count.")
    if actor.person_id is not None and (actor.may(Power.ENTER, path) or actor.may(Power.RUN, path)):
        return ALLOWED
    return Denied("Your post does not include entering sheets here.")


def may_confirm(actor: Actor, about: About, path: str, *, entered_by: UUID | None) -> Decision:
    """Another person compares the sheet with what was entered."""
    decision = may_enter(actor, about, path)
    if decision and actor.person_id == entered_by:
        return Denied("Somebody else has to compare this sheet: you entered it.")
    return decision


def may_enter_count(actor: Actor, about: About) -> Decision:
    """Enter what was counted by hand, or set it aside: between the end of voting and the result."""
    if not about.is_by_hand:
        return Denied("Only an election of the residents’ committee is counted by hand.")
    if about.state != BallotState.CLOSED:
        return Denied("The count is entered after voting has ended, and until it is settled.")
    if actor.person_id is not None and (
        actor.may(Power.ENTER, about.place_path) or actor.may(Power.RUN, about.place_path)
    ):
        return ALLOWED
    return Denied("Your post does not include entering sheets here.")


def may_confirm_count(actor: Actor, about: About, *, entered_by: UUID, is_confirmed: bool) -> Decision:
    """Another person compares the count with the signed paper."""
    decision = may_enter_count(actor, about)
    if decision and is_confirmed:
        return Denied("Somebody has compared it already.")
    if decision and actor.person_id == entered_by:
        return Denied("Somebody else has to compare it: you entered it.")
    return decision


def may_close(actor: Actor, about: About, now: datetime) -> Decision:
    """End the vote: not before its hour."""
    if about.state != BallotState.OPEN:
        return Denied("It is not open.")
    if now < about.closes_at:
        return Denied("Voting ends at %(moment)s.", {"moment": f"{local(about.closes_at):%Y-%m-%d %H:%M}"})
    return may_run(actor, about.place_path)


def may_take_paper(actor: Actor, about: About) -> Decision:
    """Mark on the roll that somebody took a sheet, while it is open and until it is counted."""
    return may_enter(actor, replace(about, is_by_hand=False), about.place_path)


def may_count(actor: Actor, about: About, *, waiting: int, has_hand_count: bool = False) -> Decision:
    """Count once every sheet entered is confirmed or set aside; an election, once its count by hand is."""
    if about.state != BallotState.CLOSED:
        return Denied("It is counted once, after voting has ended.")
    if waiting:
        return Denied("%(count)s sheets wait to be confirmed.", {"count": waiting})
    if about.is_by_hand and not has_hand_count:
        return Denied("Enter the count by hand first, and have somebody else compare it.")
    return may_run(actor, about.place_path)


def may_publish(actor: Actor, about: About) -> Decision:
    """Show the result and the file to everybody."""
    if about.state != BallotState.COUNTED:
        return Denied("Count it first.")
    return may_run(actor, about.place_path)


def may_withdraw(actor: Actor, about: About) -> Decision:
    """Take it back, until its result is published."""
    if about.state in (BallotState.PUBLISHED, BallotState.WITHDRAWN):
        return Denied("It is published or withdrawn already.")
    return may_run(actor, about.place_path)


def may_see_roll(actor: Actor, about: About) -> Decision:
    """Everybody signed in reads a published roll as homes and masked names; full names are for its staff."""
    if about.is_frozen and actor.kind is ActorKind.PERSON:
        return ALLOWED
    return Denied("The roll is not written yet. It will be published for objection before voting begins.")


def may_post_announcement(about: About) -> Decision:
    """The announcement hangs on the board from the day it is made until voting ends."""
    if about.state in RUNNING:
        return ALLOWED
    return Denied("It is posted from the announcement until voting ends.")


def may_post_unreached(actor: Actor, about: About, *, untried: int, missed: int) -> Decision:
    """Post the homes whose sheet could not be handed over: an owners' ballot, once every home was tried."""
    if about.electorate != Electorate.OWNERS or not about.is_frozen or about.state not in RUNNING:
        return Denied("This is posted in a vote of owners, from the roll being written until voting ends.")
    if untried:
        return Denied(
            "%(count)s homes have not been tried yet. Every home is tried first.", {"count": untried}
        )
    if not missed:
        return Denied("Every home has been reached. There is nothing to post.")
    return may_run(actor, about.place_path)


def may_see_names(actor: Actor, about: About) -> Decision:
    """The names behind a roll: staff who read the people of the place."""
    if actor.may(PersonPower.READ, about.place_path):
        return ALLOWED
    return Denied("This person's record is for staff of the place they belong to.")


def may_see_record(about: About) -> Decision:
    """Staff print the record to be signed as soon as it is counted."""
    if about.state in (BallotState.COUNTED, BallotState.PUBLISHED):
        return ALLOWED
    return Denied("Count it first.")


def may_see_result(about: About) -> Decision:
    """The result is public once it is published, and not a minute before."""
    if about.state == BallotState.PUBLISHED:
        return ALLOWED
    return Denied("The result is not published yet.")
