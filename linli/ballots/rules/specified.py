"""Questions and rules as they are written in a published file, read and written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from linli.ballots.kinds import Base, Measure, Method, RuleName
from linli.ballots.rules import majorities
from linli.ballots.rules.answers import (
    LEVELS,
    MOST_OPTIONS,
    MOST_POINTS,
    SATISFIED,
    WEIGHING_AREA,
    WITH_OPTIONS,
    Option,
    Question,
)
from linli.ballots.rules.majorities import ELECTIONS, NAMED, HouseRule, Rule
from linli.ballots.rules.weights import MOST
from linli.kernel.shares import Share

RULE_KEYS: Final = frozenset(
    {"name", "measures", "quorum", "passing", "of", "every_part", "runoff", "follow_majority"}
)


class Damaged(ValueError):
    """A file that cannot be counted; says where and why."""


def question_of(given: Mapping[str, Any], where: str) -> Question:
    """One question as written. Raises `Damaged`."""
    try:
        method = Method(given.get("method", Method.YES_NO))
    except ValueError:
        raise Damaged(f"{where}.method: {given['method']!r} is not one of {', '.join(Method)}") from None
    rule = rule_of(given.get("rule", RuleName.OPINION.value), f"{where}.rule")
    if Measure.AREA in rule.measures and method not in WEIGHING_AREA:
        raise Damaged(f"{where}.method: {method} counts heads only, and the rule counts area")
    if rule.every_part and method in WITH_OPTIONS:
        raise Damaged(f"{where}.rule.every_part: only for questions for or against something")
    options = _options(given.get("options", []), where) if method in WITH_OPTIONS else ()
    if method in WITH_OPTIONS and not options:
        raise Damaged(f"{where}.options: at least one is needed")
    seats = _whole(given, "seats", 1, where, least=1, most=MOST_OPTIONS)
    return Question(
        id=str(given["id"]),
        method=method,
        rule=rule,
        title=str(given.get("title", "")),
        options=options,
        seats=seats,
        at_most=_whole(given, "at_most", seats, where, least=1, most=MOST_OPTIONS),
        most_points=_whole(given, "most_points", LEVELS[0], where, least=1, most=MOST_POINTS),
        fund=_whole(given, "fund", 0, where),
        satisfied_from=_whole(given, "satisfied_from", SATISFIED, where, least=1, most=LEVELS[0]),
    )


def _options(value: Any, where: str) -> tuple[Option, ...]:
    if not isinstance(value, list) or len(value) > MOST_OPTIONS:
        raise Damaged(f"{where}.options: a list of at most {MOST_OPTIONS} is needed")
    found = []
    for number, each in enumerate(value):
        given = {"id": each} if isinstance(each, str) else each
        if not isinstance(given, dict) or not given.get("id"):
            raise Damaged(f"{where}.options[{number}]: an id is needed")
        cost = _whole(given, "cost", 0, f"{where}.options[{number}]")
        found.append(Option(str(given["id"]), str(given.get("title", "")), cost))
    if len({option.id for option in found}) != len(found):
        raise Damaged(f"{where}.options: two have the same id")
    return tuple(found)


def rule_of(value: Any, where: str) -> Rule:
    """A rule by its name, or by a name and what differs, or wholly spelt out. Raises `Damaged`."""
    given = {"name": value} if isinstance(value, str) else value
    if not isinstance(given, dict):
        raise Damaged(f"{where}: a name or an object is needed")
    unknown = sorted(set(given) - RULE_KEYS)
    if unknown:
        raise Damaged(f"{where}.{unknown[0]}: not known; known are {', '.join(sorted(RULE_KEYS))}")
    rule = _named(given.get("name"), where)
    try:
        if "measures" in given:
            rule = replace(rule, measures=tuple(Measure(each) for each in given["measures"]))
        if "quorum" in given:
            rule = replace(rule, quorum=_share(given["quorum"]))
        if "passing" in given:
            rule = replace(rule, passing=_share(given["passing"]))
        if "of" in given:
            rule = replace(rule, base=Base(given["of"]))
        if given.get("follow_majority"):
            rule = replace(rule, follow=_house_rule(given["follow_majority"]))
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(f"{where}: {error}") from error
    if not rule.measures:
        raise Damaged(f"{where}.measures: heads, or area and heads")
    rule = replace(rule, every_part=given.get("every_part") is True)
    if given.get("runoff") is not True:
        return rule
    if rule.name not in ELECTIONS:
        raise Damaged(f"{where}.runoff: only an election has a second round")
    return majorities.runoff(rule)


def _named(name: Any, where: str) -> Rule:
    if name is None:
        return Rule("own")
    try:
        return NAMED[RuleName(name)]
    except ValueError:
        raise Damaged(f"{where}: {name!r} is not one of {', '.join(RuleName)}") from None


def _share(value: Any) -> Share | None:
    return None if value is None else Share.parse(str(value))


def _house_rule(given: Mapping[str, Any]) -> HouseRule:
    until = given.get("until")
    return HouseRule(
        str(given["source"]),
        date.fromisoformat(given["from"]),
        date.fromisoformat(until) if until else None,
    )


def written_rule(rule: Rule) -> dict[str, Any]:
    """The rule spelt out, as a published file names it: nobody has to look a number up."""
    found: dict[str, Any] = {
        "name": rule.name,
        "measures": [measure.value for measure in rule.measures],
        "quorum": str(rule.quorum) if rule.quorum else None,
        "passing": str(rule.passing) if rule.passing else None,
        "of": rule.base.value,
        "every_part": rule.every_part,
    }
    if rule.follow is not None:
        until = rule.follow.until.isoformat() if rule.follow.until else None
        found["follow_majority"] = {
            "source": rule.follow.source,
            "from": rule.follow.starts.isoformat(),
            "until": until,
        }
    return found


def written_question(question: Question) -> dict[str, Any]:
    """A question as a published file writes it."""
    found: dict[str, Any] = {
        "id": question.id,
        "title": question.title,
        "method": question.method.value,
        "rule": written_rule(question.rule),
    }
    if question.method in WITH_OPTIONS:
        found["options"] = [
            {"id": option.id, "title": option.title} | ({"cost": option.cost} if option.cost else {})
            for option in question.options
        ]
        found |= {"seats": question.seats, "at_most": question.at_most}
        found |= {"most_points": question.most_points, "fund": question.fund}
    if question.method is Method.SATISFACTION:
        found["satisfied_from"] = question.satisfied_from
    return found


def _whole(
    given: Mapping[str, Any], name: str, default: int, where: str, *, least: int = 0, most: int = MOST
) -> int:
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Damaged(f"{where}.{name}: {str(value)[:40]} is not a whole number from {least} to {most}")
    return value
