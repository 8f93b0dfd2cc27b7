"""Whether the posts a procedure names are there: in this community, filled, and able to move a matter on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from linli.matters.kinds import Power
from linli.matters.procedures.checks import Problem
from linli.matters.procedures.schema import Procedure

# Where a place has no post of the kind a step asks for, the step falls to these, in this order.
FALLBACKS: Final = ("community_clerk", "community_secretary", "street_dispatcher", "district_dispatcher")


class Filled(StrEnum):
    """How a kind of post stands in a community."""

    HELD = "held"
    PARTLY = "partly"
    VACANT = "vacant"
    EMPTY = "empty"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PostHere:
    """A kind of post in one community: how many there are, how many of them vacant, and who acts.

    `covered`: somebody acts for every one of them, its own holder or whoever its work falls to.
    `falls_to`: the title of the post that takes its steps where there is none.
    """

    code: str
    posts: int = 0
    vacant: int = 0
    covered: bool = False
    powers: frozenset[str] = frozenset()
    known: bool = True
    falls_to: str = ""

    @property
    def filled(self) -> Filled:
        """Missing: no such post. Empty: vacant and nobody above acts. Vacant: somebody above does."""
        if not self.posts:
            return Filled.MISSING
        if not self.vacant:
            return Filled.HELD
        if not self.covered:
            return Filled.EMPTY
        return Filled.VACANT if self.vacant == self.posts else Filled.PARTLY


def needed(procedure: Procedure) -> dict[str, list[str]]:
    """Every post the procedure needs, in the order of its steps, with the keys of the steps it holds; a post
    that is only told when something is late holds none."""
    found: dict[str, list[str]] = {}
    for step in procedure.steps:
        found.setdefault(step.holder, []).append(step.key)
    for step in procedure.steps:
        if step.late.escalate:
            found.setdefault(step.late.escalate, [])
    return found


def unfilled(procedure: Procedure, here: Mapping[str, PostHere]) -> Iterator[Problem]:
    """The steps nobody in this community could hold or supervise.

    A vacancy that falls to somebody above is none: it is shown, and the work is done.
    """
    for index, step in enumerate(procedure.steps):
        yield from _holder(("steps", index, "holder"), step.key, step.holder, here)
        if step.late.escalate:
            path = ("steps", index, "late", "escalate")
            yield from _supervisor(path, step.key, step.late.escalate, here)


def _holder(
    path: tuple[str | int, ...], step: str, code: str, here: Mapping[str, PostHere]
) -> Iterator[Problem]:
    post = here.get(code)
    params: dict[str, object] = {"step": step, "post": code}
    if post is None or not post.known:
        return  # a post no practice knows is told by the check of names
    if post.filled is Filled.MISSING:
        reason = "nobody here could hold step “%(step)s”: this community has no “%(post)s”"
        yield path, reason, params
    elif post.filled is Filled.EMPTY:
        reason = (
            "nobody here could hold step “%(step)s”: “%(post)s” is vacant and nobody above takes its work"
        )
        yield path, reason, params
    elif Power.MOVE not in post.powers:
        yield path, "“%(post)s” may not move a matter on, so step “%(step)s” would never be left", params


def _supervisor(
    path: tuple[str | int, ...], step: str, code: str, here: Mapping[str, PostHere]
) -> Iterator[Problem]:
    post = here.get(code)
    if post is not None and post.known and post.filled in (Filled.MISSING, Filled.EMPTY):
        reason = "step “%(step)s” escalates to “%(post)s”, and nobody here acts for that post"
        yield path, reason, {"step": step, "post": code}
