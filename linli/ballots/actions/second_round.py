"""The second round of an election, made from the result of the first."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ballots import policies
from linli.ballots.actions.preparing import keep_draft
from linli.ballots.kinds import BallotState
from linli.ballots.models import Ballot
from linli.ballots.read import ballots, counting
from linli.ballots.rules import second_round
from linli.ballots.rules.drafting import LONGEST_TITLE
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line


@dataclass(frozen=True, slots=True)
class Again:
    """What it is called, when it is voted, how many stand at the least (0: everybody who had a vote)."""

    title: str
    opens_at: datetime
    closes_at: datetime
    stand: int = 0


@transaction.atomic
def begin_second_round(*, by: Actor, ballot_id: UUID, again: Again) -> Ballot:
    """Draft the second round of an election (居民委员会组织法 19): the same people are asked in the same way,
    for the places left empty, among those who were not elected. Refused where there is none to hold."""
    first = ballots.ballot_for_update(ballot_id)
    require(policies.may_run(by, first.place.path))
    results = counting.results(first, in_full=True)
    decision = second_round.may_follow(
        results,
        is_published=first.state == BallotState.PUBLISHED,
        has_followed=ballots.second_round_of(first) is not None,
    )
    require(decision, status=CONFLICT)
    title = one_line(again.title)[:LONGEST_TITLE]
    if not title:
        raise Refused("A ballot needs a title, and each question its words.", status=UNPROCESSABLE)
    plan = replace(
        ballots.plan_of(first),
        title=title,
        opens_at=again.opens_at,
        closes_at=again.closes_at,
        questions=second_round.questions(results, again.stand),
    )
    return keep_draft(by=by, place=first.place, plan=plan, group=ballots.group_of(first), first_round=first)
