"""Messages about the same thing, brought together: 热点, 重复来信.

Pairs worth comparing come from an index of names and telling words, never from all with all; what they mean
is asked only for messages in such a pair. Groups grow by average linkage: two groups become one while their
messages are, on average, closer than the same thing needs. The order of the messages plays no part.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from linli.matters.triage.closeness import (
    FAR,
    Features,
    Message,
    Relation,
    features,
    margin,
    relation,
    shared_words,
)

TELLING: Final = 40  # a word said in more messages than this brings none together
WORTH: Final = 0.06  # words two messages must share to be compared where no name brings them together
CROWD: Final = 400  # a name said by more messages is compared only where telling words agree too

Pair = tuple[int, int]
Meaning = Callable[[Sequence[Message], Sequence[Pair]], Mapping[Pair, float] | None]


def groups(messages: Iterable[Message], meaning: Meaning | None = None) -> list[list[str]]:
    """The ids of messages about the same thing, in groups of two and more, the largest first.

    `meaning` gives the cosines of the pairs it is asked for; without it words must do. Rows of one id are
    one message.
    """
    known: dict[str, Message] = {}
    for message in sorted(messages, key=lambda one: (one.id, one.title, one.text)):
        known.setdefault(message.id, message)
    listed = list(known.values())
    found = features(listed)
    pairs = candidates(found)
    cosines = meaning(listed, sorted(pairs)) if meaning is not None and pairs else None
    margins = {
        (one, other): margin(
            how,
            words,
            None if cosines is None else cosines[one, other],
            listed[one].at,
            listed[other].at,
        )
        for (one, other), (how, words) in pairs.items()
    }
    return [[listed[each].id for each in group] for group in link(len(listed), margins)]


def candidates(found: Sequence[Features]) -> dict[Pair, tuple[Relation, float]]:
    """The pairs worth comparing: they share a name, or enough telling words. With what their names say."""
    saying: dict[str, list[tuple[int, float]]] = defaultdict(list)
    naming: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for piece, weight in one.words.items():
            saying[piece].append((number, weight))
        for name in one.shared:
            naming[name].append(number)
    wanted: set[Pair] = set()
    for named in naming.values():
        if len(named) <= CROWD:
            wanted.update(combinations(named, 2))
    for piece, holders in saying.items():
        if len(holders) > TELLING or len(holders) == 1:
            saying[piece] = []
    for number, one in enumerate(found):
        sums: dict[int, float] = defaultdict(float)
        for piece, weight in one.words.items():
            for other, its in saying[piece]:
                if other > number:
                    sums[other] += weight * its
        wanted.update((number, other) for other, shared in sums.items() if shared >= WORTH)
    return {pair: (relation(found[pair[0]], found[pair[1]]), _words(found, pair)) for pair in wanted}


def _words(found: Sequence[Features], pair: Pair) -> float:
    return shared_words(found[pair[0]], found[pair[1]])


def link(count: int, margins: Mapping[Pair, float]) -> list[list[int]]:
    """Groups of the numbers 0 … count-1 by average linkage; pairs not named are as far as can be.

    Gives groups of two and more, the largest first, then by their least number.
    """
    members: dict[int, list[int]] = {number: [number] for number in range(count)}
    near: dict[int, dict[int, float]] = defaultdict(dict)  # sums of margins above FAR between two groups
    for (one, other), found in margins.items():
        near[one][other] = near[other][one] = found - FAR
    heap = [(-found, one, other) for (one, other), found in margins.items() if found >= 0]
    heapq.heapify(heap)
    following = count
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        members[following] = sorted(members.pop(one) + members.pop(other))
        sums: dict[int, float] = defaultdict(float)
        for part in (one, other):
            for third, total in near.pop(part).items():
                if third in members:
                    sums[third] += total
                    near[third].pop(part, None)
        for third, total in sums.items():
            near[following][third] = near[third][following] = total
            average = total / (len(members[following]) * len(members[third])) + FAR
            if average >= 0:
                heapq.heappush(heap, (-average, third, following))
        following += 1
    grouped = [group for group in members.values() if len(group) > 1]
    return sorted(grouped, key=lambda group: (-len(group), group))
