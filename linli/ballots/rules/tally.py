"""The tally: from the lines of one question to its result, with every figure and the reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from linli.ballots.kinds import Measure, Method, Side
from linli.ballots.rules import choosing
from linli.ballots.rules.answers import WITH_OPTIONS, Electorate, Line, Question, side_of
from linli.ballots.rules.choosing import Outcome
from linli.ballots.rules.majorities import (
    APPROVAL,
    CONSENT,
    PARTICIPATION,
    Check,
    Count,
    checks,
    consent,
    follow_majority,
    participation,
)
from linli.ballots.rules.weights import NOTHING, Weight


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question. `passed` is None where only an opinion was asked.

    `reason` is an English msgid with `%(name)s` places that `params` fills, as in `Denied`.
    """

    question: Question
    count: Count
    parts: Mapping[str, Count]
    checks: tuple[Check, ...]
    passed: bool | None
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome | None = None
    levels: Mapping[int, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """The reason in English."""
        return self.reason % self.params if self.params else self.reason


def tally(
    question: Question, electorate: Electorate, lines: Iterable[Line], held_on: date | None = None
) -> Result:
    """Count the lines and say whether the question passed, and why."""
    kept = list(lines)
    whole = _counted(question, electorate, kept, held_on)
    parts = _parts(question, electorate, kept, held_on)
    if question.method in WITH_OPTIONS:
        return _chosen(question, whole, parts, kept)
    tests = checks(question.rule, whole)
    if question.rule.every_part:
        tests += [test for part, count in parts.items() for test in checks(question.rule, count, part)]
    reason, params = _reason(question, whole, tests)
    failed = any(not test.holds for test in tests)
    objected = question.method is Method.CONSENT and whole.no != NOTHING
    decides = question.rule.passing is not None
    levels = _levels(kept) if question.method is Method.SATISFACTION else {}
    passed = None if not decides else not failed and not objected
    return Result(question, whole, parts, tuple(tests), passed, reason, params, levels=levels)


def _counted(
    question: Question, electorate: Electorate, lines: Sequence[Line], held_on: date | None
) -> Count:
    given: dict[Side, Weight] = defaultdict(lambda: NOTHING)
    consents = 0
    for line in lines:
        side = side_of(question, line.answer)
        given[side] += line.weight
        if side is Side.YES:
            consents += line.consents
    voted = sum(given.values(), NOTHING)
    count = Count(
        entitled=electorate.everybody,
        took_part=choosing.took_part(electorate, voted),
        yes=given[Side.YES],
        no=given[Side.NO],
        abstain=given[Side.ABSTAIN],
        spoilt=given[Side.SPOILT],
        consents_needed=electorate.consents,
        consents=consents,
    )
    if question.method in WITH_OPTIONS:
        return count
    return follow_majority(question.rule, count, electorate.unreturned, held_on)


def _parts(
    question: Question, electorate: Electorate, lines: Sequence[Line], held_on: date | None
) -> dict[str, Count]:
    """The count of each part by itself, as if it had voted alone."""
    sorted_lines: dict[str, list[Line]] = {part: [] for part in electorate.parts}
    for line in lines:
        for part, weight in line.parts.items():
            sorted_lines[part].append(Line(line.answer, weight))
    return {
        part: _counted(
            question,
            Electorate(electorate.parts[part], unreturned=electorate.unreturned_parts.get(part, NOTHING)),
            own,
            held_on,
        )
        for part, own in sorted_lines.items()
    }


def _chosen(question: Question, whole: Count, parts: Mapping[str, Count], lines: Sequence[Line]) -> Result:
    tests = tuple(participation(question.rule, whole))
    if question.method is Method.RANKED:
        outcome = choosing.runoff(question, lines)
    elif question.method is Method.SCORE:
        outcome = choosing.scored(question, lines)
    elif question.method is Method.BUDGET:
        outcome = choosing.funded(question, lines, whole)
    else:
        outcome = choosing.chosen(question, lines, whole)
    valid = all(test.holds for test in tests)
    if not valid:
        outcome = _nobody(outcome)
    whole = _consented(question, whole, lines, outcome)
    if outcome.won and question.rule.passing is not None:
        tests += tuple(consent(whole))
        if not all(test.holds for test in tests):
            outcome = _nobody(outcome)
    reason, params = _outcome_reason(question, tests, outcome)
    filled = len(outcome.won) >= (1 if question.method is Method.BUDGET else question.seats)
    decides = question.rule.passing is not None
    return Result(question, whole, parts, tests, filled if decides else None, reason, params, outcome)


def _nobody(outcome: Outcome) -> Outcome:
    """The same where it does not hold: nothing won."""
    standings = tuple(replace(each, won=False) for each in outcome.standings)
    return replace(outcome, standings=standings, won=(), tied=(), spent=0)


def _consented(question: Question, whole: Count, lines: Sequence[Line], outcome: Outcome) -> Count:
    """The count with the consents to what won: whoever has to agree besides has chosen all of it. Having
    chosen something else is no consent."""
    given = sum(line.consents for line in lines if set(outcome.won) <= choosing.named(line))
    return replace(whole, consents=given if outcome.won else 0)


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    """Heads by level of satisfaction."""
    found: dict[int, int] = defaultdict(int)
    for line in lines:
        if isinstance(line.answer, int):
            found[line.answer] += line.weight.heads
    return dict(found)


Said = tuple[str, dict[str, object]]

# What failed first, by what is compared, by which measure, in the whole or a part.
FAILED_TEXTS: Final[Mapping[tuple[str, Measure, bool], str]] = {
    (PARTICIPATION, Measure.AREA, False): "Not passed: too little of the area took part.",
    (PARTICIPATION, Measure.HEADS, False): "Not passed: too few took part.",
    (PARTICIPATION, Measure.AREA, True): "Not passed: in %(part)s too little of the area took part.",
    (PARTICIPATION, Measure.HEADS, True): "Not passed: in %(part)s too few took part.",
    (APPROVAL, Measure.AREA, False): "Not passed: too little of the area agrees.",
    (APPROVAL, Measure.HEADS, False): "Not passed: too few agree.",
    (APPROVAL, Measure.AREA, True): "Not passed: in %(part)s too little of the area agrees.",
    (APPROVAL, Measure.HEADS, True): "Not passed: in %(part)s too few agree.",
}


def _reason(question: Question, whole: Count, tests: Sequence[Check]) -> Said:
    failed = next((test for test in tests if not test.holds), None)
    if failed is not None and failed.what == CONSENT:
        missing = failed.whole - failed.have
        return "Not passed: %(count)s whose consent is needed have not agreed.", {"count": missing}
    if failed is not None:
        text = FAILED_TEXTS[failed.what, failed.measure, bool(failed.part)]
        return text, {"part": failed.part} if failed.part else {}
    if question.method is Method.CONSENT and whole.no != NOTHING:
        return "Not passed: %(count)s object.", {"count": whole.no.heads}
    if question.rule.passing is None:
        return "An opinion was asked; nothing is decided by it.", {}
    return "Passed: every share that is needed was reached.", {}


def _outcome_reason(question: Question, tests: Sequence[Check], outcome: Outcome) -> Said:
    failed = next((test for test in tests if not test.holds), None)
    if failed is not None and failed.what == CONSENT:
        missing = failed.whole - failed.have
        return "Not passed: %(count)s whose consent is needed have not agreed.", {"count": missing}
    if failed is not None:
        return "Not valid: too few took part.", {}
    if outcome.tied:
        return "Tied over the last place: those that are equal are voted on again.", {}
    if not outcome.won:
        return "Nobody and nothing reached the share that is needed.", {}
    if question.method is not Method.BUDGET and len(outcome.won) < question.seats:
        params: dict[str, object] = {"won": len(outcome.won), "seats": question.seats}
        return "%(won)s of %(seats)s places are filled; the others need a second round.", params
    if question.rule.passing is None:
        return "An opinion was asked; nothing is decided by it.", {}
    return "Decided.", {}
