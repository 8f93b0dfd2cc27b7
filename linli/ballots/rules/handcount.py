"""An election counted by hand in public: whether its figures fit together, and what they add up to.

Source: 居民委员会组织法 19 (secret, counted in public). More slips back than were handed
out is no valid vote.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from linli.ballots.kinds import Method, Side
from linli.ballots.rules.answers import Line, Question
from linli.ballots.rules.specified import Damaged
from linli.ballots.rules.weights import Weight
from linli.kernel.decision import Denied

MOST_SLIPS: Final = 1_000_000  # more voters than any place that elects a committee has


@dataclass(frozen=True, slots=True)
class Slips:
    """What the slips said to one question: how many were valid, spoilt, blank; each candidate's votes."""

    valid: int
    invalid: int
    blank: int
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HandCount:
    """How many slips went out and came back, and what they said to each question by its id."""

    handed_out: int
    collected: int
    questions: Mapping[str, Slips]


def faults(count: HandCount, questions: Sequence[Question], entitled: int) -> Iterator[Denied]:
    """What does not fit together; nothing for a sound count."""
    if count.handed_out > entitled:
        yield Denied("More slips were handed out than there are voters on the roll.")
    if count.collected > count.handed_out:
        yield Denied("More slips came back than were handed out. Such a vote is not valid.")
    for question in questions:
        yield from _question_faults(count, question, count.questions[question.id])


def _question_faults(count: HandCount, question: Question, slips: Slips) -> Iterator[Denied]:
    given = slips.valid + slips.invalid + slips.blank
    if given != count.collected:
        params = {"title": question.title, "given": given, "collected": count.collected}
        yield Denied(
            "%(title)s: valid, invalid and blank slips make %(given)s, but %(collected)s came back.", params
        )
    votes = sum(slips.votes.values())
    if any(each > slips.valid for each in slips.votes.values()):
        yield Denied("%(title)s: a candidate has more votes than slips are valid.", {"title": question.title})
    if not slips.valid <= votes <= slips.valid * question.at_most:
        most = slips.valid * question.at_most
        params = {"title": question.title, "votes": votes, "fewest": slips.valid, "most": most}
        yield Denied(
            "%(title)s: the candidates have %(votes)s votes together; from the valid slips it can be "
            "%(fewest)s to %(most)s.",
            params,
        )


def written(slips: Slips) -> dict[str, Any]:
    """The figures as they are kept and published."""
    figures = {"valid": slips.valid, "invalid": slips.invalid, "blank": slips.blank}
    return {**figures, "votes": dict(slips.votes)}


def slips_of(given: Mapping[str, Any]) -> Slips:
    """The figures as they were kept."""
    return Slips(given["valid"], given["invalid"], given["blank"], given["votes"])


def read(value: Any, questions: Sequence[Question], entitled: int) -> HandCount:
    """A count by hand in a published file, checked. Raises `Damaged`."""
    given = _object(value, "hand_count")
    asked = _object(given.get("questions"), "hand_count.questions")
    found = {}
    for question in questions:
        where = f"hand_count.questions.{question.id}"
        if question.method is not Method.CHOOSE:
            raise Damaged(f"{where}: only a choice among candidates is counted by hand")
        slips = _object(asked.get(question.id), where)
        votes = _object(slips.get("votes"), f"{where}.votes")
        for option in votes.keys() - {each.id for each in question.options}:
            raise Damaged(f"{where}.votes: there is no option {option!r}")
        found[question.id] = Slips(
            valid=_number(slips.get("valid"), f"{where}.valid"),
            invalid=_number(slips.get("invalid"), f"{where}.invalid"),
            blank=_number(slips.get("blank"), f"{where}.blank"),
            votes={option: _number(each, f"{where}.votes.{option}") for option, each in votes.items()},
        )
    count = HandCount(
        _number(given.get("handed_out"), "hand_count.handed_out"),
        _number(given.get("collected"), "hand_count.collected"),
        found,
    )
    for fault in faults(count, questions, entitled):
        raise Damaged(f"hand_count: {fault.reason % fault.params}")
    return count


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Damaged(f"{where}: an object is needed")
    return value


def _number(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_SLIPS:
        raise Damaged(f"{where}: {str(value)[:40]} is not a whole number of slips from 0 to {MOST_SLIPS}")
    return value


def lines(question: Question, slips: Slips) -> list[Line]:
    """Slips that add up to the figures, for the tally.

    Which candidates stood together on a slip is not counted by hand and plays no part in the result. The
    votes are dealt round the valid slips one candidate after the other, so no slip has a candidate twice or
    more than the rule allows.
    """
    dealt: list[list[str]] = [[] for _ in range(slips.valid)]
    turn = 0
    for option in question.options:
        for _vote in range(slips.votes.get(option.id, 0)):
            dealt[turn % slips.valid].append(option.id)
            turn += 1
    found = [Line(answer, Weight(heads=heads)) for answer, heads in Counter(map(tuple, dealt)).items()]
    found.append(Line((), Weight(heads=slips.blank)))
    found.append(Line(Side.SPOILT.value, Weight(heads=slips.invalid)))
    return [line for line in found if line.weight.heads]
