"""The days around a ballot for whoever runs it: what has to be out by when, what is late, what follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.ballots.kinds import BallotState, Electorate, RuleName
from linli.ballots.read import ballots, counting, roll
from linli.ballots.rules import drafting, timetable
from linli.ballots.rules.answers import Question
from linli.ballots.rules.tally import Result
from linli.kernel.clock import local, today

BEFORE = (BallotState.DRAFT, BallotState.ANNOUNCED)


def days_of(row: ballots.Ballot, questions: Sequence[Question], results: Sequence[Result]) -> dict[str, Any]:
    """What the page of a ballot says of its days."""
    rules = [RuleName(each.rule.name) for each in questions]
    opens, notice = local(row.opens_at).date(), drafting.notice_days(rules)
    is_draft = row.state == BallotState.DRAFT
    return {
        "announce_by": timetable.announce_by(opens, notice) if is_draft and notice else None,
        "voter_roll": _voter_roll(row, rules, opens) if row.state in BEFORE else None,
        "waiting": _waiting(row) if row.frozen_at else None,
        "following": counting.following(row, results),
        "revocation": revocation(row, results),
    }


def _voter_roll(row: ballots.Ballot, rules: Sequence[RuleName], opens: date) -> dict[str, Any] | None:
    """The roll of an election: by when it is out, and whether voting can begin on its day, or at all."""
    days = drafting.roll_days(rules)
    if not days:
        return None
    found = timetable.voter_roll(opens, days, row.objections_until, today())
    return {
        "days": days,
        "by": found.by,
        "since": found.since,
        "earliest": found.earliest,
        "is_in_time": found.is_in_time(opens),
        "is_possible": found.is_in_time(local(row.closes_at).date()),
    }


def _waiting(row: ballots.Ballot) -> dict[str, Any] | None:
    """How many objections wait for a ruling, by when the first is due, and whether that day has passed."""
    count = roll.waiting_objections(row)
    if not count:
        return None
    due = roll.first_ruling_due(row)
    return {"count": count, "due": due, "is_late": due is not None and due < today()}


def revocation(row: ballots.Ballot, results: Sequence[Result]) -> str:
    """That an owner whom a decision harms can have it revoked, and until when; "" where owners decided
    nothing (民法典 280)."""
    if row.electorate != Electorate.OWNERS or not any(result.passed for result in results):
        return ""
    announced = ballots.announced_on(row)
    if announced is None:
        return _(
            "An owner whom it harms can ask the court to revoke it within one year of knowing of it, counted "
            "from the day the result is announced (Civil Code 280)."
        )
    return _(
        "An owner whom it harms can ask the court to revoke it within one year of knowing of it: until "
        "%(day)s, counted from the day the result was announced (Civil Code 280)."
    ) % {"day": timetable.revocable_until(announced).isoformat()}
