"""What staff usually choose: how a kind of matter is settled, how pressing it is, which unit it goes to.

What a community did with its latest matters of a kind goes before what all communities did; where neither did
one thing most of the time, the list of words keeps its word.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from linli.matters.kinds import Thing
from linli.matters.rules.nearness import LENIENT
from linli.matters.triage.taxonomy import Level, Urgency
from linli.matters.triage.words import Suggestion

LATEST: Final = 10  # of a community's matters of a kind: what was usual before is not any more
LEAST: Final = 5  # of them before they say anything
LATEST_OF_ALL: Final = 40  # of all communities' matters of a kind
LEAST_OF_ALL: Final = 20
PRIOR: Final = 2.0  # what all communities do counts as so many decisions of one's own
MOST_OF_THEM: Final = 0.5  # a habit is more than this share
OWN: Final = "own"  # in place of a unit: the community does it itself
LEARNT: Final = (Thing.LEVEL, Thing.URGENCY, Thing.UNIT, Thing.DUTY)
# What the list of words says of danger is never learnt away.
_NEVER: Final = frozenset({"danger", "emergency"})
_USUAL: Final = frozenset({"usual", "unknown"})


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was chosen for one matter: `key` is what matters of its kind are filed under."""

    community: UUID
    key: str
    choice: str


@dataclass(frozen=True, slots=True)
class Habit:
    """Chosen for `count` of the latest `of` matters of a kind: `here`, or in all communities."""

    choice: str
    count: int
    of: int
    here: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """All habits of a version by thing and key, and how lenient likely duplicates are chosen."""

    by_thing: Mapping[Thing, Mapping[str, Habit]]
    lenient: float = LENIENT

    def of(self, thing: Thing, key: str) -> Habit | None:
        """What is usual for a kind of matter, where anything is."""
        return self.by_thing.get(thing, {}).get(key)

    def __bool__(self) -> bool:
        return any(self.by_thing.values()) or self.lenient != LENIENT


NO_HABITS: Final = Habits({})


def habit(own: Sequence[str], all_choices: Sequence[str]) -> Habit | None:
    """What is usual by a community's choices and by all communities', both newest first."""
    mine, everyone = Counter(own[:LATEST]), Counter(all_choices[:LATEST_OF_ALL])
    of_mine, of_all = mine.total(), everyone.total()
    if of_mine >= LEAST:
        weight = {one: mine[one] + (PRIOR * everyone[one] / of_all if of_all else 0.0) for one in mine}
        best = min(weight, key=lambda one: (-weight[one], one))
        usual = weight[best] > MOST_OF_THEM * (of_mine + (PRIOR if of_all else 0.0))
        return Habit(best, mine[best], of_mine, here=True) if usual else None
    if of_all < LEAST_OF_ALL:
        return None
    best = min(everyone, key=lambda one: (-everyone[one], one))
    return Habit(best, everyone[best], of_all, here=False) if everyone[best] > MOST_OF_THEM * of_all else None


def habits_of(lessons: Sequence[Lesson], community: UUID | None, thing: Thing) -> dict[str, Habit]:
    """The habits of a community, or of all (None), by lessons newest first. A unit is a habit of its own
    community alone, a kind of unit one of all."""
    own: dict[str, list[str]] = defaultdict(list)
    everyone: dict[str, list[str]] = defaultdict(list)
    for lesson in lessons:
        if lesson.community == community and thing is not Thing.DUTY:
            own[lesson.key].append(lesson.choice)
        if thing is not Thing.UNIT:
            everyone[lesson.key].append(lesson.choice)
    found = {key: habit(own.get(key, ()), everyone.get(key, ())) for key in sorted({*own, *everyone})}
    return {key: one for key, one in found.items() if one is not None}


def checked(lessons: Sequence[Lesson], community: UUID | None, thing: Thing) -> tuple[int, int]:
    """How often what was usual until then was chosen again, of how often anything was usual: every lesson of
    a community (or of all) is asked of those before it."""
    own: dict[str, list[str]] = defaultdict(list)
    everyone: dict[str, list[str]] = defaultdict(list)
    right = said = 0
    for lesson in reversed(lessons):
        mine, others = own[lesson.key], everyone[lesson.key]
        if community in (None, lesson.community):
            usual = habit(mine[-LATEST:][::-1], others[-LATEST_OF_ALL:][::-1])
            said += usual is not None
            right += usual is not None and usual.choice == lesson.choice
        if lesson.community == community and thing is not Thing.DUTY:
            mine.append(lesson.choice)
        if thing is not Thing.UNIT:
            others.append(lesson.choice)
    return right, said


def signal(found: Suggestion) -> str:
    """What the words say of the level besides the category: of many, of a court…; "" where nothing."""
    code = found.level_reason.code
    return "" if code in _USUAL else code


def filed_under(category: str, signal: str) -> str:
    """What a level is learnt by: what the words said besides the category, else the category."""
    return f":{signal}" if signal else category


def followed(found: Suggestion, habits: Habits) -> tuple[Suggestion, dict[Thing, Habit]]:
    """The suggestion with what is usual in it, and the habits that say why. Danger stands as it was found."""
    if found.level_reason.code in _NEVER or found.urgency_reason.code in _NEVER:
        return found, {}
    why: dict[Thing, Habit] = {}
    said, category = signal(found), found.category or ""
    level = habits.of(Thing.LEVEL, filed_under(category, said))
    # Where the words alone said the same, they are the better reason.
    if level is not None and not (said and level.choice == found.level):
        why[Thing.LEVEL] = level
        found = replace(found, level=Level(level.choice), out_of_scope=None)
    urgency = habits.of(Thing.URGENCY, category)
    if urgency is not None:
        why[Thing.URGENCY] = urgency
        found = replace(found, urgency=Urgency(urgency.choice))
    return found, why


def packed(habits: Habits) -> dict[str, Any]:
    """As it is stored with a version."""
    rows = {
        thing.value: {key: [one.choice, one.count, one.of, one.here] for key, one in by_key.items()}
        for thing, by_key in habits.by_thing.items()
    }
    return {**rows, "lenient": habits.lenient}


def unpacked(raw: Mapping[str, Any]) -> Habits:
    """What `packed` gave. A level or an urgency that is not used any more is left out."""
    names: dict[Thing, Iterable[str]] = {Thing.LEVEL: set(Level), Thing.URGENCY: set(Urgency)}
    by_thing = {
        thing: {
            key: Habit(*said)
            for key, said in raw.get(thing.value, {}).items()
            if thing not in names or said[0] in names[thing]
        }
        for thing in LEARNT
    }
    return Habits(by_thing, float(raw.get("lenient", LENIENT)))
