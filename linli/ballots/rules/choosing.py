"""Which options win: most votes, most points, instant runoff, projects within a fund.

A tie over the last seat is not broken here: the options are named as tied, and they are voted on again. Two
methods need an order to go on, and state it: instant runoff and the fund (see each).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.ballots.kinds import Base, Measure
from linli.ballots.rules.answers import Electorate, Line, Question
from linli.ballots.rules.majorities import Count, amount
from linli.ballots.rules.weights import NOTHING, Weight


@dataclass(frozen=True, slots=True)
class Standing:
    """How one option did: the votes for it, its points, and whether it has the share the rule asks for."""

    id: str
    votes: Weight
    points: int = 0
    enough: bool = True
    won: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One round of an instant runoff: what each option still standing has, and which one leaves."""

    votes: Mapping[str, int]
    leaves: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which options won, which are tied over the last seats, and how it went."""

    standings: tuple[Standing, ...]
    won: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    spent: int = 0


def chosen(question: Question, lines: Iterable[Line], count: Count) -> Outcome:
    """Most votes win, as far as the share the rule asks for is reached; by heads, then by area.

    Where the rule only asks for more for than against, an option needs no share: the most votes win.
    """
    votes: dict[str, Weight] = defaultdict(lambda: NOTHING)
    for line in lines:
        for option in _ids(line):
            votes[option] += line.weight
    rule = question.rule

    def enough(option: str) -> bool:
        given = votes[option]
        if given == NOTHING:
            return False
        if rule.passing is None or rule.base is Base.FOR_AND_AGAINST:
            return True
        shares = (
            rule.passing.holds(amount(given, each), count.of(rule.base, each)) for each in rule.measures
        )
        return all(shares)

    return _seated(question, votes, {}, enough, lambda option: (votes[option].heads, votes[option].area))


def scored(question: Question, lines: Iterable[Line]) -> Outcome:
    """Most points win. An option somebody gave no points to has 0 from them."""
    points: Counter[str] = Counter()
    votes: dict[str, Weight] = defaultdict(lambda: NOTHING)
    for line in lines:
        for option, given in _pairs(line):
            points[option] += given * line.weight.heads
            votes[option] += line.weight
    return _seated(question, votes, points, lambda option: points[option] > 0, lambda option: points[option])


def _seated(
    question: Question,
    votes: Mapping[str, Weight],
    points: Mapping[str, int],
    enough: Callable[[str], bool],
    place: Callable[[str], int | tuple[int, int]],
) -> Outcome:
    """The seats given in order of `place` to options with `enough`; equals over the last seat are tied."""
    able = sorted((each.id for each in question.options if enough(each.id)), key=place, reverse=True)
    won, tied = able[: question.seats], []
    if len(able) > question.seats and place(able[question.seats - 1]) == place(able[question.seats]):
        line = place(able[question.seats])
        tied = [each for each in able if place(each) == line]
        won = [each for each in won if place(each) != line]
    standings = (
        Standing(
            each.id, votes.get(each.id, NOTHING), points.get(each.id, 0), each.id in able, each.id in won
        )
        for each in question.options
    )
    return Outcome(tuple(standings), tuple(won), tuple(tied))


def runoff(question: Question, lines: Iterable[Line]) -> Outcome:
    """Instant runoff: as long as nobody has more than half of the votes still standing, the last one leaves.

    Each ballot counts for the first of its ranking that still stands; one that names nobody left counts no
    more. Of several that are last, the one leaves that had the fewest votes in the round before, and before
    that; are they equal throughout, the one that stands later in the question.
    """
    ballots: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        ballots[_ids(line)] += line.weight.heads
    standing = [option.id for option in question.options]
    rounds: list[Round] = []
    while True:
        votes = _first_choices(ballots, standing)
        leader = max(standing, key=lambda each: votes[each], default="")
        if not leader or 2 * votes[leader] > sum(votes.values()) or len(standing) == 1:
            rounds.append(Round(votes))
            break
        last = _last(standing, [*(each.votes for each in rounds), votes])
        rounds.append(Round(votes, last))
        standing = [each for each in standing if each != last]
    won = (leader,) if leader and rounds[-1].votes[leader] else ()
    standings = (
        Standing(each.id, Weight(0, _highest(rounds, each.id)), 0, each.id in won, each.id in won)
        for each in question.options
    )
    return Outcome(tuple(standings), won, (), tuple(rounds))


def _first_choices(ballots: Mapping[tuple[str, ...], int], standing: Sequence[str]) -> dict[str, int]:
    votes = dict.fromkeys(standing, 0)
    for ranking, heads in ballots.items():
        first = next((each for each in ranking if each in votes), None)
        if first is not None:
            votes[first] += heads
    return votes


def _last(standing: Sequence[str], rounds: Sequence[Mapping[str, int]]) -> str:
    """Who leaves: the fewest votes in the latest round, then in the rounds before it, then the later one."""
    return min(reversed(standing), key=lambda each: tuple(votes[each] for votes in reversed(rounds)))


def _highest(rounds: Sequence[Round], option: str) -> int:
    """The votes of an option in the last round it stood in."""
    return next(each.votes[option] for each in reversed(rounds) if option in each.votes)


def funded(question: Question, lines: Iterable[Line], count: Count) -> Outcome:
    """Projects in order of their votes, each that still fits into what is left of the fund.

    Of projects with as many votes the cheaper one comes first, then the one earlier in the question.
    One that no longer fits is passed over and a smaller one after it may still be taken.
    """
    votes: dict[str, Weight] = defaultdict(lambda: NOTHING)
    for line in lines:
        for option in _ids(line):
            votes[option] += line.weight
    rule, spent, won = question.rule, 0, []
    whole = count.of(rule.base, Measure.HEADS)
    needs_share = rule.passing is not None and rule.base is not Base.FOR_AND_AGAINST
    able = [
        each
        for each in question.options
        if votes[each.id].heads
        and (not needs_share or rule.passing is None or rule.passing.holds(votes[each.id].heads, whole))
    ]
    for project in sorted(able, key=lambda each: (-votes[each.id].heads, each.cost)):
        if spent + project.cost <= question.fund:
            spent += project.cost
            won.append(project.id)
    standings = (
        Standing(each.id, votes[each.id], 0, each in able, each.id in won) for each in question.options
    )
    return Outcome(tuple(standings), tuple(won), (), (), spent)


def took_part(electorate: Electorate, voted: Weight) -> Weight:
    """Who counts as having taken part: those who voted, or those present where that is more."""
    return Weight(max(voted.area, electorate.present.area), max(voted.heads, electorate.present.heads))


def named(line: Line) -> set[str]:
    """The options an answer gives anything to: chosen, ranked, or with points."""
    return {*_ids(line), *(option for option, points in _pairs(line) if points)}


def _ids(line: Line) -> tuple[str, ...]:
    """The options of an answer; none for a spoilt sheet."""
    if not isinstance(line.answer, tuple):
        return ()
    return tuple(each for each in line.answer if isinstance(each, str))


def _pairs(line: Line) -> list[tuple[str, int]]:
    if not isinstance(line.answer, tuple):
        return []
    return [each for each in line.answer if not isinstance(each, str)]
