"""Who may ask for a recall, stand in a vote, and how big what is elected may be.

Sources: 建房〔2009〕274号 arts 31–32; 居民委员会组织法 8, 13, 18–20, 28, 37. Who calls a meeting: gatherings.
"""

from typing import Final

from linli.ballots.rules.shares import ONE_THIRD, Share

ONE_TENTH: Final = Share(1, 10)
FOUR_FIFTHS: Final = Share(4, 5)

OWNERS_COMMITTEE: Final = range(5, 12)
RESIDENTS_COMMITTEE: Final = range(5, 10)
TERM_YEARS: Final = 5
NOMINATORS: Final = 10  # voters together; the party organisation nominates too
HOUSEHOLDS_PER_REP: Final = range(20, 51)
MOST_PROXIES: Final = 3
UNFIT_TWICE: Final = 2


def may_recall(askers: int, entitled: int, *, rep_askers: int = 0, reps: int = 0) -> bool:
    """A vote on recalling the committee: a tenth of voters or household reps, or a third of the reps (20)."""
    return ONE_TENTH.holds(askers, entitled) or ONE_THIRD.holds(rep_askers, reps)


def is_rep_assembly(reps: int, members: int) -> bool:
    """Whether enough of an assembly's members are representatives of residents: four fifths (art 28)."""
    return FOUR_FIFTHS.holds(reps, members)


def owners_committee_fits(seats: int) -> bool:
    """5 to 11 members, an odd number."""
    return seats in OWNERS_COMMITTEE and seats % 2 == 1


def residents_committee_fits(members: int, women: int) -> bool:
    """5 to 9 members, a woman among them."""
    return members in RESIDENTS_COMMITTEE and 1 <= women <= members


def may_nominate(nominators: int) -> bool:
    """Ten voters together put somebody up (art 18)."""
    return nominators >= NOMINATORS


def reps_for(households: int) -> range:
    """How many representatives so many households have: one for 20 to 50 (art 13)."""
    fewest, most = HOUSEHOLDS_PER_REP.start, HOUSEHOLDS_PER_REP.stop - 1
    return range(-(-households // most), households // fewest + 1)


def may_hold_proxy(held: int, *, rep_mode: bool) -> bool:
    """One more proxy for somebody who holds so many: three at most, none where representatives vote (19)."""
    return not rep_mode and held < MOST_PROXIES


def ends_office(unfit_in_a_row: int) -> bool:
    """Two yearly judgements of 不称职 one after the other end an office (art 37)."""
    return unfit_in_a_row >= UNFIT_TWICE
