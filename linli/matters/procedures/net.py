"""The net under every procedure: what may happen to a matter at any step, whatever its file says.

Drawn below each procedure. The engine has an action and a policy for each (a test compares the powers).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linli.matters.procedures.schema import Words


class NetVerb(StrEnum):
    """The moves common to every procedure."""

    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    HAND_OVER = "hand_over"
    MERGE = "merge"
    SPLIT = "split"
    REOPEN = "reopen"


class MatterState(StrEnum):
    """Where a matter stands beside its step: running, its clock stopped, or ended."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class NetMove:
    """One common move.

    `power` is what staff need for it, None where staff may not; `raiser` says whether the one who raised the
    matter may do it; `leaves` are the states it starts from and `becomes` the state after it. `restarts`:
    the matter goes back to a step of its procedure which the one who moves it chooses.
    """

    verb: NetVerb
    title: Words
    says: Words
    power: str | None
    raiser: bool
    leaves: frozenset[MatterState]
    becomes: MatterState
    restarts: bool = False


RUNNING = frozenset({MatterState.OPEN, MatterState.SUSPENDED})
OPEN_ONLY = frozenset({MatterState.OPEN})

NET: tuple[NetMove, ...] = (
    NetMove(
        NetVerb.WITHDRAW,
        Words(zh="撤回", en="Withdraw"),
        Words(zh="提的人不办了，事情到此为止。", en="The raiser takes it back and it ends."),
        power=None,
        raiser=True,
        leaves=RUNNING,
        becomes=MatterState.CLOSED,
    ),
    NetMove(
        NetVerb.SUSPEND,
        Words(zh="暂停", en="Suspend"),
        Words(zh="写明原因，时限先停住。", en="With a reason, its clock stops."),
        power="matter.suspend",
        raiser=False,
        leaves=OPEN_ONLY,
        becomes=MatterState.SUSPENDED,
    ),
    NetMove(
        NetVerb.RESUME,
        Words(zh="恢复", en="Resume"),
        Words(zh="原因没了，时限接着走。", en="The reason is gone and its clock runs on."),
        power="matter.suspend",
        raiser=False,
        leaves=frozenset({MatterState.SUSPENDED}),
        becomes=MatterState.OPEN,
    ),
    NetMove(
        NetVerb.EXTEND,
        Words(zh="延期", en="Extend"),
        Words(zh="写明原因，经批准改到新的日子。", en="With a reason, approved, to a new date."),
        power="extension.approve",
        raiser=False,
        leaves=OPEN_ONLY,
        becomes=MatterState.OPEN,
    ),
    NetMove(
        NetVerb.HAND_OVER,
        Words(zh="转交", en="Hand over"),
        Words(zh="转给该管的，不用从头再来。", en="To whose duty it is, without starting again."),
        power="matter.hand_over",
        raiser=False,
        leaves=OPEN_ONLY,
        becomes=MatterState.OPEN,
    ),
    NetMove(
        NetVerb.MERGE,
        Words(zh="合并", en="Merge"),
        Words(
            zh="同一件事并到一起，一起等结果。",
            en="The same matter twice becomes one.",
        ),
        power="matter.triage",
        raiser=False,
        leaves=RUNNING,
        becomes=MatterState.CLOSED,
    ),
    NetMove(
        NetVerb.SPLIT,
        Words(zh="拆分", en="Split"),
        Words(zh="一次说了几件事，分开各办各的。", en="Several matters in one are taken apart."),
        power="matter.triage",
        raiser=False,
        leaves=OPEN_ONLY,
        becomes=MatterState.OPEN,
    ),
    NetMove(
        NetVerb.REOPEN,
        Words(zh="重办", en="Reopen"),
        Words(zh="提的人说没解决，那就接着办。", en="The raiser says it is not solved; it goes on."),
        power="matter.callback",
        raiser=True,
        leaves=frozenset({MatterState.CLOSED}),
        becomes=MatterState.OPEN,
        restarts=True,
    ),
)

BY_VERB = {move.verb: move for move in NET}
