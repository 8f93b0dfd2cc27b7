"""Which majority the law asks of the owners for which matter.

Source: 民法典 278: two thirds take part in all of them, by area and by heads; items 1–5 and 9 pass with more
than half of these, items 6–8 with three quarters. Older texts (物业管理条例 12) print other numbers.
"""

from collections.abc import Mapping
from typing import Final

from linli.ballots.kinds import OwnersMatter, RuleName
from linli.ballots.rules.majorities import NAMED

MAJORITY: Final[Mapping[OwnersMatter, RuleName]] = {
    OwnersMatter.PROCEDURE: RuleName.OWNERS_ORDINARY,  # 1 业主大会议事规则
    OwnersMatter.COVENANT: RuleName.OWNERS_ORDINARY,  # 2 管理规约
    OwnersMatter.COMMITTEE: RuleName.OWNERS_ORDINARY,  # 3 选举业主委员会或者更换其成员
    OwnersMatter.MANAGER: RuleName.OWNERS_ORDINARY,  # 4 选聘和解聘物业服务企业或者其他管理人
    OwnersMatter.USE_FUND: RuleName.OWNERS_ORDINARY,  # 5 使用维修资金
    OwnersMatter.RAISE_FUND: RuleName.OWNERS_SPECIAL,  # 6 筹集维修资金
    OwnersMatter.REBUILD: RuleName.OWNERS_SPECIAL,  # 7 改建、重建
    OwnersMatter.CHANGE_USE: RuleName.OWNERS_SPECIAL,  # 8 改变共有部分的用途或者利用共有部分从事经营活动
    OwnersMatter.OTHER: RuleName.OWNERS_ORDINARY,  # 9 其他重大事项
}


def is_decided_by(matter: OwnersMatter, rule: RuleName) -> bool:
    """Whether a rule asks the shares the law asks for the matter: a lift, which is a rebuilding, has a rule
    of its own with the shares of the special one."""
    asked, needed = NAMED[rule], NAMED[MAJORITY[matter]]
    return (asked.measures, asked.quorum, asked.passing, asked.base) == (
        needed.measures,
        needed.quorum,
        needed.passing,
        needed.base,
    )


def item(matter: OwnersMatter) -> int:
    """The number of a matter in the law: they stand in its order."""
    return list(MAJORITY).index(matter) + 1


def of(rule: RuleName) -> tuple[OwnersMatter, ...]:
    """The matters a rule is made for, in the order of the law."""
    return tuple(matter for matter, majority in MAJORITY.items() if majority is rule)
