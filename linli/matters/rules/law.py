"""How long the law lets things take. A community's own limits may be shorter, never longer.

Only rules read in the law's own text stand here; what is local or a custom is a dated local setting
(`clocks.LOCAL_KEYS`) and no constant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.durations import Duration, Unit
from linli.matters.kinds import MatterKind
from linli.matters.procedures.checks import Problem
from linli.matters.procedures.kinds import CLOSED, Verb
from linli.matters.procedures.schema import Procedure, Step

# A working week of five days is seven natural ones: enough to compare limits counted in either.
MINUTES: Final = {Unit.MINUTE: 1.0, Unit.HOUR: 60.0, Unit.DAY: 1440.0, Unit.WORKDAY: 1440.0 * 7 / 5}


BACK: Final = frozenset({Verb.SEND_BACK, Verb.DISAGREE})


class Scope(StrEnum):
    """What a limit of the law is about: the first step, or the quickest way to an end through a step."""

    SORTING = "sorting"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class LawLimit:
    """One limit: for which kinds of matter, of what, how long; `name` is that of its refusal in `REASONS`."""

    name: str
    kinds: frozenset[MatterKind]
    scope: Scope
    most: Duration


PETITIONS: Final = frozenset({MatterKind.APPEAL, MatterKind.PROPOSAL})
APPLICATIONS: Final = frozenset({MatterKind.APPLICATION})
LAW: Final = (
    # 信访工作条例: what came in is sorted within 15 days; a matter is finished within 60 days.
    LawLimit("petition sorted", PETITIONS, Scope.SORTING, Duration.parse("15 days")),
    LawLimit("petition finished", PETITIONS, Scope.WHOLE, Duration.parse("60 days")),
    # 行政许可法 32: what is missing is told once within 5 working days; 42: decided within 20 working days.
    LawLimit("application told", APPLICATIONS, Scope.SORTING, Duration.parse("5 workdays")),
    LawLimit("application decided", APPLICATIONS, Scope.WHOLE, Duration.parse("20 workdays")),
)
REASONS: Final[Mapping[str, str]] = {
    "petition sorted": "step “%(step)s” may take %(limit)s, but what comes in must be sorted within %(most)s "
    "(Regulations on Petitions)",
    "petition finished": "by way of step “%(step)s” a matter takes at least %(days)s days, longer than the "
    "%(most)s of the Regulations on Petitions",
    "application told": "step “%(step)s” may take %(limit)s, but what an application lacks must be told "
    "within %(most)s (Administrative Licensing Law, article 32)",
    "application decided": "by way of step “%(step)s” an application takes at least %(days)s days, longer "
    "than the %(most)s of the Administrative Licensing Law, article 42",
}
# The same for a place's own settings, by the first word of their key: a promise, a first contact.
LOCAL: Final[Mapping[str, tuple[Duration, str]]] = {
    "promise": (
        Duration.parse("60 days"),
        "A promise may not be longer than 60 days (Regulations on Petitions).",
    ),
    "contact": (
        Duration.parse("15 days"),
        "Somebody must have spoken with the raiser within 15 days (Regulations on Petitions).",
    ),
}


def local_is_lawful(key: str, value: str) -> Decision:
    """Whether a place's own promise or first contact stays within the law's limit."""
    most, reason = LOCAL.get(key.partition(".")[0], (None, ""))
    if most is not None and is_longer(Duration.parse(value), most):
        return Denied(reason)
    return ALLOWED


def minutes(length: Duration) -> float:
    """A length in minutes of an ordinary week."""
    return length.amount * MINUTES[length.unit]


def is_longer(length: Duration, most: Duration) -> bool:
    """Whether a limit is longer than the law's, in a week without holidays."""
    return minutes(length) > minutes(most)


def longer_than_law(procedure: Procedure) -> Iterator[Problem]:
    """The steps whose limits, for a kind of matter the procedure settles, are longer than the law's."""
    totals = quickest(procedure)
    for law in LAW:
        if not law.kinds.intersection(procedure.kinds):
            continue
        for index, step in enumerate(procedure.steps):
            found = _breaks(law, procedure, step, totals)
            if found is not None:
                yield ("steps", index, "within"), REASONS[law.name], found


def _breaks(
    law: LawLimit, procedure: Procedure, step: Step, totals: dict[str, float]
) -> dict[str, object] | None:
    params: dict[str, object] = {"step": step.key, "limit": step.within, "most": str(law.most)}
    if law.scope is Scope.SORTING:
        return params if step.key == procedure.starts and is_longer(step.limit, law.most) else None
    total = totals.get(step.key)
    if total is None or total <= minutes(law.most):
        return None
    return {**params, "days": round(total / MINUTES[Unit.DAY])}


def quickest(procedure: Procedure) -> dict[str, float]:
    """For each step, the sum of limits (minutes) along the shortest way from the start through it to an end.

    Ways back are no ways on. Steps that are never reached, or from which no end is, are left out: another
    check says so.
    """
    length = {step.key: minutes(step.limit) for step in procedure.steps}
    onward = {
        step.key: {move.target for move in step.moves if move.verb not in BACK} for step in procedure.steps
    }
    backward: dict[str, set[str]] = {}
    for key, targets in onward.items():
        for target in targets:
            backward.setdefault(target, set()).add(key)
    before = _shortest({procedure.starts: length.get(procedure.starts, 0.0)}, onward, length)
    ending = {key: length[key] for key in backward.get(CLOSED, ())}
    after = _shortest(ending, backward, length)
    return {key: before[key] + after[key] - length[key] for key in length if key in before and key in after}


def _shortest(
    first: dict[str, float], leads: dict[str, set[str]], length: dict[str, float]
) -> dict[str, float]:
    """Shortest sums from some first steps on; procedures have few steps, so the nearest is looked for."""
    waiting, settled = dict(first), dict[str, float]()
    while waiting:
        key = min(waiting, key=lambda one: waiting[one])
        settled[key] = waiting.pop(key)
        for target in leads.get(key, ()):
            if target in length and target not in settled:
                total = settled[key] + length[target]
                waiting[target] = min(total, waiting.get(target, total))
    return settled
