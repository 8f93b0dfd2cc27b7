"""An election counted by hand in public: whether its figures fit together, and what they add up to.

Source: 居民委员会组织法 19 (secret, counted in public). More slips back than were handed
out is no valid vote. Voters may write in somebody who is no candidate (另选他人): the names are entered
as they were read out, and counted like the others.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from linli.ballots.kinds import Method, Side
from linli.ballots.rules.answers import Line, Option, Question
from linli.ballots.rules.majorities import is_runoff
from linli.ballots.rules.specified import Damaged
from linli.ballots.rules.tally import Result
from linli.ballots.rules.weights import Weight
from linli.kernel.decision import Denied
from linli.kernel.names import mask_name

MOST_SLIPS: Final = 1_000_000  # more voters than any place that elects a committee has
MOST_WRITTEN: Final = 100  # names written in to one question
WRITTEN: Final = "+"  # begins the id of somebody written in; no candidate's does


@dataclass(frozen=True, slots=True)
class WrittenIn:
    """Somebody no candidate whose name stood on slips, and on how many."""

    name: str
    votes: int


@dataclass(frozen=True, slots=True)
class Slips:
    """What the slips said to one question: how many were valid, spoilt, blank; each candidate's votes, and
    those of whoever was written in."""

    valid: int
    invalid: int
    blank: int
    votes: Mapping[str, int]
    written: tuple[WrittenIn, ...] = ()


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
    yield from _written_faults(question, slips.written)
    each_has = [*slips.votes.values(), *(each.votes for each in slips.written)]
    votes = sum(each_has)
    if any(each > slips.valid for each in each_has):
        yield Denied("%(title)s: a candidate has more votes than slips are valid.", {"title": question.title})
    if not slips.valid <= votes <= slips.valid * question.at_most:
        most = slips.valid * question.at_most
        params = {"title": question.title, "votes": votes, "fewest": slips.valid, "most": most}
        yield Denied(
            "%(title)s: the candidates have %(votes)s votes together; from the valid slips it can be "
            "%(fewest)s to %(most)s.",
            params,
        )


def _written_faults(question: Question, found: Sequence[WrittenIn]) -> Iterator[Denied]:
    names = [each.name for each in found]
    params = {"title": question.title}
    if names and is_runoff(question.rule):
        yield Denied(
            "%(title)s: in a second round only its candidates can be elected. Count slips with another name "
            "as invalid.",
            params,
        )
    if len(names) > MOST_WRITTEN:
        yield Denied("%(title)s: at most %(most)s names can be written in.", params | {"most": MOST_WRITTEN})
    if len(set(names)) != len(names):
        yield Denied("%(title)s: a name is written in twice. Add its votes together.", params)
    for name in names:
        if name in {option.title for option in question.options}:
            yield Denied("%(title)s: %(name)s is a candidate, not written in.", params | {"name": name})


def written(slips: Slips) -> dict[str, Any]:
    """The figures as they are kept and published."""
    figures: dict[str, Any] = {"valid": slips.valid, "invalid": slips.invalid, "blank": slips.blank}
    figures["votes"] = dict(slips.votes)
    if slips.written:
        figures["written"] = [{"name": each.name, "votes": each.votes} for each in slips.written]
    return figures


def slips_of(given: Mapping[str, Any]) -> Slips:
    """The figures as they were kept."""
    found = tuple(WrittenIn(each["name"], each["votes"]) for each in given.get("written", ()))
    return Slips(given["valid"], given["invalid"], given["blank"], given["votes"], found)


def with_written(question: Question, slips: Slips) -> Question:
    """The question with whoever was written in behind its candidates, for the tally."""
    found = (Option(f"{WRITTEN}{number}", each.name) for number, each in enumerate(slips.written, 1))
    return replace(question, options=(*question.options, *found))


def named(result: Result) -> Result:
    """A result as it is shown: whoever was written in and has not won is not named in full. They never stood
    for it, and a vote or two says nothing about them."""
    outcome, question = result.outcome, result.question
    if outcome is None:
        return result
    kept = {*outcome.won, *outcome.tied}
    options = tuple(
        replace(each, title=mask_name(each.title))
        if each.id.startswith(WRITTEN) and each.id not in kept
        else each
        for each in question.options
    )
    return replace(result, question=replace(question, options=options))


def published(slips: Slips, shown: Question) -> dict[str, Any]:
    """The figures for the published file, whoever was written in called as the result shows them."""
    called = {option.id: option.title for option in shown.options}
    found = tuple(
        replace(each, name=called[f"{WRITTEN}{number}"]) for number, each in enumerate(slips.written, 1)
    )
    return written(replace(slips, written=found))


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
            written=_written(slips.get("written", []), f"{where}.written"),
        )
    count = HandCount(
        _number(given.get("handed_out"), "hand_count.handed_out"),
        _number(given.get("collected"), "hand_count.collected"),
        found,
    )
    numbered = {key: _numbered(slips) for key, slips in found.items()}
    for fault in faults(replace(count, questions=numbered), questions, entitled):
        raise Damaged(f"hand_count: {fault.reason % fault.params}")
    return count


def _numbered(slips: Slips) -> Slips:
    """The same with a number for each name: shortened in public, two of them may look alike."""
    found = (replace(each, name=f"{WRITTEN}{number}") for number, each in enumerate(slips.written, 1))
    return replace(slips, written=tuple(found))


def _written(value: Any, where: str) -> tuple[WrittenIn, ...]:
    if not isinstance(value, list):
        raise Damaged(f"{where}: a list is needed")
    found = []
    for number, each in enumerate(value):
        given = _object(each, f"{where}[{number}]")
        if not isinstance(given.get("name"), str) or not given["name"]:
            raise Damaged(f"{where}[{number}].name: needed")
        found.append(WrittenIn(given["name"], _number(given.get("votes"), f"{where}[{number}].votes")))
    return tuple(found)


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
    votes = {
        **slips.votes,
        **{f"{WRITTEN}{number}": each.votes for number, each in enumerate(slips.written, 1)},
    }
    dealt: list[list[str]] = [[] for _ in range(slips.valid)]
    turn = 0
    for option in with_written(question, slips).options:
        for _vote in range(votes.get(option.id, 0)):
            dealt[turn % slips.valid].append(option.id)
            turn += 1
    found = [Line(answer, Weight(heads=heads)) for answer, heads in Counter(map(tuple, dealt)).items()]
    found.append(Line((), Weight(heads=slips.blank)))
    found.append(Line(Side.SPOILT.value, Weight(heads=slips.invalid)))
    return [line for line in found if line.weight.heads]
