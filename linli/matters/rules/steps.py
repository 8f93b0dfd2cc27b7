"""What leaving a step needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from linli.kernel.clock import local
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.kinds import OrderState
from linli.matters.procedures.kinds import Need
from linli.matters.rules.orders import STOPS_AT_END

MISSING_TEXTS: Final = {
    Need.MINUTES: "Record what the meeting said first.",
    Need.OFFICIAL_ANSWER: "Write the official answer first.",
    Need.FIRST_CONTACT: "Speak with the raiser first and note it.",
    Need.ORDER_VERIFIED: "An order of this matter is not verified yet.",
    Need.CALLBACK: "Call the raiser back first, or wait for their judgement.",
    Need.OUTCOME: "Something this step opened has no recorded outcome yet.",
    Need.PASSED: "The vote did not pass, so it does not go on. Talk it over again, or take it to mediation.",
    Need.POSTED: "Nothing hangs yet. Note where the sheet hangs: its days count from then.",
}


CALLBACK_TRIES = 3  # calls nobody answered, after which a callback counts as tried


@dataclass(frozen=True, slots=True)
class Posted:
    """How what a step posts stands: until when it stays up, whether that is over, and how many objections
    wait for an answer. `until` is None while it does not hang; `taken_down` then says since when and why, if
    it did."""

    until: datetime | None = None
    is_over: bool = False
    objections: int = 0
    taken_down: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record about a matter's present step when somebody wants to leave it."""

    minutes: bool = False
    official_answer: bool = False
    first_contact: bool = False
    orders: tuple[OrderState, ...] = ()
    callback: bool = False
    openings_recorded: bool = True
    passed: bool = False
    posted: Posted | None = None

    def satisfies(self, need: Need) -> bool:
        """Whether the need is met. Orders: at least one verified, and none still running."""
        match need:
            case Need.MINUTES:
                return self.minutes
            case Need.OFFICIAL_ANSWER:
                return self.official_answer
            case Need.FIRST_CONTACT:
                return self.first_contact
            case Need.ORDER_VERIFIED:
                settled = all(state in STOPS_AT_END for state in self.orders)
                return settled and OrderState.VERIFIED in self.orders
            case Need.CALLBACK:
                return self.callback
            case Need.OUTCOME:
                return self.openings_recorded
            case Need.PASSED:
                return self.passed
            case Need.POSTED:
                return self.posted is not None and self.posted.is_over and not self.posted.objections


def missing(needs: Iterable[Need], facts: Facts) -> list[Need]:
    """The needs not met yet, in the order the procedure names them."""
    return [need for need in needs if not facts.satisfies(need)]


def lacking(need: Need, facts: Facts) -> Denied:
    """What is missing for a need, with the first moment it can be met where time alone does it."""
    if need is Need.POSTED and facts.posted is not None:
        return _not_posted_out(facts.posted)
    return Denied(MISSING_TEXTS[need])


def _not_posted_out(posted: Posted) -> Denied:
    if posted.taken_down is not None:
        day, reason = posted.taken_down
        return Denied(
            "It was taken down on %(day)s (%(reason)s) and its days stopped. Post it again: they begin anew.",
            {"day": day.isoformat(), "reason": reason},
        )
    if posted.until is None:
        return Denied(MISSING_TEXTS[Need.POSTED])
    if not posted.is_over:
        return Denied(
            "It stays posted for objections. It can go on from %(from)s.",
            {"from": f"{local(posted.until):%Y-%m-%d %H:%M}"},
        )
    return Denied(
        "%(count)s objections wait for an answer. Answer them on the board, or take it to mediation.",
        {"count": posted.objections},
    )


def taking_part(offered: Collection[str], chosen: Iterable[str]) -> tuple[Decision, list[str]]:
    """Who takes part, of those a step offers and in its order; at least one, where it offers any.

    Source: 关于加强城乡社区协商的意见 (2015): who consults is settled by the matter and written down.
    """
    said = set(chosen)
    named = [one for one in offered if one in said]
    if said.difference(offered):
        return Denied("Choose from those this step names."), named
    if offered and not named:
        return Denied("Tick who takes part first."), named
    return ALLOWED, named


def may_leave(needs: Iterable[Need], facts: Facts) -> Decision:
    """Whether what leaving a step needs is on record. Giving it up needs nothing (`Procedure.needs_of`)."""
    left = missing(needs, facts)
    return lacking(left[0], facts) if left else ALLOWED
