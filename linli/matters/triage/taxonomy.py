"""The list of what residents bring up: groups, leaves, the words that betray them, and who usually acts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StrictInt, field_validator, model_validator
from pydantic_core import PydanticCustomError

from linli.matters.procedures.loader import SHIPPED, read
from linli.matters.procedures.schema import Part, Slug, Wording, Words

STRONG = 3
WEAK = 1
SHIPPED_TAXONOMY = SHIPPED / "taxonomy.yaml"


class Level(StrEnum):
    """How a matter is best settled."""

    SETTLE_AT_ONCE = "settle_at_once"
    COUNCIL = "council"
    PARTY_COMMITTEE = "party_committee"
    JOINT_CONFERENCE = "joint_conference"
    MEDIATION = "mediation"
    VOLUNTEERS = "volunteers"
    OUT_OF_SCOPE = "out_of_scope"


LEVEL_TITLES: Mapping[Level, Words] = {
    Level.SETTLE_AT_ONCE: Words(zh="当场能办", en="Settle at once"),
    Level.COUNCIL: Words(zh="上议事会", en="Residents' council"),
    Level.PARTY_COMMITTEE: Words(zh="上党委会", en="Party committee"),
    Level.JOINT_CONFERENCE: Words(zh="上联席会议", en="Joint conference"),
    Level.MEDIATION: Words(zh="请人调解", en="Mediation"),
    Level.VOLUNTEERS: Words(zh="找志愿者", en="Volunteers"),
    Level.OUT_OF_SCOPE: Words(zh="不归社区管", en="Out of scope"),
}


class Urgency(StrEnum):
    """How soon an answer is owed; the lengths are a local setting (`rules/clocks.py`)."""

    LIFE = "life"
    UTILITY = "utility"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


def _weighted(value: Any, usual: int) -> Any:
    """`[路灯, {路灯杆: 5}]` as a mapping from word to weight."""
    if not isinstance(value, list):
        return value
    weights: dict[Any, Any] = {}
    for item in value:
        for word, weight in item.items() if isinstance(item, dict) else ((item, usual),):
            if word in weights:
                raise PydanticCustomError("linli", "the word “%(word)s” is written twice", {"word": word})
            weights[word] = weight
    return weights


Weight = Annotated[StrictInt, Field(ge=1, le=10)]


class Leaf(Part):
    """One category, with the words that point to it."""

    code: Slug
    zh: Wording
    en: Wording
    unit: Slug
    level: Level
    urgency: Urgency
    strong: dict[Wording, Weight]
    weak: dict[Wording, Weight]

    @field_validator("strong", mode="before")
    @classmethod
    def _strong(cls, value: Any) -> Any:
        return _weighted(value, STRONG)

    @field_validator("weak", mode="before")
    @classmethod
    def _weak(cls, value: Any) -> Any:
        return _weighted(value, WEAK)

    @property
    def title(self) -> Words:
        return Words(zh=self.zh, en=self.en)


class Group(Part):
    """Leaves of one field of life."""

    code: Slug
    zh: Wording
    en: Wording
    leaves: Annotated[tuple[Leaf, ...], Field(min_length=1)]


class Signals(Part):
    """Words that say how pressing a matter is, who wants it, and whether it belongs elsewhere."""

    danger: tuple[Wording, ...]
    supposed: tuple[Wording, ...]
    asked: tuple[Wording, ...]
    not_yet: tuple[Wording, ...]
    many: tuple[Wording, ...]
    emergency: dict[str, tuple[Wording, ...]]
    legal: tuple[Wording, ...]
    petition: tuple[Wording, ...]
    secret: tuple[Wording, ...]
    private: tuple[Wording, ...]
    unlawful: tuple[Wording, ...]
    beyond: tuple[Wording, ...]
    repeated: tuple[Wording, ...]


class Taxonomy(Part):
    """The whole list."""

    version: Annotated[StrictInt, Field(ge=1)]
    units: dict[Slug, Words]
    neutral: tuple[Wording, ...] = ()
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    signals: Signals

    @model_validator(mode="after")
    def _codes(self) -> Self:
        seen: set[str] = set()
        for leaf in (leaf for group in self.groups for leaf in group.leaves):
            if leaf.code in seen:
                reason = "the category “%(code)s” is written twice"
                raise PydanticCustomError("linli", reason, {"code": leaf.code})
            if leaf.unit not in self.units:
                reason = "category “%(code)s” goes to “%(unit)s”, which is not a kind of unit"
                raise PydanticCustomError("linli", reason, {"code": leaf.code, "unit": leaf.unit})
            seen.add(leaf.code)
        return self

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """Every category by its code, in the order written."""
        return {leaf.code: leaf for group in self.groups for leaf in group.leaves}

    @cached_property
    def words(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Every word with the (category, weight) pairs it points to, the longest first."""
        points: dict[str, list[tuple[str, int]]] = {word.lower(): [] for word in self.neutral}
        for leaf in self.leaves.values():
            for word, weight in {**leaf.weak, **leaf.strong}.items():
                points.setdefault(word.lower(), []).append((leaf.code, weight))
        by_length = sorted(points.items(), key=lambda item: (-len(item[0]), item[0]))
        return tuple((word, tuple(pairs)) for word, pairs in by_length)

    def group_of(self, code: str) -> Group:
        """The group of a category; KeyError where there is none."""
        for group in self.groups:
            if any(leaf.code == code for leaf in group.leaves):
                return group
        raise KeyError(code)


@cache
def load_taxonomy(path: Path = SHIPPED_TAXONOMY) -> Taxonomy:
    """The taxonomy of a file, read once. ProcedureError names file, line and reason where it is wrong."""
    _, taxonomy, wrong = read(Taxonomy, path.read_text(encoding="utf-8"), str(path))
    if taxonomy is None:
        raise wrong[0]
    return taxonomy
