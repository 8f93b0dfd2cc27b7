"""A classifier that learns from any labelled messages. Nothing here knows a label, a city or a sheet.

Two machines are learnt side by side. One reads words and runs of characters of title and text: it answers
in milliseconds and can say which words weighed. The other reads meaning (`meaning.py`), so it needs the
encoder and answers in jobs and on the command line; there both margins are added. Margins become shares
that sum to one by a temperature fitted on messages held out.

No message survives in a model: terms stand in at least so many messages, and meaning is measured by its
nearness to the words of our own list of categories, never to a message learnt from.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from linli.matters.triage import meaning, pieces
from linli.matters.triage.measuring import Quality, quality
from linli.matters.triage.sheets import Example

try:
    import numpy as np
    from scipy import sparse
    from sklearn.svm import LinearSVC
except ImportError:  # the extra `learning` is not installed
    LinearSVC = None

LEAST_LABELS: Final = 2  # with one there is nothing to tell apart
AT_LEAST: Final = (
    2  # messages a term stands in to be counted; the product asks for more (`rules/learning.py`)
)
FOLDS: Final = 5  # parts held out in turn, for the temperature and the quality figures
SEED: Final = 1  # of dealing messages to the parts: the same sheet gives the same model
WORD_BLOCKS: Final = 2  # the blocks of whole words, which stand before those of runs
BLOCK_SHARE: Final = 0.5  # of each block; a block is a vector of length 1 before that
VIEWS: Final = (1.0, 1.0, 0.5)  # shares of the title's meaning, its text's, and that of the title's words
NEAR: Final = 1.0  # exp(-NEAR·distance²): how fast nearness fades
RIDGE: Final = 0.6
RARE: Final = 5.0  # a word of five titles weighs half of a new one in the meaning of a title's words
TEMPERATURES: Final = tuple(0.04 * 1.2**step for step in range(24))
TOLD: Final = 3  # words named as the reason


Counts = tuple[Mapping[str, int], ...]  # terms of one message with how often each is said, block by block


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms counted in one block, each with in how many of the messages it stood."""

    at: Mapping[str, int]
    found_in: Sequence[int]
    of: int

    def idf(self) -> Any:
        """How much each term tells: ln((1+n)/(1+df)) + 1."""
        return np.log((1 + self.of) / (1 + np.asarray(self.found_in, dtype=np.float64))) + 1


@dataclass(frozen=True, slots=True)
class Machine:
    """A linear model, one column of weights and one base per label; temperature when it answers alone."""

    weights: Any
    base: Any
    temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt. `counts`: messages of each label; `meaning` is None where there was no encoder.

    `together` is the temperature of both machines' margins; `landmarks` the digest of the words meaning
    was measured against.
    """

    labels: tuple[str, ...]
    counts: tuple[int, ...]
    blocks: tuple[Terms, ...]
    words: Machine
    meaning: Machine | None = None
    together: float = 1.0
    landmarks: str = ""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model with its quality on messages held out: by words alone, and with meaning where there is any."""

    model: Model
    by_words: Quality
    with_meaning: Quality | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Labels with their share of certainty, the likeliest first; `why` are the words that weighed most."""

    shares: tuple[tuple[str, float], ...]
    why: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The likeliest."""
        return self.shares[0][0]


class CannotLearn(RuntimeError):
    """Why nothing can be learnt, in words."""


def available() -> bool:
    """Whether the packages that learn are installed; without them the list of words answers."""
    return LinearSVC is not None


# ── learning and answering ──────────────────────────────────────────────────────────────────────────────


def learn(examples: Sequence[Example], *, at_least: int = AT_LEAST, with_meaning: bool = True) -> Learnt:
    """Learn from labelled messages and measure on parts held out in turn. Raises CannotLearn.

    The same messages give the same model.
    """
    model = fit(examples, at_least=at_least, with_meaning=with_meaning)
    counts, truth, weights = _lesson(examples, model.labels)
    width = len(model.labels)
    held = _held_out(truth, lambda part: _fold_words(counts, truth, weights, part, at_least, width))
    by_words = _quality(model.labels, truth, held)
    model = replace(model, words=replace(model.words, temperature=_temperature(held, truth)))
    if model.meaning is None:
        return Learnt(model, by_words, None)
    near = _nearness([(one.title, one.text) for one in examples], model.blocks[0])
    held = held + _held_out(truth, lambda part: _fold_meaning(near, truth, weights, part, width))
    model = replace(model, together=_temperature(held, truth))
    return Learnt(model, by_words, _quality(model.labels, truth, held))


def fit(examples: Sequence[Example], *, at_least: int = AT_LEAST, with_meaning: bool = True) -> Model:
    """The model of labelled messages, nothing held out: only the order of its shares counts."""
    if not available():
        raise CannotLearn("Learning needs the extra `learning`: pip install 'linli[learning]'")
    labels = tuple(sorted({one.label for one in examples}))
    if len(labels) < LEAST_LABELS:
        raise CannotLearn("All messages have the same label: there is nothing to tell apart.")
    counts, truth, weights = _lesson(examples, labels)
    blocks = _blocks(counts, at_least)
    if not any(terms.at for terms in blocks):
        raise CannotLearn("The messages share no words: there is nothing to learn from.")
    model = Model(
        labels=labels,
        counts=tuple(int((truth == number).sum()) for number in range(len(labels))),
        blocks=blocks,
        words=_fit_words(_matrix(counts, blocks), truth, weights, len(labels)),
    )
    if not (with_meaning and meaning.available()):
        return model
    near = _nearness([(one.title, one.text) for one in examples], blocks[0])
    about = _fit_meaning(near, truth, weights, len(labels))
    return replace(model, meaning=about, landmarks=meaning.landmarks_digest())


def _lesson(examples: Sequence[Example], labels: Sequence[str]) -> tuple[list[Counts], Any, Any]:
    """What is counted of each message, its label by number, and its balanced weight."""
    truth = np.array([labels.index(one.label) for one in examples])
    weights = _balanced(truth, np.array([one.weight for one in examples]), len(labels))
    return [_counted(one.title, one.text) for one in examples], truth, weights


def answer(model: Model, title: str, text: str) -> Answer:
    """By words alone: a few milliseconds, fit for a request. Each message is judged on its own."""
    counts = _counted(title, text)
    row = _matrix([counts], model.blocks)
    margins = row @ model.words.weights + model.words.base
    return _answer(model, margins[0] / model.words.temperature, row)


def answers(model: Model, messages: Sequence[tuple[str, str]]) -> list[Answer]:
    """(title, text) of many messages, with meaning where the model has it and the encoder is installed."""
    if not messages:
        return []
    rows = _matrix([_counted(title, text) for title, text in messages], model.blocks)
    margins, temperature = rows @ model.words.weights + model.words.base, model.words.temperature
    if model.meaning is not None and meaning.available() and model.landmarks == meaning.landmarks_digest():
        near = _nearness(messages, model.blocks[0])
        margins, temperature = margins + near @ model.meaning.weights + model.meaning.base, model.together
    return [_answer(model, margin / temperature, rows[at]) for at, margin in enumerate(margins)]


def _answer(model: Model, scaled: Any, row: Any) -> Answer:
    powers = np.exp(scaled - scaled.max())
    shares = powers / powers.sum()
    order = np.argsort(-shares, kind="stable")
    ranked = tuple((model.labels[at], round(float(shares[at]), 4)) for at in order)
    return Answer(ranked, _why(model, row, int(order[0])))


def _why(model: Model, row: Any, label: int) -> tuple[str, ...]:
    """The whole words that spoke most for a label, none of them inside another."""
    spoke: dict[str, float] = {}
    start = 0
    for terms in model.blocks[:WORD_BLOCKS]:
        names, end = list(terms.at), start + len(terms.at)
        for column, value in zip(row.indices, row.data, strict=True):
            word = names[column - start] if start <= column < end else ""
            if len(word) > 1:
                spoke[word] = spoke.get(word, 0.0) + float(value * model.words.weights[column, label])
        start = end
    best = sorted((word for word in spoke if spoke[word] > 0), key=lambda word: (-spoke[word], word))
    return tuple(word for at, word in enumerate(best) if not any(word in other for other in best[:at]))[:TOLD]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────


def _counted(title: str, text: str) -> Counts:
    """What is counted of a message: words of title and text, then runs of characters of both."""
    head, body = pieces.masked(title), pieces.masked(text)
    return (
        pieces.word_counts(head),
        pieces.word_counts(body),
        pieces.run_counts(head),
        pieces.run_counts(body),
    )


def _blocks(counts: Sequence[Counts], at_least: int) -> tuple[Terms, ...]:
    """The terms that stand in at least so many messages, in a fixed order, block by block."""
    blocks = []
    for number in range(len(counts[0])):
        found = Counter(term for message in counts for term in message[number])
        kept = sorted(term for term, times in found.items() if times >= at_least)
        at = {term: column for column, term in enumerate(kept)}
        blocks.append(Terms(at, [found[term] for term in kept], len(counts)))
    return tuple(blocks)


def _matrix(counts: Sequence[Counts], blocks: Sequence[Terms]) -> Any:
    """All blocks of all messages side by side: (1 + ln tf)·idf, each block at length √`BLOCK_SHARE`."""
    parts = []
    for number, terms in enumerate(blocks):
        idf, columns, values, starts = terms.idf(), [], [], [0]
        for message in counts:
            known = {terms.at[term]: times for term, times in message[number].items() if term in terms.at}
            at = np.array(list(known), dtype=np.int64)
            weighed = (1 + np.log(np.array(list(known.values()), dtype=np.float64))) * idf[at]
            length = math.sqrt(float(weighed @ weighed)) or 1.0
            columns.append(at)
            values.append(weighed * (math.sqrt(BLOCK_SHARE) / length))
            starts.append(starts[-1] + len(known))
        shape = (len(counts), len(terms.at))
        parts.append(
            sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=shape)
        )
    return sparse.hstack(parts).tocsr()


def _fit_words(columns: Any, truth: Any, weights: Any, labels: int) -> Machine:
    """One support vector machine per label against the rest; a label without messages is never said."""
    here = sorted(set(truth.tolist()))
    fitted = np.zeros((columns.shape[1], labels))
    base = np.full(labels, -1.0)
    if len(here) < LEAST_LABELS:
        return Machine(fitted, base)
    machine = LinearSVC(random_state=SEED, max_iter=5000).fit(columns, truth, sample_weight=weights)
    two = len(here) == LEAST_LABELS
    fitted[:, here] = np.vstack([-machine.coef_, machine.coef_]).T if two else machine.coef_.T
    base[here] = np.concatenate([-machine.intercept_, machine.intercept_]) if two else machine.intercept_
    return Machine(fitted, base)


def _fold_words(counts: Any, truth: Any, weights: Any, part: Any, at_least: int, labels: int) -> Any:
    """Margins of the messages in `part` by a machine that saw only the others, terms and all."""
    others = [message for message, out in zip(counts, part, strict=True) if not out]
    blocks = _blocks(others, at_least)
    machine = _fit_words(_matrix(others, blocks), truth[~part], weights[~part], labels)
    held = [message for message, out in zip(counts, part, strict=True) if out]
    return _matrix(held, blocks) @ machine.weights + machine.base


# ── meaning ─────────────────────────────────────────────────────────────────────────────────────────────


def _nearness(messages: Sequence[tuple[str, str]], titles: Terms) -> Any:
    """How near each message's meaning is to the landmarks: of its title, its sentences, its title's words."""
    heads = [pieces.masked(title) for title, _ in messages]
    bodies = [
        pieces.sentences(pieces.masked(text) or head) for (_, text), head in zip(messages, heads, strict=True)
    ]
    spoken = [[word for word in dict.fromkeys(pieces.words(head)) if len(word) > 1] for head in heads]
    vector = meaning.vectors_by_text([*heads, *(piece for each in (*bodies, *spoken) for piece in each)])
    common = [[1 / (1 + _found_in(titles, word) / RARE) for word in said] for said in spoken]
    views = (
        np.stack([vector[head] for head in heads]),
        np.stack([_unit(np.mean([vector[sentence] for sentence in body], axis=0)) for body in bodies]),
        np.stack(
            [
                _unit(np.average([vector[word] for word in said], axis=0, weights=rare))
                if said
                else vector[head]
                for said, rare, head in zip(spoken, common, heads, strict=True)
            ]
        ),
    )
    marks = meaning.landmarks()
    near = [np.exp(-NEAR * (2 - 2 * view @ marks.vectors.T)) @ marks.whitening for view in views]
    return np.hstack([math.sqrt(share) * one for share, one in zip(VIEWS, near, strict=True)])


def _found_in(terms: Terms, word: str) -> int:
    return terms.found_in[terms.at[word]] if word in terms.at else 0


def _unit(vector: Any) -> Any:
    return vector / (np.linalg.norm(vector) or 1.0)


def _fit_meaning(near: Any, truth: Any, weights: Any, labels: int) -> Machine:
    """Ridge regression to +1 for the label and −1 for the rest, solved on the smaller side."""
    count, width = near.shape
    root = np.sqrt(weights)[:, None]
    rows = root * np.hstack([near, np.ones((count, 1))])
    wanted = root * np.where(truth[:, None] == np.arange(labels), 1.0, -1.0)
    if count <= width:
        solved = rows.T @ np.linalg.solve(rows @ rows.T + RIDGE * np.eye(count), wanted)
    else:
        solved = np.linalg.solve(rows.T @ rows + RIDGE * np.eye(width + 1), rows.T @ wanted)
    return Machine(solved[:-1], solved[-1])


def _fold_meaning(near: Any, truth: Any, weights: Any, part: Any, labels: int) -> Any:
    machine = _fit_meaning(near[~part], truth[~part], weights[~part], labels)
    return near[part] @ machine.weights + machine.base


# ── both ────────────────────────────────────────────────────────────────────────────────────────────────


def _balanced(truth: Any, weights: Any, labels: int) -> Any:
    """Every label weighs the same in all; within one the messages keep their weights' proportion."""
    per_label = np.array([weights[truth == label].sum() for label in range(labels)])
    return weights * (weights.sum() / (labels * per_label))[truth]


def _held_out(truth: Any, fit: Callable[[Any], Any]) -> Any:
    """Margins of every message by a fit that did not see it. Labels are dealt evenly to `FOLDS` parts."""
    dealer = random.Random(SEED)
    dealt = np.zeros(len(truth), dtype=np.int64)
    card = 0
    for label in range(int(truth.max()) + 1):
        of_label = np.flatnonzero(truth == label).tolist()
        dealer.shuffle(of_label)
        for at in of_label:
            dealt[at] = card % FOLDS
            card += 1
    margins = None
    for number in range(FOLDS):
        part = dealt == number
        if part.any() and not part.all():
            found = fit(part)
            margins = np.zeros((len(truth), found.shape[1])) if margins is None else margins
            margins[part] = found
    return margins


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
