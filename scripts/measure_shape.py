"""How well triage learns from a labelled sheet when its shape, too, is chosen without the answers.

    python scripts/measure_shape.py SHEET.csv

Five deals into five parts, as in `measure_triage.py`. Of every four parts seen, five smaller ones are held
out in turn: the shape best there (macro-F1) is fitted to the four and answers the fifth. No message that is
counted had a say in the shape it is judged by. A shape is which machines answer, in how many messages a term
stands, whether meaning is compared by nearness to our own words or as it is, by which views, and the ridge.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import sqrt
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from linli.matters.triage import learning, meaning
from linli.matters.triage import model as asking
from linli.matters.triage.measuring import quality
from linli.matters.triage.sheets import read_examples

DEALS = 5
PARTS = 5
AT_LEAST = (2, 3)
VIEWS = ((1.0, 1.0, 0.0), (1.0, 1.0, 0.5), (1.0, 1.0, 1.0))
RIDGES = (0.2, 0.6, 2.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """What answers: words with terms of so many messages (None: no words), meaning likewise."""

    at_least: int | None
    meaning: tuple[bool, tuple[float, float, float], float] | None  # by nearness, shares of views, ridge

    def __str__(self) -> str:
        words = f"words of {self.at_least} messages" if self.at_least else "no words"
        if self.meaning is None:
            return words
        near, views, ridge = self.meaning
        return f"{words}, {'nearness' if near else 'meaning as it is'}, views {views}, ridge {ridge}"


def shapes() -> list[Shape]:
    """All that are compared; the plainer stands first and wins where two are equal."""
    about = list(product((False, True), VIEWS, RIDGES)) if meaning.available() else []
    words = [Shape(at_least, None) for at_least in AT_LEAST]
    return words + [Shape(at_least, one) for at_least in (None, *AT_LEAST) for one in about]


class Sheet:
    """The messages made ready once; `margins` fits every shape to some of them and asks it the others."""

    def __init__(self, path: Path) -> None:
        examples = read_examples(path)
        self.labels = [one.label for one in examples]
        self.names = sorted(set(self.labels))
        self.truth = np.array([self.names.index(label) for label in self.labels])
        self.messages = [(one.title, one.text) for one in examples]
        self.counts = [asking.counted(*one) for one in self.messages]

    def margins(self, seen: Any, asked: Any, wanted: list[Shape]) -> dict[Shape, Any]:
        """The margins of the messages asked, by what was fitted to those seen alone."""
        truth, width = self.truth[seen], len(self.names)
        times = Counter(truth.tolist())
        weights = np.array([len(seen) / (len(times) * times[label]) for label in truth.tolist()])
        said: dict[Any, Any] = {None: 0.0}
        for at_least in {shape.at_least for shape in wanted} - {None}:
            rows = [self.counts[at] for at in seen]
            blocks = learning.blocks_of(rows, at_least)
            machine = learning.fit_words(learning.matrix_of(rows, blocks), truth, weights, width)
            held = learning.matrix_of([self.counts[at] for at in asked], blocks)
            said[at_least] = held @ machine.weights + machine.base
        about = {shape.meaning for shape in wanted} - {None}
        titles = learning.blocks_of([self.counts[at] for at in seen], learning.AT_LEAST)[0]
        for one, columns in self._columns(about, titles):
            machine = learning.fit_meaning(columns[seen], truth, weights, width, one[2])
            said[one] = columns[asked] @ machine.weights + machine.base
        return {shape: said[shape.at_least] + said[shape.meaning] for shape in wanted}

    def _columns(self, about: set[Any], titles: asking.Terms) -> Iterator[tuple[Any, Any]]:
        if not about:
            return
        plain = asking.views(self.messages, titles)
        marks = meaning.landmarks()
        near = [np.exp(-asking.NEAR * (2 - 2 * one @ marks.vectors.T)) @ marks.whitening for one in plain]
        for one in sorted(about):
            views = near if one[0] else plain
            yield one, np.hstack([sqrt(share) * view for share, view in zip(one[1], views, strict=True)])

    def macro_f1(self, rows: Any, margins: Any) -> float:
        """Of these messages."""
        said = [self.names[at] for at in margins.argmax(axis=1)]
        return quality([self.labels[at] for at in rows], said).macro_f1

    def best(self, seen: Any, deal: int) -> Shape:
        """The shape best on parts of those seen, each held out in turn."""
        every = shapes()
        found = {shape: np.zeros((len(seen), len(self.names))) for shape in every}
        parts = StratifiedKFold(PARTS, shuffle=True, random_state=deal)
        for inner, held in parts.split(seen, self.truth[seen]):
            for shape, margins in self.margins(seen[inner], seen[held], every).items():
                found[shape][held] = margins
        return max(every, key=lambda shape: self.macro_f1(seen, found[shape]))


def main() -> None:
    """Print one line per deal with the shapes chosen, then mean and spread."""
    sheet = Sheet(Path(sys.argv[1]))
    everyone, f1, right = np.arange(len(sheet.labels)), [], []
    for deal in range(DEALS):
        margins = np.zeros((len(everyone), len(sheet.names)))
        chosen: Counter[Shape] = Counter()
        parts = StratifiedKFold(PARTS, shuffle=True, random_state=deal)
        for seen, held in parts.split(everyone, sheet.truth):
            shape = sheet.best(seen, deal)
            chosen[shape] += 1
            margins[held] = sheet.margins(seen, held, [shape])[shape]
        f1.append(sheet.macro_f1(everyone, margins))
        right.append(float((margins.argmax(axis=1) == sheet.truth).mean()))
        print(f"deal {deal}: macro-F1 {f1[-1]:.4f}   accuracy {right[-1]:.4f}", flush=True)
        for shape, times in chosen.most_common():
            print(f"    {times} × {shape}", flush=True)
    print(f"nested over {len(shapes())} shapes: macro-F1 {mean(f1):.4f} ± {stdev(f1):.4f}   ", end="")
    print(f"accuracy {mean(right):.4f}")


if __name__ == "__main__":
    main()
