"""What a community's own procedure must be before anybody follows it, and what it is called."""

from collections.abc import Iterator, Mapping

from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.matters.procedures.checks import Problem
from linli.matters.procedures.schema import Procedure
from linli.matters.rules.difference import difference
from linli.matters.rules.holders import PostHere, unfilled
from linli.matters.rules.law import longer_than_law

LONGEST_NAME = 40


def besides(procedure: Procedure, here: Mapping[str, PostHere]) -> Iterator[Problem]:
    """What is asked of it beside being well formed: somebody here for each step, no limit above the law's."""
    yield from unfilled(procedure, here)
    yield from longer_than_law(procedure)


def own_name(name: str, path: str) -> str:
    """The name of a community's own copy: that of what it was made from and the community's place code.

    `path` is the community's (`/510303/003/002/`): no other community has it, so no two copies meet.
    """
    ending = "-" + "".join(sign for sign in path if sign.isalnum()).lower()
    stem = name.removesuffix(ending)
    return stem[: LONGEST_NAME - len(ending)].rstrip("-_") + ending


def is_worth_publishing(base: Procedure | None, new: Procedure) -> Decision:
    """A version that says what the one before it says is none."""
    if base is not None and not difference(base, new):
        return Denied("Nothing is different from the version it was made from.")
    return ALLOWED
