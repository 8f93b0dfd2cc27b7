"""Counting a published file again: figures, checks, and the answer, as plain data."""

from collections.abc import Mapping
from typing import Any

from linli.ballots.kinds import Measure
from linli.ballots.rules.choosing import Outcome
from linli.ballots.rules.majorities import Check, Count, Rule
from linli.ballots.rules.published import FORMAT, Published, parse, read
from linli.ballots.rules.tally import Result, tally
from linli.ballots.rules.weights import Weight


def recount(content: bytes) -> dict[str, Any]:
    """What comes of a file. Raises `Damaged` when it cannot be counted."""
    published = read(parse(content))
    found = results_of(published)
    return {
        "format": FORMAT,
        "title": published.title,
        "sealed": published.sealed,
        "votes": published.votes,
        "superseded": published.superseded,
        "binding": published.binding,
        **found,
        "agrees_with_published": None if published.result is None else published.result == found,
    }


def results_of(published: Published) -> dict[str, Any]:
    """The results of every question, as the published file keeps them."""
    results = [
        tally(question, published.electorate, published.lines[question.id], published.settled_on)
        for question in published.questions
    ]
    return summed_up(results)


def summed_up(results: list[Result]) -> dict[str, Any]:
    """Several questions' results; `passed` is whether every question that decides something did pass."""
    deciding = [result.passed for result in results if result.passed is not None]
    return {
        "passed": all(deciding) if deciding else None,
        "reason": next((str(result) for result in results if result.passed is False), str(results[0])),
        "questions": [figures(result) for result in results],
    }


def figures(result: Result) -> dict[str, Any]:
    """One question's result."""
    rule = result.question.rule
    found: dict[str, Any] = {
        "id": result.question.id,
        "title": result.question.title,
        "passed": result.passed,
        "reason": str(result),
        "figures": _count(rule, result.count),
        "checks": [_check(check) for check in result.checks],
    }
    if result.parts:
        found["parts"] = {part: _count(rule, count) for part, count in result.parts.items()}
    if result.levels:
        found["levels"] = {str(level): heads for level, heads in sorted(result.levels.items(), reverse=True)}
    if result.outcome is not None:
        found |= _outcome(rule, result.outcome)
    return found


def _weight(rule: Rule, weight: Weight) -> dict[str, int]:
    found = {"heads": weight.heads}
    return {"area": weight.area, **found} if Measure.AREA in rule.measures else found


def _count(rule: Rule, count: Count) -> dict[str, Any]:
    names = ("entitled", "took_part", "yes", "no", "abstain", "spoilt", "followed")
    found: dict[str, Any] = {name: _weight(rule, getattr(count, name)) for name in names}
    if count.consents_needed:
        found["consents"] = {"needed": count.consents_needed, "given": count.consents}
    return found


def _check(check: Check) -> dict[str, Any]:
    sign = ">" if check.share.strict else "≥"
    found: dict[str, Any] = {
        "check": check.what,
        "measure": check.measure.value,
        "have": check.have,
        "of": check.whole,
        "share": str(check.share),
        "needed": check.needed,
        "holds": check.holds,
        "compared": f"{check.share.denominator} × {check.have} {sign} "
        f"{check.share.numerator} × {check.whole}",
    }
    return found | ({"part": check.part} if check.part else {})


def _outcome(rule: Rule, outcome: Outcome) -> dict[str, Any]:
    options = [
        {"id": each.id, "votes": _weight(rule, each.votes), "enough": each.enough, "won": each.won}
        | ({"points": each.points} if each.points else {})
        for each in outcome.standings
    ]
    found: dict[str, Any] = {"options": options, "won": list(outcome.won), "tied": list(outcome.tied)}
    if outcome.rounds:
        rounds = [_round(each.votes, each.leaves) for each in outcome.rounds]
        found["rounds"] = rounds
    return found | ({"spent": outcome.spent} if outcome.spent else {})


def _round(votes: Mapping[str, int], leaves: str) -> dict[str, Any]:
    return {"votes": dict(votes)} | ({"leaves": leaves} if leaves else {})
