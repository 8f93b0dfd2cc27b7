"""When somebody may vote for another, entrusted with it in writing (委托).

Sources: 居民委员会组织法 19 (whoever is away entrusts another in writing; nobody takes on more than three;
none where representatives vote); 物业管理条例 12 (an owner may entrust somebody); 建房〔2009〕274号 22 (on a
written ballot the owner signs personally, so whoever is entrusted signs at the meeting alone). The limit of
three is the residents' committee law's and kept for owners too: nobody collects an entrance's votes.
"""

from typing import Final

from linli.ballots.kinds import Channel, Electorate
from linli.kernel.decision import ALLOWED, Decision, Denied

MOST_PROXIES: Final = 3
# Whose vote can be entrusted. Members of a body and representatives vote themselves.
ENTRUSTING: Final = frozenset({Electorate.OWNERS, Electorate.RESIDENTS, Electorate.HOUSEHOLDS})


def may_sign(electorate: str, channel: Channel) -> Decision:
    """Whether somebody entrusted may have signed a sheet that came in this way: an owner's at the meeting."""
    if electorate == Electorate.OWNERS and channel is not Channel.MEETING:
        return Denied(
            "An owner signs the sheet personally. Whoever is entrusted may sign it at the meeting only."
        )
    return ALLOWED


def may_take_on(electorate: str, *, held: int, is_adult: bool, is_own: bool) -> Decision:
    """Whether somebody may take on one more vote in a ballot.

    held: how many have entrusted them already. is_own: whether the vote is theirs to give anyway.
    """
    if electorate not in ENTRUSTING:
        return Denied("In this ballot everybody votes themselves; nobody can be entrusted with it.")
    if is_own:
        return Denied("Choose somebody else: this vote is theirs anyway.")
    if not is_adult:
        return Denied("Choose somebody who is grown up.")
    if held >= MOST_PROXIES:
        return Denied(
            "They already vote for %(most)s others, and nobody may for more.", {"most": MOST_PROXIES}
        )
    return ALLOWED
