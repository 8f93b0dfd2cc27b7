"""How long an opinion map takes: `python -m bench.opinions`, or `measure()` from the page of benchmarks."""

from time import perf_counter

import numpy as np

from linli.deliberation.opinions import votes, writing
from linli.deliberation.opinions.analysis import analyse


def conversation(people: int, statements: int, answered: float = 0.6) -> votes.VoteRows:
    """Made-up votes of three camps, in the order of time."""
    chance = np.random.default_rng(7)
    leaning = chance.normal(size=(3, statements))
    said = np.sign(np.round(leaning[np.arange(people) % 3] + 0.7 * chance.normal(size=(people, statements))))
    person, statement = np.nonzero(chance.random((people, statements)) < answered)
    order = chance.permutation(len(person))
    person, statement = person[order], statement[order]
    return votes.VoteRows(
        person.tolist(), statement.tolist(), said[person, statement], np.arange(len(person))
    )


def measure(people: int = 2_000, statements: int = 200) -> float:
    """Seconds from the rows of votes to everything that is shown."""
    rows = conversation(people, statements)
    began = perf_counter()
    writing.as_json(analyse(votes.matrix(rows)))
    return perf_counter() - began


if __name__ == "__main__":
    print(f"2,000 people × 200 statements: {measure():.2f} s")
