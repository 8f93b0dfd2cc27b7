"""What was learnt, and how it answers. Reading a model and asking it needs numpy only, and no encoder.

An answer by words takes a few milliseconds, fit for a request. `answers` adds meaning where the model has
it and the encoder is installed, for jobs and the command line. Each message is judged on its own.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from linli.matters.triage import meaning, pieces

try:
    import numpy as np
except ImportError:  # the extra `learning` is not installed
    np = None  # type: ignore[assignment]

WORD_BLOCKS: Final = 2  # the blocks of whole words, which stand before those of runs
BLOCK_SHARE: Final = 0.5  # of each block; a block is a vector of length 1 before that
VIEWS: Final = (1.0, 1.0, 0.5)  # shares of the title's meaning, its text's, and that of the title's words
NEAR: Final = 1.0  # exp(-NEAR·distance²): how fast nearness fades
RARE: Final = 5.0  # a word of five titles weighs half of a new one in the meaning of a title's words
TOLD: Final = 3  # words named as the reason

Counts = tuple[Mapping[str, int], ...]  # terms of one message with how often each is said, block by block


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms counted in one block, each with in how many of the messages it stood."""

    at: Mapping[str, int]
    found_in: Any  # an array of whole numbers
    of: int

    def idf(self, columns: Any) -> Any:
        """How much each of these terms tells: ln((1+n)/(1+df)) + 1."""
        return np.log((1 + self.of) / (1 + self.found_in[columns])) + 1


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
class Answer:
    """Labels with their share of certainty, the likeliest first; `why` are the words that weighed most."""

    shares: tuple[tuple[str, float], ...]
    why: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The likeliest."""
        return self.shares[0][0]


def readable() -> bool:
    """Whether the package that reads models is installed; without it the list of words answers."""
    return np is not None


def answer(model: Model, title: str, text: str) -> Answer:
    """By words alone."""
    row = Row.of(model, title, text)
    return _answer(model, row.margins(model.words) / model.words.temperature, row)


def answers(model: Model, messages: Sequence[tuple[str, str]]) -> list[Answer]:
    """(title, text) of many messages, with meaning where there is any."""
    rows = [Row.of(model, title, text) for title, text in messages]
    if not knows_meaning(model) or not rows:
        return [_answer(model, row.margins(model.words) / model.words.temperature, row) for row in rows]
    near = nearness(messages, model.blocks[0])
    about = near @ model.meaning.weights + model.meaning.base  # type: ignore[union-attr]
    return [
        _answer(model, (row.margins(model.words) + margins) / model.together, row)
        for row, margins in zip(rows, about, strict=True)
    ]


def knows_meaning(model: Model) -> bool:
    """Whether this model can be asked about meaning here: learnt with it, by this encoder and list."""
    return model.meaning is not None and meaning.available() and model.landmarks == meaning.landmarks_digest()


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────


def counted(title: str, text: str) -> Counts:
    """What is counted of a message: words of title and text, then runs of characters of both."""
    head, body = pieces.masked(title), pieces.masked(text)
    return (
        pieces.word_counts(head),
        pieces.word_counts(body),
        pieces.run_counts(head),
        pieces.run_counts(body),
    )


def weighed(counts: Counts, blocks: Sequence[Terms]) -> Iterator[tuple[Any, Any]]:
    """Columns and values of a message, block by block: (1 + ln tf)·idf, each at length √`BLOCK_SHARE`."""
    for said, terms in zip(counts, blocks, strict=True):
        known = {terms.at[term]: times for term, times in said.items() if term in terms.at}
        at = np.array(list(known), dtype=np.int64)
        values = (1 + np.log(np.array(list(known.values()), dtype=np.float64))) * terms.idf(at)
        yield at, values * (math.sqrt(BLOCK_SHARE) / (math.sqrt(float(values @ values)) or 1.0))


@dataclass(frozen=True, slots=True)
class Row:
    """One message as a model sees it: columns with their values, and the whole word behind a column."""

    columns: Any
    values: Any
    spelt: Mapping[int, str]

    @classmethod
    def of(cls, model: Model, title: str, text: str) -> "Row":
        counts = counted(title, text)
        columns: list[Any] = []
        values: list[Any] = []
        spelt: dict[int, str] = {}
        start = 0
        for number, (at, value) in enumerate(weighed(counts, model.blocks)):
            terms = model.blocks[number].at
            if number < WORD_BLOCKS:
                spelt |= {start + terms[word]: word for word in counts[number] if word in terms}
            columns.append(at + start)
            values.append(value)
            start += len(terms)
        return cls(np.concatenate(columns), np.concatenate(values), spelt)

    def margins(self, machine: Machine) -> Any:
        """How far the message lies on each label's side."""
        return self.values @ machine.weights[self.columns] + machine.base


def _answer(model: Model, scaled: Any, row: Row) -> Answer:
    powers = np.exp(scaled - scaled.max())
    shares = powers / powers.sum()
    order = np.argsort(-shares, kind="stable")
    ranked = tuple((model.labels[at], round(float(shares[at]), 4)) for at in order)
    return Answer(ranked, _why(model, row, int(order[0])))


def _why(model: Model, row: Row, label: int) -> tuple[str, ...]:
    """The whole words that spoke most for a label, none of them inside another."""
    spoke: dict[str, float] = {}
    for column, value in zip(row.columns.tolist(), row.values.tolist(), strict=True):
        word = row.spelt.get(column, "")
        if len(word) > 1:
            spoke[word] = spoke.get(word, 0.0) + value * float(model.words.weights[column, label])
    best = sorted((word for word in spoke if spoke[word] > 0), key=lambda word: (-spoke[word], word))
    return tuple(word for at, word in enumerate(best) if not any(word in other for other in best[:at]))[:TOLD]


# ── meaning ─────────────────────────────────────────────────────────────────────────────────────────────


def nearness(messages: Sequence[tuple[str, str]], titles: Terms) -> Any:
    """How near each message's meaning is to the landmarks, by each of its views."""
    marks = meaning.landmarks()
    near = [
        np.exp(-NEAR * (2 - 2 * view @ marks.vectors.T)) @ marks.whitening for view in views(messages, titles)
    ]
    return np.hstack([math.sqrt(share) * one for share, one in zip(VIEWS, near, strict=True)])


def views(messages: Sequence[tuple[str, str]], titles: Terms) -> tuple[Any, Any, Any]:
    """The meaning of each message's title, of its sentences, and of its title's words, the rarer the more."""
    heads = [pieces.masked(title) for title, _ in messages]
    bodies = [
        pieces.sentences(pieces.masked(text) or head) for (_, text), head in zip(messages, heads, strict=True)
    ]
    spoken = [[word for word in dict.fromkeys(pieces.words(head)) if len(word) > 1] for head in heads]
    vector = meaning.vectors_by_text([*heads, *(piece for each in (*bodies, *spoken) for piece in each)])
    common = [[1 / (1 + _found_in(titles, word) / RARE) for word in said] for said in spoken]
    return (
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


def _found_in(terms: Terms, word: str) -> int:
    return int(terms.found_in[terms.at[word]]) if word in terms.at else 0


def _unit(vector: Any) -> Any:
    return vector / (np.linalg.norm(vector) or 1.0)
