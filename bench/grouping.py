"""How long 4,000 messages take to be grouped with their vectors at hand: `python -m bench.grouping`, or
`measure()` from the page of benchmarks.

The messages are the demo's, each in words of its own, about made-up estates; every fourth says again what
another said. Encoding is left out, as it is the second time in `linli triage duplicates FILE.csv --vectors
KEPT`: the vectors are made of pairs of characters, so that texts alike lie close, and take no encoder.
"""

import re
from dataclasses import dataclass
from itertools import product
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from linli.kernel.text import bigrams
from linli.matters.triage.closeness import Message
from linli.matters.triage.demo import load_demo_matters
from linli.matters.triage.grouping import Pair, groups
from linli.matters.triage.meaning import SIZE, landmark_words

CLAUSE = re.compile(r"(?<=[，。？])")
AGAIN = 4  # one message of so many says again what another said
NAMES = "栖霞明月清泉翠竹金桂银杏碧桃青松红枫白鹭长河高岭东篱南山"
KINDS = ("苑", "花园", "家园", "公寓")


@dataclass(frozen=True)
class Grouped:
    """Seconds for so many messages, the pairs that were compared and the groups found."""

    messages: int
    pairs: int
    groups: int
    seconds: float


class Kept:
    """Vectors at hand; counts the pairs it is asked for."""

    def __init__(self, messages: list[Message]) -> None:
        chance = np.random.default_rng(7)
        known: dict[str, Any] = {}
        self.vectors = np.zeros((len(messages), SIZE), dtype=np.float32)
        for number, message in enumerate(messages):
            for piece in sorted(set(bigrams(message.said))):
                if piece not in known:
                    known[piece] = chance.normal(size=SIZE)
                self.vectors[number] += known[piece]
        self.vectors /= np.linalg.norm(self.vectors, axis=1, keepdims=True) + 1e-9
        self.by_id = {message.id: number for number, message in enumerate(messages)}
        self.asked = 0

    def __call__(self, messages: list[Message], pairs: list[Pair]) -> dict[Pair, float]:
        self.asked = len(pairs)
        rows = np.array([self.by_id[message.id] for message in messages])
        one, other = (self.vectors[rows[[pair[side] for pair in pairs]]] for side in (0, 1))
        return dict(zip(pairs, np.einsum("ij,ij->i", one, other).tolist(), strict=True))


def sheet(count: int) -> list[Message]:
    """Made-up messages, the same each time."""
    rng, said = Random(1), load_demo_matters()
    estates = [f"{one}{other}{rng.choice(KINDS)}" for one, other in product(NAMES[:20], NAMES[8:])]
    found: list[Message] = []
    about: list[tuple[str, str, str]] = []
    for number in range(count):
        if number % AGAIN == 0 and about:
            where, title, text = rng.choice(about)
        else:
            matter = rng.choice(said)
            where, title, text = rng.choice(estates), matter.title, matter.text
            about.append((where, title, text))
        found.append(Message(str(number), f"{where}{title}", f"我们{where}，{reworded(text, rng)}"))
    return found


def reworded(text: str, rng: Random) -> str:
    """The text with one of the list's words put into each clause, somewhere."""
    words, said = landmark_words(), []
    for clause in filter(None, CLAUSE.split(text)):
        at = rng.randrange(len(clause))
        said.append(clause[:at] + rng.choice(words) + clause[at:])
    return "".join(said)


def measure(count: int = 4_000) -> Grouped:
    """From the messages to their groups."""
    messages = sheet(count)
    kept = Kept(messages)
    began = perf_counter()
    found = groups(messages, kept)
    return Grouped(count, kept.asked, len(found), perf_counter() - began)


if __name__ == "__main__":
    print(measure())
