"""What has to follow an election or a change of members: until when, and with which papers.

Sources: 业主大会和业主委员会指导规则 (建房〔2009〕274号) 32 (first meeting), 33 (filing: how the election
went, the covenant, the rules of procedure, other decisions of weight), 34 (changes); 城市居民委员会组织法 25
(handover). The day of the event is not counted (民法典 201).
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from linli.gatherings.kinds import BodyKind, DutyKind, Paper
from linli.gatherings.rules.composition import ASKED
from linli.kernel.decision import ALLOWED, Decision, Denied

DAYS: Final[Mapping[DutyKind, int]] = {
    DutyKind.FIRST_MEETING: 7,
    DutyKind.FILING: 30,
    DutyKind.CHANGE_FILING: 30,
    DutyKind.HANDOVER: 10,
}
AFTER_ELECTION: Final[Mapping[BodyKind, tuple[DutyKind, ...]]] = {
    BodyKind.OWNERS_COMMITTEE: (DutyKind.FIRST_MEETING, DutyKind.FILING),
    BodyKind.RESIDENTS_COMMITTEE: (DutyKind.HANDOVER,),
}
AFTER_CHANGE: Final[Mapping[BodyKind, tuple[DutyKind, ...]]] = {
    BodyKind.OWNERS_COMMITTEE: (DutyKind.CHANGE_FILING,),
}
NEEDED: Final[Mapping[DutyKind, tuple[Paper, ...]]] = {
    DutyKind.FILING: (Paper.ELECTION, Paper.COVENANT, Paper.PROCEDURE),
    DutyKind.CHANGE_FILING: (Paper.CHANGES,),
}
BESIDES: Final[Mapping[DutyKind, tuple[Paper, ...]]] = {DutyKind.FILING: (Paper.DECISIONS,)}
FILED: Final = frozenset(NEEDED)  # done by handing papers in somewhere
LONGEST_OFFICE: Final = 80
LONGEST_NUMBER: Final = 60


def due(kind: DutyKind, began: date) -> date:
    """The last day for something that began to run on a day."""
    return began + timedelta(days=DAYS[kind])


def is_change(kind: BodyKind, *, sat_before: int, was_filed: bool) -> bool:
    """Whether members coming or going is a change to be filed (274号 34): once the committee was filed here,
    or once as many had sat in it before as the law asks at least, since its first filing may be older than
    its page here. Those named until then are the committee as it was elected."""
    asked = ASKED.get(kind)
    least = asked.size[0] if asked is not None and asked.size is not None else 0
    return kind in AFTER_CHANGE and (was_filed or 0 < least <= sat_before)


def is_late(last: date, done_on: date | None, today: date) -> bool:
    """Whether its last day passed before it was done, or passed and it is not."""
    return (done_on or today) > last


def may_be_done(
    kind: DutyKind, began: date, on: date, today: date, *, office: str, papers: Collection[Paper]
) -> Decision:
    """Whether something can be written down as done: on a day from its beginning to today, a filing with the
    office it was filed with and every paper the law names."""
    if not began <= on <= today:
        return Denied("It was done on a day from %(began)s to today.", {"began": began.isoformat()})
    if kind in FILED and not office:
        return Denied("Say where it was filed.")
    if any(paper not in papers for paper in NEEDED.get(kind, ())):
        return Denied("Not all papers the law names were handed in. Write it down once they are.")
    return ALLOWED


def papers_of(kind: DutyKind) -> tuple[Paper, ...]:
    """Every paper that can go with it, those the law names first."""
    return NEEDED.get(kind, ()) + BESIDES.get(kind, ())
