"""What may be asked and what may be answered, method by method."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from linli.ballots.kinds import Consent, Method, OwnersMatter, Side
from linli.ballots.rules.majorities import Rule
from linli.ballots.rules.weights import NOTHING, Weight

Answer: TypeAlias = str | int | tuple[str, ...] | tuple[tuple[str, int], ...]

MOST_OPTIONS: Final = 200
MOST_POINTS: Final = 100
LEVELS: Final = (5, 4, 3, 2, 1)  # 非常满意 to 非常不满意
SATISFIED: Final = 4  # 满意: from here on somebody counts as satisfied, unless the question says otherwise
WITH_OPTIONS: Final = frozenset({Method.CHOOSE, Method.SCORE, Method.RANKED, Method.BUDGET})
# Only these weigh what somebody owns; points, ranks and projects are one person's, one voice each.
WEIGHING_AREA: Final = frozenset({Method.YES_NO, Method.SATISFACTION, Method.CONSENT, Method.CHOOSE})


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: a candidate, a name, a project with its cost."""

    id: str
    title: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is answered and what decides it.

    seats: how many options can win. at_most: how many somebody may choose. most_points: the best score.
    fund: what the projects may cost together, in the unit of their costs. matter: which of the owners'
    matters it is, where that was said.
    """

    id: str
    method: Method
    rule: Rule
    title: str = ""
    options: tuple[Option, ...] = ()
    seats: int = 1
    at_most: int = 1
    most_points: int = 5
    fund: int = 0
    satisfied_from: int = SATISFIED
    matter: OwnersMatter | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One vote, or several that say the same added together: the answer, its weight, its weight by part."""

    answer: Answer
    weight: Weight
    parts: Mapping[str, Weight] = field(default_factory=dict)
    consents: int = 0  # heads among them whose consent is needed


@dataclass(frozen=True, slots=True)
class Electorate:
    """Everybody entitled, also by part; those present where that is more than those who voted; how many have
    to consent; and who got a ballot and gave nothing back."""

    everybody: Weight
    parts: Mapping[str, Weight] = field(default_factory=dict)
    present: Weight = NOTHING
    consents: int = 0
    unreturned: Weight = NOTHING
    unreturned_parts: Mapping[str, Weight] = field(default_factory=dict)


class WrongAnswer(ValueError):
    """An answer the question does not allow; says what it allows. For programmers and the published file."""


def checked(question: Question, answer: object) -> Answer:
    """The answer in its one form. Raises `WrongAnswer`."""
    if answer == Side.SPOILT:
        return Side.SPOILT.value
    reading = _READING[question.method]
    return reading(question, answer)


def _side(_question: Question, answer: object) -> Answer:
    return _one_of(answer, [Side.YES, Side.NO, Side.ABSTAIN])


def _consent(_question: Question, answer: object) -> Answer:
    return _one_of(answer, list(Consent))


def _one_of(answer: object, allowed: Iterable[str]) -> Answer:
    known = [str(each) for each in allowed]
    if not isinstance(answer, str) or answer not in known:
        raise WrongAnswer(f"{answer!r} is not one of {', '.join(known)}")
    return str(answer)


def _level(_question: Question, answer: object) -> Answer:
    if answer == Side.ABSTAIN:
        return Side.ABSTAIN.value
    if not isinstance(answer, int) or isinstance(answer, bool) or answer not in LEVELS:
        raise WrongAnswer(f"{answer!r} is not a level from 1 (very dissatisfied) to 5, or abstain")
    return answer


def _chosen(question: Question, answer: object) -> Answer:
    """Options in the order of the question, so that the same choice is always the same answer."""
    chosen = _options(question, answer)
    if len(chosen) > question.at_most:
        raise WrongAnswer(f"{len(chosen)} options are chosen, at most {question.at_most} may be")
    return tuple(option.id for option in question.options if option.id in chosen)


def _ranked(question: Question, answer: object) -> Answer:
    return tuple(_options(question, answer))


def _funded(question: Question, answer: object) -> Answer:
    chosen = _options(question, answer)
    cost = sum(option.cost for option in question.options if option.id in chosen)
    if cost > question.fund:
        raise WrongAnswer(f"the chosen projects cost {cost}, more than the {question.fund} there are")
    return tuple(option.id for option in question.options if option.id in chosen)


def _options(question: Question, answer: object) -> list[str]:
    """Distinct options of the question; an empty list is an abstention."""
    if answer == Side.ABSTAIN:
        return []
    given = [answer] if isinstance(answer, str) else answer
    if not isinstance(given, list | tuple):
        raise WrongAnswer(f"{answer!r} is not a list of options")
    known = {option.id for option in question.options}
    chosen = [str(each) for each in given]
    for each in chosen:
        if each not in known:
            raise WrongAnswer(f"there is no option {each!r}")
    if len(set(chosen)) != len(chosen):
        raise WrongAnswer("an option is named twice")
    return chosen


def _points(question: Question, answer: object) -> Answer:
    """Points by option, in the order of the question; an option without points has 0."""
    if answer == Side.ABSTAIN or answer in ([], ()):
        return ()
    given = dict(answer) if isinstance(answer, tuple) else answer
    if not isinstance(given, dict):
        raise WrongAnswer(f"{answer!r} does not give points to options")
    _options(question, list(given))
    for points in given.values():
        if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= question.most_points:
            raise WrongAnswer(f"{points!r} is not a whole number of points from 0 to {question.most_points}")
    return tuple((option.id, given[option.id]) for option in question.options if option.id in given)


_READING = {
    Method.YES_NO: _side,
    Method.CONSENT: _consent,
    Method.SATISFACTION: _level,
    Method.CHOOSE: _chosen,
    Method.SCORE: _points,
    Method.RANKED: _ranked,
    Method.BUDGET: _funded,
}


def side_of(question: Question, answer: Answer) -> Side:
    """Where an answer stands: for, against, or neither. An answer with options counts as given."""
    if answer == Side.SPOILT:
        return Side.SPOILT
    if question.method is Method.YES_NO:
        return Side(str(answer))
    if question.method is Method.CONSENT:
        return {Consent.CONSENT: Side.YES, Consent.OBJECT: Side.NO}.get(Consent(str(answer)), Side.ABSTAIN)
    if question.method is Method.SATISFACTION:
        if not isinstance(answer, int):
            return Side.ABSTAIN
        return Side.YES if answer >= question.satisfied_from else Side.NO
    return Side.YES if answer else Side.ABSTAIN
