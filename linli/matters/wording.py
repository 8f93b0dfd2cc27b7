"""How kinds, states and verbs of matters are called on screen: one place for every door. No rules here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kernel import clock
from linli.kernel.text import worded
from linli.matters.kinds import (
    Channel,
    ChaseKind,
    Clock,
    ContributionKind,
    Guess,
    LatenessKind,
    MatterKind,
    OpeningKind,
    OrderKind,
    OrderState,
    Outcome,
    Stance,
    State,
    Thing,
    Urgency,
)
from linli.matters.procedures.schema import Words
from linli.matters.triage.taxonomy import LEVEL_TITLES, Level, Taxonomy, load_taxonomy

CHANNEL_LABELS: Mapping[str, Any] = {
    Channel.APP: _("By phone or web page"),
    Channel.MINI_PROGRAM: _("City mini-program"),
    Channel.DEVICE: _("Device"),
    Channel.VISIT: _("Visit at home"),
    Channel.PATROL: _("Seen on patrol"),
    Channel.SUGGESTION_BOX: _("Suggestion box"),
    Channel.FRIDAY_DESK: _("Friday desk"),
    Channel.HOTLINE: _("Hotline"),
    Channel.MEETING: _("Courtyard meeting"),
    Channel.CHAT_GROUP: _("Chat group"),
    Channel.HALL: _("Service hall"),
}
KIND_LABELS: Mapping[str, Any] = {
    MatterKind.APPEAL: _("Appeal"),
    MatterKind.PROPOSAL: _("Proposal"),
    MatterKind.DISPUTE: _("Dispute"),
    MatterKind.WISH: _("Wish"),
    MatterKind.APPLICATION: _("Application"),
    MatterKind.REPAIR: _("Repair"),
    MatterKind.TASK: _("Task"),
}
STATE_LABELS: Mapping[str, Any] = {
    State.OPEN: _("Under way"),
    State.SUSPENDED: _("Suspended"),
    State.CLOSED: _("Closed"),
}
OUTCOME_LABELS: Mapping[str, Any] = {
    Outcome.RESOLVED: _("Resolved"),
    Outcome.ANSWERED: _("Explained"),
    Outcome.OUT_OF_SCOPE: _("Not ours"),
    Outcome.UNRESOLVED: _("Not resolved"),
    Outcome.WITHDRAWN: _("Withdrawn"),
    Outcome.MERGED: _("Joined with another"),
}
URGENCY_LABELS: Mapping[str, Any] = {
    Urgency.LIFE: _("Life or property at risk, 2 hours"),
    Urgency.UTILITY: _("Water, power, gas or heat, 24 hours"),
    Urgency.ORDINARY: _("Ordinary, 7 days"),
    Urgency.COMPLEX: _("Hard to settle, 15 days"),
}
URGENCY_SHORT_LABELS: Mapping[str, Any] = {
    Urgency.LIFE: _("Safety"),
    Urgency.UTILITY: _("Utilities"),
    Urgency.ORDINARY: _("Ordinary"),
    Urgency.COMPLEX: _("Hard"),
}
URGENCY_TONES: Mapping[str, str] = {Urgency.LIFE: "late", Urgency.UTILITY: "soon"}
ORDER_KIND_LABELS: Mapping[str, Any] = {
    OrderKind.ORDER: _("Order"),
    OrderKind.WHISTLE: _("Whistle"),
}
ORDER_STATE_LABELS: Mapping[str, Any] = {
    OrderState.ISSUED: _("Waiting to be accepted"),
    OrderState.ACCEPTED: _("Accepted"),
    OrderState.RETURNED: _("Returned, to be reviewed"),
    OrderState.REPORTED: _("Reported, to be verified"),
    OrderState.REWORK: _("To be done again"),
    OrderState.VERIFIED: _("Verified"),
    OrderState.WITHDRAWN: _("Withdrawn"),
}
ORDER_STATE_TONES: Mapping[str, str] = {
    OrderState.RETURNED: "soon",
    OrderState.REPORTED: "soon",
    OrderState.REWORK: "late",
    OrderState.VERIFIED: "go",
}
TURN_LABELS: Mapping[str, Any] = {
    "issue": _("Order issued"),
    "accept": _("Accepted the order"),
    "report_in": _("Reported in"),
    "return": _("Returned it"),
    "uphold": _("Return reviewed: it stays with this unit"),
    "reassign": _("Return reviewed: it goes to another unit"),
    "report": _("Reported the result"),
    "report_on_paper": _("Paper result entered"),
    "verify": _("Verified"),
    "send_back": _("Sent back to do again"),
    "ask_extension": _("Asked for more time"),
    "grant_extension": _("More time granted"),
    "decline_extension": _("More time declined"),
    "withdraw": _("Order withdrawn"),
    "suspend": _("Order suspended"),
    "resume": _("Its clock goes on"),
}
BLEW_THE_WHISTLE = _("Blew the whistle")  # what the first turn of a whistle is called
SAID_LABELS: Mapping[str, Any] = {
    ContributionKind.SUPPLEMENT: _("Added by the raiser"),
    ContributionKind.REOPENING: _("Not solved: reopened"),
    ContributionKind.COMMENT: _("A neighbour says"),
    ContributionKind.ANSWER: _("Official answer"),
    ContributionKind.NOTE: _("Internal note"),
    ContributionKind.CONTACT: _("Spoke with the raiser"),
    ContributionKind.MINUTES: _("Minutes"),
    ContributionKind.FINDINGS: _("What neighbours think"),
}
STANCE_LABELS: Mapping[str, Any] = {
    Stance.SUPPORT: _("For it"),
    Stance.OPPOSE: _("Against it"),
    Stance.SUGGEST: _("Suggests"),
}
CHASE_LABELS: Mapping[str, Any] = {
    ChaseKind.URGE: _("Urged"),
    ChaseKind.SUPERVISE: _("Put under supervision"),
}
LATENESS_LABELS: Mapping[str, Any] = {
    LatenessKind.REMIND: _("Reminded before the limit"),
    LatenessKind.URGE: _("Late: urged"),
    LatenessKind.ESCALATE: _("Late: the post above was told"),
}
THING_LABELS: Mapping[str, Any] = {
    Thing.CATEGORY: _("Category"),
    Thing.LEVEL: _("How to settle it"),
    Thing.URGENCY: _("How pressing"),
    Thing.UNIT: _("Unit"),
    Thing.DUTY: _("Kind of unit"),
    Thing.SAME: _("The same matter twice"),
}
GUESS_LABELS: Mapping[str, Any] = {
    Guess.NONE: _("No suggestion"),
    Guess.WORDS: _("The list of words"),
    Guess.LEARNT: _("Words learnt from decisions"),
    Guess.MEANING: _("Words and meaning learnt from decisions"),
}
CLOCK_LABELS: Mapping[str, Any] = {
    Clock.MATTER: _("The whole matter"),
    Clock.STEP: _("This step only"),
}
OPENING_LABELS: Mapping[str, Any] = {
    OpeningKind.COMMENTS: _("Neighbours' comments"),
    OpeningKind.ORDERS: _("Orders"),
    OpeningKind.WHISTLE: _("Whistle"),
    OpeningKind.EVALUATION: _("The raisers' judgement"),
    OpeningKind.MEETING: _("Meeting"),
    OpeningKind.BALLOT: _("Ballot"),
    OpeningKind.WORKS: _("Works laid open"),
    OpeningKind.SHARES: _("Who pays what"),
    OpeningKind.OPINIONS: _("Opinion map"),
    OpeningKind.POSTING: _("Posting"),
}
# What is begun on a page of its own: the button's icon and words.
BEGIN_LABELS: Mapping[str, tuple[str, Any]] = {
    OpeningKind.MEETING: ("people", _("Bring it before a body")),
    OpeningKind.BALLOT: ("check", _("Prepare the vote")),
    OpeningKind.WORKS: ("wrench", _("Open the works’ file")),
    OpeningKind.SHARES: ("hand", _("Talk over who pays what")),
    OpeningKind.OPINIONS: ("chart", _("Ask neighbours what they think")),
    OpeningKind.POSTING: ("announce", _("Note where it hangs")),
}
SCORE_LABELS: Mapping[int, Any] = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("So-so"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
ASSESSMENT_LABELS: Mapping[int, Any] = {
    5: _("Very good"),
    4: _("Good"),
    3: _("Fair"),
    2: _("Poor"),
    1: _("Very poor"),
}
MEETING_RESULT_LABELS: Mapping[str, Any] = {
    "agreed": _("Agreed"),
    "not_agreed": _("Not agreed"),
    "again": _("To be discussed again"),
}
CONTACT_CHANNEL_LABELS: Mapping[str, Any] = {
    "phone": _("By phone"),
    "visit": _("At their home"),
    "hall": _("At the service hall"),
    "message": _("By message"),
}


def in_words(words: Words) -> str:
    """A wording of a procedure or the taxonomy in the reader's language."""
    return words.of(get_language() or "zh-hans")


def turn_words(verb: str, kind: str) -> str:
    """What was done with an order; a whistle is not issued but blown."""
    if verb == "issue" and kind == OrderKind.WHISTLE:
        return str(BLEW_THE_WHISTLE)
    return str(TURN_LABELS.get(verb, verb))


def title_zh_en(zh: str, en: str) -> str:
    """One of the two, in the reader's language and script."""
    return worded(zh, en, get_language() or "zh-hans")


def taxonomy() -> Taxonomy:
    """The list of categories."""
    return load_taxonomy()


def category_title(code: str) -> str:
    """A category's name; its code where the list does not have it any more, empty for none."""
    leaf = taxonomy().leaves.get(code)
    return in_words(leaf.title) if leaf else code


def group_title(code: str) -> str:
    """The name of the group a category is in."""
    if code not in taxonomy().leaves:
        return ""
    group = taxonomy().group_of(code)
    return title_zh_en(group.zh, group.en)


def level_title(code: str) -> str:
    """How a matter is to be settled."""
    return in_words(LEVEL_TITLES[Level(code)]) if code in {level.value for level in Level} else code


def on_paper(at: datetime | None) -> str:
    """A moment as paper and copied words carry it: 2026-11-18 22:41. They are read on any day, so never as
    "today"."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


def moment(at: datetime | None) -> str:
    """A moment as people say it: "今天 08:12", "11-18 22:41"; the year only when it is another."""
    if at is None:
        return ""
    then, today = clock.local(at), clock.today()
    hour = f"{then:%H:%M}"
    if then.date() == today:
        return str(_("today %(hour)s")) % {"hour": hour}
    if then.date() == today - timedelta(days=1):
        return str(_("yesterday %(hour)s")) % {"hour": hour}
    return f"{then:%m-%d} {hour}" if then.year == today.year else f"{then:%Y-%m-%d} {hour}"
