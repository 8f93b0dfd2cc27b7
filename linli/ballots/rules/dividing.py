"""Whether a ballot decided that common income is divided otherwise than by area.

Source: 民法典 283: as agreed; where nothing is or it is not clear, by area. What binds owners who did not
agree is a decision of them all (278, item 9), taken where the money is theirs.
"""

from collections.abc import Iterable

from linli.ballots.kinds import Electorate, OwnersMatter
from linli.ballots.rules.majorities import OWNERS
from linli.ballots.rules.tally import Result
from linli.kernel.decision import ALLOWED, Decision, Denied


def divides(results: Iterable[Result], *, electorate: str, is_published: bool, is_theirs: bool) -> Decision:
    """Whether a ballot can stand for the division. `is_theirs`: it was held at the place whose income it is,
    or around it in the same community."""
    if electorate != Electorate.OWNERS:
        return Denied("Only owners decide how their income is divided. Name a ballot of owners.")
    if not is_theirs:
        return Denied("This ballot is of other owners. Name one of the place the income belongs to.")
    if not is_published:
        return Denied("The result of this ballot is not published yet.")
    decided = [
        each
        for each in results
        if each.question.rule.name in OWNERS and each.question.matter in (None, OwnersMatter.OTHER)
    ]
    if not decided:
        return Denied("This ballot decided on something else. Name the one on the income.")
    if not any(each.passed for each in decided):
        return Denied("This ballot did not pass. Without a decision the income is divided by area.")
    return ALLOWED
