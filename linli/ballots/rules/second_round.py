"""A second round (另行选举) of an election: for the places the first left empty, among whom it did not elect.

Source: 居民委员会组织法 19: where fewer are elected than there are places, the rest are voted on again among
those not elected in the first vote who had more votes; the most votes win, one third of the votes cast at the
least. A first vote in which too few took part elected nobody and is held anew, by its own rule.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.rules.majorities import ELECTIONS, is_runoff
from linli.ballots.rules.tally import Result
from linli.kernel.decision import ALLOWED, Decision, Denied

MADE_FROM_THE_FIRST: Final = (
    "A second round is made from the result of the first: open that ballot and begin it there."
)


def may_follow(results: Sequence[Result], *, is_published: bool, has_followed: bool) -> Decision:
    """Whether a second round can be made of a ballot with these results."""
    if not all(each.question.rule.name in ELECTIONS for each in results):
        return Denied("Only an election of the residents’ committee has a second round.")
    if not is_published:
        return Denied("Publish the result first. A second round follows from it.")
    if any(is_runoff(each.question.rule) for each in results):
        return Denied("This was the second round. Whoever is still missing is elected in a new election.")
    if not all(check.holds for each in results for check in each.checks):
        return Denied("Too few took part, so nobody was elected. Hold the election anew.")
    if not questions(results):
        return Denied("Every place is filled, or nobody is left to stand. There is nothing to vote on again.")
    if has_followed:
        return Denied("Its second round is begun already.")
    return ALLOWED


def questions(results: Iterable[Result], stand: int = 0) -> tuple[Asked, ...]:
    """What a second round asks: each question with places left, and who stands for them, most votes first.

    `stand`: how many at the least, from the top, but one more than there are places; 0 is everybody. Of
    equals at the end all stand. Where some are tied over the last place, they alone stand again.
    """
    found = []
    for result in results:
        outcome, asked = result.outcome, result.question
        if outcome is None:
            continue
        seats = asked.seats - len(outcome.won)
        titles = {option.id: option.title for option in asked.options}
        left = [each for each in outcome.standings if not each.won and each.votes.heads]
        if outcome.tied:
            left = [each for each in left if each.id in outcome.tied]
        elif stand:
            least = sorted((each.votes.heads for each in left), reverse=True)[: max(stand, seats + 1)]
            left = [each for each in left if each.votes.heads >= min(least, default=0)]
        left.sort(key=lambda each: -each.votes.heads)
        if seats and left:
            names = tuple((titles[each.id], 0) for each in left)
            rule = RuleName(asked.rule.name)
            found.append(Asked(asked.title, Method.CHOOSE, rule, False, True, seats, seats, options=names))
    return tuple(found)


def fits(plan: Plan, electorate: Electorate, left: Sequence[Asked]) -> Decision:
    """Whether a ballot is the second round of another: it asks the same of the same, for the places left,
    among nobody but those who were not elected."""
    by_title = {each.title: each for each in left}
    for asked in plan.questions:
        first = by_title.get(asked.title)
        if first is None or (asked.rule, asked.seats) != (first.rule, first.seats) or not asked.is_runoff:
            return Denied("A second round is for the places the first left empty, as many and no more.")
        if not set(asked.options) <= set(first.options):
            return Denied("In a second round only those stand who were not elected in the first.")
    if plan.electorate is not electorate or not plan.is_secret:
        return Denied("A second round asks the same people in the same way as the first.")
    return ALLOWED
