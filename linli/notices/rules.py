"""What is said about each topic, by which channel it reaches whom, and which announcements a place hears."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from linli.kernel.text import worded
from linli.notices.kinds import AnnouncementState, Channel, Topic
from linli.people.kinds import Reach

LONGEST_TITLE: Final = 80  # characters, as the table holds
LONGEST_BODY: Final = 5000
ELDER: Final = 60  # years: 老年人权益保障法 2
MOST_TEXT: Final = 500  # characters of one parameter; a notice is a line, the page behind it has the rest

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_BATCH: Final = 10**17  # some thousand years on
ENGLISH: Final = "_en"  # ends the English form of a parameter
DATES: Final = frozenset({"due", "until"})

# For each topic the fullest sentence first: the first one whose every parameter is known is said.
SENTENCES: Final[Mapping[Topic, tuple[str, ...]]] = {
    Topic.MATTER_RECEIVED: (
        "We have received “%(title)s”. %(holder)s will handle it by %(due)s.",
        "We have received “%(title)s”. %(holder)s will handle it.",
        "We have received “%(title)s”.",
    ),
    Topic.MATTER_MOVED: (
        "“%(title)s” has moved on: it is with %(holder)s now, until %(due)s.",
        "“%(title)s” has moved on: it is with %(holder)s now.",
        "“%(title)s” has moved on.",
    ),
    Topic.MATTER_ANSWERED: (
        "%(by)s has answered “%(title)s”: %(text)s",
        "“%(title)s” has an answer: %(text)s",
        "“%(title)s” has an answer.",
    ),
    Topic.MATTER_CLOSED: ("“%(title)s” is closed: %(text)s", "“%(title)s” is closed."),
    Topic.MATTER_ON_YOU: ("“%(title)s” is on you now, until %(due)s.", "“%(title)s” is on you now."),
    Topic.MATTER_REOPENED: (
        "“%(title)s” is open again. %(holder)s will handle it by %(due)s.",
        "“%(title)s” is open again.",
    ),
    Topic.MATTER_SUSPENDED: (
        "“%(title)s” is paused until %(until)s: %(text)s",
        "“%(title)s” is paused until %(until)s.",
        "“%(title)s” is paused: %(text)s",
        "“%(title)s” is paused.",
    ),
    Topic.MATTER_MERGED: (
        "“%(title)s” is now handled together with “%(text)s”.",
        "“%(title)s” is now handled together with another matter.",
    ),
    Topic.MATTER_SPLIT: (
        "What was said in “%(title)s” is handled as two matters now; the other one is %(text)s.",
        "What was said in “%(title)s” is handled as two matters now.",
    ),
    Topic.MATTER_POSTPONED: (
        "“%(title)s” needs more time, until %(until)s: %(text)s",
        "“%(title)s” needs more time, until %(until)s.",
        "“%(title)s” needs more time.",
    ),
    Topic.MATTER_PUBLISHED: ("“%(title)s” is on the public board, without your name or home.",),
    Topic.MATTER_SUPPLEMENTED: (
        "%(by)s added to “%(title)s”: %(text)s",
        "%(by)s added something to “%(title)s”.",
        "Something was added to “%(title)s”.",
    ),
    Topic.MATTER_REMINDED: ("“%(title)s” is due by %(due)s.", "“%(title)s” is due soon."),
    Topic.MATTER_LATE: ("“%(title)s” is late: it was due by %(due)s.", "“%(title)s” is late."),
    Topic.MATTER_ESCALATED: (
        "“%(title)s” is overdue at %(unit)s; please step in.",
        "“%(title)s” is late with %(holder)s and waits for you to act.",
        "“%(title)s” is late and waits for you to act.",
    ),
    Topic.EVALUATE: ("“%(title)s” is settled. Are you satisfied?",),
    Topic.URGED: (
        "%(by)s asks you to get on with “%(title)s”: %(text)s",
        "%(by)s asks you to get on with “%(title)s”.",
        "Please get on with “%(title)s”.",
    ),
    Topic.SUPERVISED: (
        "“%(title)s” is under the supervision of %(by)s: %(text)s",
        "“%(title)s” is under the supervision of %(by)s.",
        "“%(title)s” is under supervision.",
    ),
    Topic.ORDER_ISSUED: (
        "An order for %(unit)s: “%(title)s”, due by %(due)s.",
        "A new order: “%(title)s”, due by %(due)s.",
        "A new order: “%(title)s”.",
    ),
    Topic.ORDER_RETURNED: (
        "%(unit)s sent back the order “%(title)s”: %(text)s",
        "The order “%(title)s” was sent back.",
    ),
    Topic.ORDER_REVIEWED: (
        "The return of the order “%(title)s” was reviewed: %(text)s",
        "The return of the order “%(title)s” was reviewed.",
    ),
    Topic.ORDER_REPORTED: (
        "%(unit)s reports “%(title)s” done. Please check.",
        "“%(title)s” is reported done. Please check.",
    ),
    Topic.ORDER_REWORK: ("“%(title)s” has to be done again: %(text)s", "“%(title)s” has to be done again."),
    Topic.ORDER_SUSPENDED: (
        "The order “%(title)s” waits until %(until)s: %(text)s",
        "The order “%(title)s” waits until %(until)s.",
        "The order “%(title)s” waits.",
    ),
    Topic.ORDER_RESUMED: (
        "The order “%(title)s” goes on: it is due by %(due)s.",
        "The order “%(title)s” goes on.",
    ),
    Topic.ORDER_LATE: (
        "The order “%(title)s” of %(unit)s is late: it was due by %(due)s.",
        "The order “%(title)s” is late.",
    ),
    Topic.WHISTLE: (
        "A whistle for %(unit)s: “%(title)s”. Please report in by %(due)s.",
        "A whistle: “%(title)s”. Please report in by %(due)s.",
        "A whistle: “%(title)s”. Please report in.",
    ),
    Topic.WHISTLE_REMINDED: (
        "%(unit)s is still awaited at “%(title)s”: please report in by %(due)s.",
        "You are still awaited at “%(title)s”. Please report in.",
    ),
    Topic.WHISTLE_LATE: (
        "%(unit)s has not reported in at “%(title)s”: it was to by %(due)s.",
        "“%(title)s”: nobody has reported in, and the time is over.",
    ),
    Topic.REPORTED_IN: ("%(unit)s has reported in on “%(title)s”.", "A unit has reported in on “%(title)s”."),
    Topic.EXTENSION_ASKED: (
        "%(unit)s asks for more time on “%(title)s”, until %(until)s: %(text)s",
        "%(unit)s asks for more time on “%(title)s”, until %(until)s.",
        "More time is asked for “%(title)s”.",
    ),
    Topic.EXTENSION_DECIDED: (
        "The request for more time on “%(title)s” is decided: %(text)s. It is due by %(due)s.",
        "The request for more time on “%(title)s” is decided: it is due by %(due)s.",
        "The request for more time on “%(title)s” is decided: %(text)s",
        "The request for more time on “%(title)s” is decided.",
    ),
    Topic.ANNOUNCEMENT: ("New announcement from %(by)s: “%(title)s”", "New announcement: “%(title)s”"),
    Topic.ANNOUNCEMENT_TO_APPROVE: (
        "%(by)s wrote the announcement “%(title)s” and asks for approval.",
        "The announcement “%(title)s” waits for approval.",
    ),
    Topic.GATHERING_CALLED: (
        "%(by)s meets on %(due)s at %(room)s: “%(title)s”. Please come.",
        "A meeting on %(due)s at %(room)s: “%(title)s”. Please come.",
        "You are invited to “%(title)s”.",
    ),
    Topic.GATHERING_CANCELLED: (
        "The meeting “%(title)s” on %(due)s is called off: %(text)s",
        "The meeting “%(title)s” is called off.",
    ),
    Topic.BODY_LATE: (
        "%(by)s is late with “%(title)s”: it was due by %(due)s.",
        "%(by)s is late with “%(title)s”.",
        "“%(title)s” is late.",
    ),
    Topic.OBJECTION_MADE: ("Somebody objects to what is posted as “%(title)s”. Please answer.",),
    Topic.OBJECTION_ANSWERED: (
        "Your objection to “%(title)s” has an answer: %(text)s",
        "Your objection to “%(title)s” has an answer.",
    ),
    Topic.PROPOSAL_OWED: (
        "So many support the proposal “%(title)s” that a reply is owed by %(due)s.",
        "So many support the proposal “%(title)s” that a reply is owed.",
    ),
    Topic.PROPOSAL_ANSWERED: ("The community has replied to the proposal “%(title)s”.",),
    Topic.PROPOSAL_MERGED: (
        "The proposal “%(title)s” is part of “%(text)s” now; what was supported counts there.",
        "The proposal “%(title)s” is part of another now.",
    ),
    Topic.PROPOSAL_CLOSED: (
        "What was made of the proposal “%(title)s” is closed: %(text)s.",
        "What was made of the proposal “%(title)s” is closed.",
    ),
    Topic.TOPIC_DAYS: (
        "The last day of “%(title)s” is %(until)s now.",
        "“%(title)s” has another last day now.",
    ),
    Topic.WORDS_HIDDEN: (
        "Your words on “%(title)s” were taken out of sight: %(text)s",
        "Your words on “%(title)s” were taken out of sight.",
    ),
    Topic.COVENANT_CONSULTED: (
        "%(by)s has drafted “%(title)s”. Say what you think of it until %(until)s.",
        "“%(title)s” is drafted. Say what you think of it.",
    ),
    Topic.COVENANT_ADOPTED: ("The meeting has adopted “%(title)s”.",),
    Topic.COVENANT_NOT_ADOPTED: ("The meeting has not adopted “%(title)s”.",),
    Topic.COVENANT_PUBLISHED: ("“%(title)s” is in force now. Your household can sign it.",),
    Topic.COVENANT_REVIEW: (
        "The yearly review of “%(title)s” is due by %(due)s.",
        "The yearly review of “%(title)s” is due.",
    ),
    Topic.NAME_CHOSEN: (
        "“%(title)s”: the vote has chosen the name %(text)s.",
        "“%(title)s”: the vote has chosen a name.",
    ),
    Topic.HONOUR_ASKED: (
        "You are put forward for “%(title)s”. Do you agree? Please say so before %(until)s; until then "
        "nothing of it is shown.",
        "You are put forward for “%(title)s”. Do you agree?",
    ),
    Topic.HONOUR_STRUCK: (
        "After an objection you do not stand in the result of “%(title)s” any more: %(text)s",
        "After an objection you do not stand in the result of “%(title)s” any more.",
    ),
    Topic.APPRAISAL_PROLONGED: (
        "“%(title)s” has more days, until %(until)s: %(text)s",
        "“%(title)s” has more days, until %(until)s.",
        "“%(title)s” has more days.",
    ),
    Topic.SHARES_PROPOSED: (
        "“%(title)s”: there is a new proposal of who pays what. Please say whether your home agrees.",
    ),
    Topic.JURY_CALLED: (
        "You are on the jury of “%(title)s”. Points are given from %(due)s until %(until)s.",
        "You are on the jury of “%(title)s”.",
    ),
}
PLAIN_WORDS: Final = "There is news for you."

ANNOUNCED: Final = frozenset({AnnouncementState.PUBLISHED})
EDITABLE: Final = frozenset({AnnouncementState.DRAFT, AnnouncementState.RETURNED})


class _Needs(dict[str, str]):
    """Collects the names a %-template asks for."""

    def __missing__(self, key: str) -> str:
        self[key] = ""
        return ""


def needs(sentence: str) -> frozenset[str]:
    """The parameters a sentence cannot be said without."""
    asked = _Needs()
    _ = sentence % asked
    return frozenset(asked)


def sentence(topic: str, params: Mapping[str, object]) -> str:
    """The msgid to say: the fullest of the topic's sentences that these parameters can fill.

    An unknown topic (a row from a later version) and missing parameters give a plain sentence, not an error.
    """
    known = {name for name, value in params.items() if value not in ("", None)}
    choices: tuple[str, ...] = next((said for key, said in SENTENCES.items() if key == topic), ())
    return next((choice for choice in choices if needs(choice) <= known), PLAIN_WORDS)


def channel_for(reach: str, *, can_sign_in: bool, has_phone: bool) -> Channel:
    """How somebody is told: as they chose; who cannot sign in is called, and without a phone gets a slip.

    DESIGN: who has no phone gets a call task or a printed slip instead of a notice.
    """
    if reach == Reach.APP and can_sign_in:
        return Channel.INBOX
    if reach != Reach.SLIP and has_phone:
        return Channel.CALL
    return Channel.SLIP


def in_language(params: Mapping[str, object], language: str) -> dict[str, object]:
    """The parameters for a reader: `holder_en` takes the place of `holder` for one who reads English.

    What has both is a wording of ours and is in the reader's script; what people wrote stays theirs.
    """
    plain = {name: value for name, value in params.items() if not name.endswith(ENGLISH)}
    twins = {
        name: params[f"{name}{ENGLISH}"] or plain[name] for name in plain if f"{name}{ENGLISH}" in params
    }
    return plain | {name: worded(str(plain[name]), str(en), language) for name, en in twins.items()}


def kept_params(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The parameters as stored: long texts cut to a line, so that a notice never carries a whole answer."""
    return {
        name: value if isinstance(value, int) or len(value) <= MOST_TEXT else value[: MOST_TEXT - 1] + "…"
        for name, value in params.items()
    }


def moment_in(name: str, value: object) -> date | datetime | None:
    """The day or the aware moment in a `due` or `until` parameter; None when it is already words."""
    if name not in DATES or not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if len(value) <= len("2026-01-31"):
        return moment.date()
    return moment if moment.tzinfo is not None else None


def batch_number(moment: datetime) -> int:
    """The number in the address of a printed batch: microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def batch_moment(number: int) -> datetime:
    """The moment a batch number stands for; the epoch for a number no date has."""
    return EPOCH + timedelta(microseconds=number) if number < LAST_BATCH else EPOCH


def is_shown(state: str, until: date | None, today: date) -> bool:
    """Whether residents see an announcement: published, and its last day (included) not past."""
    return state in ANNOUNCED and (until is None or until >= today)
