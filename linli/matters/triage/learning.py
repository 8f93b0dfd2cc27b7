"""Learning from labelled messages. Nothing here knows a label, a city or a sheet.

Two machines are learnt side by side. One reads words and runs of characters of title and text: a support
vector machine per label. The other reads meaning (`meaning.py`): ridge regression. Their margins are
added, and become shares that sum to one by a temperature fitted on messages held out.

No message survives in a model: terms stand in at least so many messages, and meaning is measured by its
nearness to the words of our own list of categories, never to a message learnt from.
"""

import importlib
import importlib.util
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from linli.matters.triage import meaning
from linli.matters.triage.measuring import Quality, quality
from linli.matters.triage.model import Counts, Machine, Model, Terms, counted, nearness, readable, weighed
from linli.matters.triage.sheets import Example

try:
    import numpy as np
except ImportError:  # the extra `learning` is not installed
    np = None  # type: ignore[assignment]

LEAST_LABELS: Final = 2  # with one there is nothing to tell apart
AT_LEAST: Final = (
    2  # messages a term stands in to be counted; the product asks for more (`rules/learning.py`)
)
FOLDS: Final = 5  # parts held out in turn, for the temperature and the quality figures
SEED: Final = 1  # of dealing messages to the parts: the same sheet gives the same model
CLOSE_ENOUGH: Final = 0.01  # of a margin: exacter, no message is told apart otherwise, in twice the time
RIDGE: Final = 0.6
TEMPERATURES: Final = tuple(0.04 * 1.2**step for step in range(24))


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model with its quality on messages held out: by words alone, and with meaning where there is any."""

    model: Model
    by_words: Quality
    with_meaning: Quality | None


class CannotLearn(RuntimeError):
    """Why nothing can be learnt, in words."""


def available() -> bool:
    """Whether the packages that learn are installed; without them the list of words answers."""
    return readable() and all(importlib.util.find_spec(name) for name in ("sklearn", "scipy"))


def _package(name: str) -> Any:
    """A package that only learning needs, loaded when it is: a web worker would carry 100 MB for nothing."""
    return importlib.import_module(name)


def learn(examples: Sequence[Example], *, at_least: int = AT_LEAST, with_meaning: bool = True) -> Learnt:
    """Learn from labelled messages and measure on parts held out in turn. Raises CannotLearn.

    The same messages give the same model.
    """
    return Lesson(examples, at_least=at_least, with_meaning=with_meaning).learn()


def fit(examples: Sequence[Example], *, at_least: int = AT_LEAST, with_meaning: bool = True) -> Model:
    """The model of labelled messages, nothing held out: only the order of its shares counts."""
    return Lesson(examples, at_least=at_least, with_meaning=with_meaning).fit()


@dataclass(frozen=True, slots=True)
class Fold:
    """Which messages are held out, and the words of those seen and of those held out."""

    out: Any
    seen: Any
    held: Any


class Lesson:
    """Labelled messages made ready to be learnt from, once for as many weightings as there are places.

    A message's weight counts it as so many. Raises CannotLearn where nothing can be learnt.
    """

    def __init__(self, examples: Sequence[Example], *, at_least: int = AT_LEAST, with_meaning: bool = True):
        if not available():
            raise CannotLearn("Learning needs the extra `learning`: pip install 'linli[learning]'")
        self._at_least = at_least
        self._labels = tuple(sorted({one.label for one in examples}))
        if len(self._labels) < LEAST_LABELS:
            raise CannotLearn("All messages have the same label: there is nothing to tell apart.")
        self._truth = np.array([self._labels.index(one.label) for one in examples])
        self._counts = [counted(one.title, one.text) for one in examples]
        self._blocks = blocks_of(self._counts, at_least)
        if not any(terms.at for terms in self._blocks):
            raise CannotLearn("The messages share no words: there is nothing to learn from.")
        self._columns = matrix_of(self._counts, self._blocks)
        self._near: Any = None
        if with_meaning and meaning.available():
            self._near = nearness([(one.title, one.text) for one in examples], self._blocks[0])

    def fit(self, weights: Sequence[float] | None = None) -> Model:
        """The model of all messages; its temperatures are those of no measure."""
        balanced, width = self._balanced(weights), len(self._labels)
        model = Model(
            labels=self._labels,
            counts=tuple(np.bincount(self._truth).tolist()),
            blocks=self._blocks,
            words=fit_words(self._columns, self._truth, balanced, width),
        )
        if self._near is None:
            return model
        about = fit_meaning(self._near, self._truth, balanced, width)
        return replace(model, meaning=about, landmarks=meaning.landmarks_digest())

    def learn(self, weights: Sequence[float] | None = None) -> Learnt:
        """The model, its temperatures and its quality, by the parts held out in turn."""
        model, balanced = self.fit(weights), self._balanced(weights)
        held = self._held_out(lambda fold: self._words_of(fold, balanced))
        by_words = _quality(self._labels, self._truth, held)
        model = replace(model, words=replace(model.words, temperature=_temperature(held, self._truth)))
        if self._near is None:
            return Learnt(model, by_words, None)
        held = held + self._held_out(lambda fold: self._meaning_of(fold, balanced))
        model = replace(model, together=_temperature(held, self._truth))
        return Learnt(model, by_words, _quality(self._labels, self._truth, held))

    def _balanced(self, weights: Sequence[float] | None) -> Any:
        """Every label weighs the same in all; within one the messages keep their weights' proportion."""
        said = np.ones(len(self._truth)) if weights is None else np.array(weights, dtype=np.float64)
        per_label = np.bincount(self._truth, weights=said)
        return said * (said.sum() / (len(self._labels) * per_label))[self._truth]

    @cached_property
    def _folds(self) -> list[Fold]:
        dealt = _dealt(self._truth)
        parts = [dealt == number for number in range(FOLDS)]
        return [self._fold(part) for part in parts if part.any() and not part.all()]

    def _fold(self, out: Any) -> Fold:
        """Terms and all by the others only."""
        others, held = ([self._counts[at] for at in np.flatnonzero(rows)] for rows in (~out, out))
        blocks = blocks_of(others, self._at_least)
        return Fold(out, matrix_of(others, blocks), matrix_of(held, blocks))

    def _held_out(self, margins_of: Callable[[Fold], Any]) -> Any:
        """Margins of every message by a fit that did not see it."""
        margins = np.zeros((len(self._truth), len(self._labels)))
        for fold in self._folds:
            margins[fold.out] = margins_of(fold)
        return margins

    def _words_of(self, fold: Fold, balanced: Any) -> Any:
        machine = fit_words(fold.seen, self._truth[~fold.out], balanced[~fold.out], len(self._labels))
        return fold.held @ machine.weights + machine.base

    def _meaning_of(self, fold: Fold, balanced: Any) -> Any:
        near, seen = self._near, ~fold.out
        machine = fit_meaning(near[seen], self._truth[seen], balanced[seen], len(self._labels))
        return near[fold.out] @ machine.weights + machine.base


def blocks_of(counts: Sequence[Counts], at_least: int) -> tuple[Terms, ...]:
    """The terms that stand in at least so many messages, in a fixed order, block by block."""
    blocks = []
    for number in range(len(counts[0])):
        found = Counter(term for message in counts for term in message[number])
        kept = sorted(term for term, times in found.items() if times >= at_least)
        at = {term: column for column, term in enumerate(kept)}
        blocks.append(Terms(at, np.array([found[term] for term in kept]), len(counts)))
    return tuple(blocks)


def matrix_of(counts: Sequence[Counts], blocks: Sequence[Terms]) -> Any:
    """All blocks of all messages side by side."""
    rows = [list(weighed(message, blocks)) for message in counts]
    sparse, parts = _package("scipy.sparse"), []
    for number, terms in enumerate(blocks):
        columns = [row[number][0] for row in rows]
        values = np.concatenate([row[number][1] for row in rows])
        starts = np.cumsum([0, *map(len, columns)])
        shape = (len(counts), len(terms.at))
        parts.append(sparse.csr_matrix((values, np.concatenate(columns), starts), shape=shape))
    return sparse.hstack(parts).tocsr()


def fit_words(columns: Any, truth: Any, weights: Any, labels: int) -> Machine:
    """One support vector machine per label against the rest; a label without messages is never said."""
    here = sorted(set(truth.tolist()))
    fitted = np.zeros((columns.shape[1], labels))
    base = np.full(labels, -1.0)
    if len(here) < LEAST_LABELS:
        return Machine(fitted, base)
    machine = _package("sklearn.svm").LinearSVC(random_state=SEED, tol=CLOSE_ENOUGH, max_iter=5000)
    machine.fit(columns, truth, sample_weight=weights)
    two = len(here) == LEAST_LABELS
    fitted[:, here] = np.vstack([-machine.coef_, machine.coef_]).T if two else machine.coef_.T
    base[here] = np.concatenate([-machine.intercept_, machine.intercept_]) if two else machine.intercept_
    return Machine(fitted, base)


def fit_meaning(near: Any, truth: Any, weights: Any, labels: int, ridge: float = RIDGE) -> Machine:
    """Ridge regression to +1 for the label and −1 for the rest, solved on the smaller side."""
    count, width = near.shape
    root = np.sqrt(weights)[:, None]
    rows = root * np.hstack([near, np.ones((count, 1))])
    wanted = root * np.where(truth[:, None] == np.arange(labels), 1.0, -1.0)
    if count <= width:
        solved = rows.T @ np.linalg.solve(rows @ rows.T + ridge * np.eye(count), wanted)
    else:
        solved = np.linalg.solve(rows.T @ rows + ridge * np.eye(width + 1), rows.T @ wanted)
    return Machine(solved[:-1], solved[-1])


def _dealt(truth: Any) -> Any:
    """The part each message is held out with: labels are dealt evenly to `FOLDS` parts."""
    dealer = random.Random(SEED)
    dealt = np.zeros(len(truth), dtype=np.int64)
    card = 0
    for label in range(int(truth.max()) + 1):
        of_label = np.flatnonzero(truth == label).tolist()
        dealer.shuffle(of_label)
        for at in of_label:
            dealt[at] = card % FOLDS
            card += 1
    return dealt


def _temperature(margins: Any, truth: Any) -> float:
    """The temperature under which held-out messages were least surprising (mean log loss)."""

    def surprise(temperature: float) -> float:
        scaled = margins / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        own = scaled[np.arange(len(truth)), truth]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - own))

    return min(TEMPERATURES, key=surprise)


def _quality(labels: Sequence[str], truth: Any, margins: Any) -> Quality:
    said = margins.argmax(axis=1)
    return quality([labels[at] for at in truth], [labels[at] for at in said])
