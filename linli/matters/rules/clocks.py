"""When things are due, and what being late sets off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from linli.kernel import clock
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.durations import CLOSING, Duration, before, deadline
from linli.kernel.workdays import WorkdayCalendar
from linli.matters.kinds import LatenessKind, Urgency
from linli.matters.procedures.schema import Late

# rules.md §4 "Time limits, default": local, dated settings (`LocalRule`) override each of them.
PROMISES: Final[Mapping[Urgency, Duration]] = {
    Urgency.LIFE: Duration.parse("2 hours"),
    Urgency.UTILITY: Duration.parse("24 hours"),
    Urgency.ORDINARY: Duration.parse("7 days"),
    Urgency.COMPLEX: Duration.parse("15 days"),
}
FIRST_CONTACT: Final[Mapping[Urgency, Duration]] = {
    Urgency.LIFE: Duration.parse("2 hours"),
    Urgency.UTILITY: Duration.parse("24 hours"),
    Urgency.ORDINARY: Duration.parse("1 workday"),
    Urgency.COMPLEX: Duration.parse("1 workday"),
}
REOPEN_WITHIN: Final = Duration.parse("30 days")
REPORT_IN: Final = Duration.parse("2 hours")
POSTING: Final = Duration.parse("15 days")  # local: rules.md §1, lift posting days
LONGEST_SUSPENSION: Final = timedelta(days=90)
URGE_PAUSE: Final = timedelta(days=1)
REMINDERS_LOOK_AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Times:
    """The calendar and local settings deadlines are computed with at one place."""

    calendar: WorkdayCalendar
    closing: time = CLOSING
    local: Mapping[str, str] | None = None

    def setting(self, key: str, default: Duration) -> Duration:
        """The place's own duration for `key`, or the default."""
        text = (self.local or {}).get(key)
        return Duration.parse(text) if text else default

    def due(self, start: datetime, limit: Duration) -> datetime:
        """When `limit` ends, counted from `start`; natural and working days end at the closing hour."""
        return deadline(start, limit, self.calendar, self.closing, day_closing=self.closing)


LOCAL_KEYS: Final = frozenset(
    [f"promise.{urgency}" for urgency in Urgency]
    + [f"contact.{urgency}" for urgency in Urgency]
    + ["reopen", "report_in", "posting", "closing"]
)


def default(key: str) -> Duration:
    """What holds for a local setting (other than the closing hour) where no place set its own."""
    name, _, urgency = key.partition(".")
    if urgency:
        return (PROMISES if name == "promise" else FIRST_CONTACT)[Urgency(urgency)]
    return {"reopen": REOPEN_WITHIN, "report_in": REPORT_IN, "posting": POSTING}[name]


def local_rule_is_sound(key: str, value: str) -> Decision:
    """Whether a place may set this: a known key, and a duration (or for `closing` an hour such as 17:30)."""
    if key not in LOCAL_KEYS:
        return Denied("There is no such local setting.")
    try:
        length = None if key == "closing" else Duration.parse(value)
        if length is None:
            time.fromisoformat(value)
    except ValueError:
        return Denied("Write it like 2 hours, 7 days or 5 workdays; the closing hour like 18:00.")
    if key == "posting" and length is not None and length.clock_minutes is not None:
        return Denied("What is posted stays up for days: write it like 15 days or 10 workdays.")
    return ALLOWED


def may_start_on(starts: date, today: date) -> Decision:
    """A local setting begins today or later: what was promised under the old one stays promised."""
    if starts < today:
        return Denied("A limit begins today or later. What is running keeps the dates it was given.")
    return ALLOWED


def promised_at(raised_at: datetime, urgency: Urgency, times: Times) -> datetime:
    """The one promised date of a matter, by its urgency."""
    return times.due(raised_at, times.setting(f"promise.{urgency}", PROMISES[urgency]))


def latest_due(promised: datetime, now: datetime, urgency: Urgency, times: Times) -> datetime:
    """The latest an order given now is due: the promise, or where that is broken already as long again."""
    return promised if promised > now else promised_at(now, urgency, times)


def promise_for_deliberation(
    promised: datetime, now: datetime, ahead: list[Duration], times: Times
) -> datetime:
    """A matter taken to its neighbours keeps the later of its promise and the sum of the steps ahead."""
    moment = now
    for limit in ahead:
        moment = times.due(moment, limit)
    return max(promised, moment)


def step_due(entered_at: datetime, limit: Duration, promised: datetime, times: Times) -> datetime:
    """A step's own limit, cut to the matter's promise while that still lies ahead."""
    own = times.due(entered_at, limit)
    return min(own, promised) if promised > entered_at else own


def posting_ends(entered_at: datetime, times: Times) -> datetime:
    """Until when what a step posts stays up: the days of the place, the first not counted, to the closing
    hour of the last; on a day off it is up until the next working day (民法典 201, 203)."""
    return times.due(entered_at, times.setting("posting", POSTING))


def posted_step_due(due: datetime, entered_at: datetime, times: Times) -> datetime:
    """The limit of a step that waits for its posting, as if it hung on the day the step was entered."""
    return due_after_posting(due, posting_ends(entered_at, times), times)


def due_after_posting(due: datetime, ends: datetime, times: Times) -> datetime:
    """The limit of a step whose posting ends then: a working day is left to go on."""
    return max(due, times.due(ends, Duration.parse("1 workday")))


def contact_due(raised_at: datetime, urgency: Urgency, times: Times) -> datetime:
    """By when somebody must have spoken with the raiser, to count as a response."""
    return times.due(raised_at, times.setting(f"contact.{urgency}", FIRST_CONTACT[urgency]))


def resumed_due(due: datetime, since: datetime, now: datetime, times: Times) -> datetime:
    """A due moment after its clock stood still: as much later as it stood, never on a day off."""
    moved = due + (now - since)
    day = clock.local(moved).date()
    if times.calendar.is_workday(day):
        return moved
    return times.due(moved, Duration.parse("1 workday"))


def suspension_may_last(now: datetime, until: date) -> bool:
    """A suspension ends on a later day and within 90 days."""
    today = clock.local(now).date()
    return today < until <= today + LONGEST_SUSPENSION


def reopen_until(closed_at: datetime, times: Times) -> datetime:
    """Until when the raiser may say it is not solved (default 30 days, local)."""
    return times.due(closed_at, times.setting("reopen", REOPEN_WITHIN))


def lateness(due: datetime, late: Late, now: datetime, times: Times) -> list[LatenessKind]:
    """Which lateness rules have come into force by `now`. None of them moves the matter."""
    fired = []
    if late.remind_before and now >= before(due, late.remind_before, times.calendar):
        fired.append(LatenessKind.REMIND)
    if late.urge_after and now >= times.due(due, late.urge_after):
        fired.append(LatenessKind.URGE)
    if late.escalate and now > due:
        fired.append(LatenessKind.ESCALATE)
    return fired


def highest(kinds: list[LatenessKind]) -> LatenessKind:
    """The gravest of these: escalation, then urging, then a reminder."""
    return max(kinds, key=list(LatenessKind).index)


def report_in_lateness(issued: datetime, due: datetime, now: datetime, times: Times) -> list[LatenessKind]:
    """A whistle's time to report in: a reminder, urging once it has passed, and escalation.

    It is a matter of hours, so both spans are as long as its own: reminded when half of the time is left,
    escalated when as much again has passed; a longer one as any order, one working day before and after.
    """
    one_day, span = Duration.parse("1 workday"), due - issued
    fired = []
    if now >= max(due - span / 2, before(due, one_day, times.calendar)):
        fired.append(LatenessKind.REMIND)
    if now > due:
        fired.append(LatenessKind.URGE)
    if now >= min(due + span, times.due(due, one_day)):
        fired.append(LatenessKind.ESCALATE)
    return fired


def supervision_due(since: datetime, urgency: Urgency, times: Times) -> datetime:
    """Until when a supervisor acts: as long as there is for the first contact, by how pressing it is."""
    return contact_due(since, urgency, times)


def supervision_rises(due: datetime, now: datetime) -> bool:
    """Whether a supervision nobody answered goes to the post above: once its time has passed."""
    return now > due


def order_lateness(due: datetime, now: datetime, times: Times) -> list[LatenessKind]:
    """Orders: a reminder one working day ahead, urging when overdue, escalation a working day later."""
    one_day = Duration.parse("1 workday")
    fired = []
    if now >= before(due, one_day, times.calendar):
        fired.append(LatenessKind.REMIND)
    if now > due:
        fired.append(LatenessKind.URGE)
    if now >= times.due(due, one_day):
        fired.append(LatenessKind.ESCALATE)
    return fired
