"""What the words of a text suggest: category, level, limit, unit, and whether it belongs elsewhere.

A suggestion only: every one carries its reason, and a person decides. Reasons are English msgids with
parameters; the parameters are the resident's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linli.kernel.text import normalise
from linli.matters.triage.taxonomy import Level, Signals, Taxonomy, Urgency

READ = 2000  # characters of a text that are read: what a matter is about is said early
TITLE = 1.5  # a word in the title counts half as much again
AGAIN = 0.3  # each further time a word is said, up to three
ENOUGH = 1.0  # one weak word is worth a suggestion: a person decides
SURE = 4.0  # a strong word and another: what it is about is known
BESIDE = 0.4  # a second category is worth showing from this share of the first
MOST = 3

NOT = re.compile(r"(?<!是)(?:不是|并非|不算|不关|不涉及)[^，。！？；,!?;\s]{0,2}$")
NO_MATTER = re.compile(r"^[^，。！？；,!?;\s]{0,2}(?:无关|没关系|没有关系)")
CLAUSE = re.compile(r"[，。！？；：,.!?;:\s]")


REASONS: Mapping[str, str] = {
    "words": "words found: %(words)s",
    "usual": "usual for this kind of matter",
    "unknown": "no known words were found; please read it",
    "danger": "someone may be in danger; words found: %(words)s",
    "many": "many households want it; words found: %(words)s",
    "emergency": "an emergency: call %(number)s first; words found: %(words)s",
    "legal": "already with a court or an arbitrator; words found: %(words)s",
    "petition": "belongs to the petition office; words found: %(words)s",
    "secret": "touches a secret; words found: %(words)s",
    "private": "asks for someone else's private details; words found: %(words)s",
    "unlawful": "asks for something unlawful; words found: %(words)s",
    "beyond": "beyond what a community can decide; words found: %(words)s",
    "learnt": "sorted so %(count)s times before; words that weighed most: %(words)s",
    "often": "sorted so %(count)s times before, by what the whole text means",
    "repeated": "the same as before with nothing new; words found: %(words)s",
}


@dataclass(frozen=True)
class Reason:
    """Why: an English msgid and what fills it; `code` is its name in `REASONS`."""

    msgid: str
    params: Mapping[str, object]
    code: str = ""

    def __str__(self) -> str:
        return self.msgid % self.params if self.params else self.msgid


@dataclass(frozen=True)
class Ranked:
    """One category that fits, with the words that say so."""

    code: str
    score: float
    words: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True)
class Learnt:
    """A category learnt from `count` decisions, with its share of certainty and the words that weighed."""

    code: str
    share: float
    words: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Suggestion:
    """What a first look suggests. `out_of_scope` is the reason not to dispatch it, where there is one."""

    categories: tuple[Ranked, ...]
    level: Level
    level_reason: Reason
    urgency: Urgency
    urgency_reason: Reason
    unit_kind: str
    out_of_scope: Reason | None
    learnt: bool = False

    @property
    def category(self) -> str | None:
        """The code of the best category, None where no words were known."""
        return self.categories[0].code if self.categories else None


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    word: str
    pairs: tuple[tuple[str, int], ...]


def suggest(text: str, title: str, taxonomy: Taxonomy, learnt: Learnt | None = None) -> Suggestion:
    """A first look at what someone said. Well under 5 ms for a text of ordinary length.

    A learnt category stands before the words' own; danger and what belongs elsewhere are the words' alone.
    """
    heading = normalise(title[:READ]).lower()
    said = f"{heading}。{normalise(text[:READ]).lower()}"[:READ]
    categories = _rank(said, len(heading), taxonomy)
    elsewhere = _elsewhere(said, taxonomy.signals, known=bool(categories and categories[0].score >= SURE))
    categories = _led(categories, learnt)
    danger = _said(said, taxonomy.signals.danger, before=taxonomy.signals.supposed)
    leaf = taxonomy.leaves[categories[0].code] if categories else None
    unit_kind = leaf.unit if leaf else "community"
    urgency, urgency_reason = _urgency(
        leaf.urgency if leaf else Urgency.ORDINARY, danger, elsewhere, leaf is None
    )
    level, level_reason = _level(said, leaf.level if leaf else None, danger, elsewhere, taxonomy.signals)
    return Suggestion(
        categories, level, level_reason, urgency, urgency_reason, unit_kind, elsewhere, learnt is not None
    )


def _led(categories: tuple[Ranked, ...], learnt: Learnt | None) -> tuple[Ranked, ...]:
    """The categories with the learnt one first, where there is one."""
    if learnt is None:
        return categories
    words = learnt.words
    reason = _because("learnt" if words else "often", words, count=learnt.count)
    first = Ranked(learnt.code, round(learnt.share, 2), words, reason)
    return (first, *(one for one in categories if one.code != learnt.code))[:MOST]


def _rank(said: str, title_length: int, taxonomy: Taxonomy) -> tuple[Ranked, ...]:
    scores: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    for hit in _hits(said, taxonomy):
        if _negated(said, hit.start, hit.end):
            continue
        times = min(said.count(hit.word), 4)
        factor = (TITLE if hit.start < title_length else 1.0) + AGAIN * (times - 1)
        for code, weight in hit.pairs:
            if hit.word not in words.setdefault(code, []):
                words[code].append(hit.word)
                scores[code] = scores.get(code, 0.0) + weight * factor
    order = {code: number for number, code in enumerate(taxonomy.leaves)}
    best = sorted(scores.items(), key=lambda item: (-item[1], order[item[0]]))[:MOST]
    least = max(ENOUGH, best[0][1] * BESIDE) if best else 0.0
    return tuple(
        Ranked(code, round(score, 2), tuple(words[code]), _because("words", words[code]))
        for code, score in best
        if score >= least
    )


def _hits(said: str, taxonomy: Taxonomy) -> list[_Hit]:
    """Every known word in the text, none of them inside a longer known word, in reading order."""
    covered: list[tuple[int, int]] = []
    hits: list[_Hit] = []
    for word, pairs in taxonomy.words:  # the longest first
        start = said.find(word)
        while start >= 0:
            end = start + len(word)
            if not any(left <= start and end <= right for left, right in covered):
                covered.append((start, end))
                hits.append(_Hit(start, end, word, pairs))
            start = said.find(word, start + 1)
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _negated(said: str, start: int, end: int) -> bool:
    """Whether the word is said only to be set aside: 不是停车的问题, 跟停车没关系."""
    return bool(NOT.search(said[max(0, start - 8) : start]) or NO_MATTER.match(said[end : end + 8]))


def _said(
    said: str, words: Iterable[str], *, before: tuple[str, ...] = (), after: tuple[str, ...] = ()
) -> list[str]:
    """The words said in earnest: not set aside, and no word of doubt in the same clause."""
    found: list[str] = []
    for word in words:
        start = said.find(word)
        while start >= 0:
            end = start + len(word)
            clause_before = CLAUSE.split(said[max(0, start - 12) : start])[-1]
            clause_after = CLAUSE.split(said[end : end + 10])[0]
            doubted = any(one in clause_before for one in before) or any(one in clause_after for one in after)
            if not doubted and not _negated(said, start, end):
                found.append(word)
                break
            start = said.find(word, start + 1)
    return [word for word in found if not any(word != other and word in other for other in found)]


def _elsewhere(said: str, signals: Signals, *, known: bool) -> Reason | None:
    """Why it is not dispatched, or None.

    Source: what a hotline does not dispatch: emergencies of 110, 119, 120 and 122, legal channels and
    petitions, repeats without new facts, secrets and privacy, beyond remit, unlawful.
    """
    for number, words in signals.emergency.items():
        found = _said(said, words, before=signals.supposed, after=signals.asked)
        if found:
            return _because("emergency", found, number=number)
    not_yet = signals.supposed + signals.not_yet
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("legal", signals.legal, not_yet),
        ("petition", signals.petition, not_yet),
        ("secret", signals.secret, ()),
        ("private", signals.private, ()),
        ("unlawful", signals.unlawful, ()),
        ("beyond", () if known else signals.beyond, ()),
        ("repeated", signals.repeated, ()),
    )
    for why, words, before in rows:
        found = _said(said, words, before=before)
        if found:
            return _because(why, found)
    return None


def _urgency(
    usual: Urgency, danger: list[str], elsewhere: Reason | None, unknown: bool
) -> tuple[Urgency, Reason]:
    if elsewhere is not None and "number" in elsewhere.params:
        return Urgency.LIFE, elsewhere
    if danger:
        return Urgency.LIFE, _because("danger", danger)
    if unknown:
        return usual, _because("unknown")
    return usual, _because("usual")


def _level(
    said: str, usual: Level | None, danger: list[str], elsewhere: Reason | None, signals: Signals
) -> tuple[Level, Reason]:
    if elsewhere is not None:
        return Level.OUT_OF_SCOPE, elsewhere
    if danger:
        return Level.SETTLE_AT_ONCE, _because("danger", danger)
    many = _said(said, signals.many)
    if many and usual in (None, Level.SETTLE_AT_ONCE, Level.MEDIATION):
        return Level.COUNCIL, _because("many", many)
    if usual is None:
        return Level.SETTLE_AT_ONCE, _because("unknown")
    return usual, _because("usual")


def _because(why: str, words: Iterable[str] = (), **params: object) -> Reason:
    said = "、".join(words)
    return Reason(REASONS[why], {**params, "words": said} if said else params, why)
