"""The made-up matters that a demonstration replays through the real actions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from linli.matters.procedures.kinds import Kind, Outcome
from linli.matters.procedures.loader import SHIPPED, read
from linli.matters.procedures.schema import Part, Slug, Wording
from linli.matters.triage.taxonomy import Level

SHIPPED_MATTERS = SHIPPED / "demo" / "matters.yaml"


class At(StrEnum):
    """The finest place a matter is about."""

    HOME = "home"
    ENTRANCE = "entrance"
    BUILDING = "building"
    COURTYARD = "courtyard"
    COMMUNITY = "community"


class Turn(StrEnum):
    """Something that happened on the way."""

    URGED = "urged"
    LATE = "late"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    WHISTLE = "whistle"
    JOINT = "joint"
    REOPENED = "reopened"
    ANONYMOUS = "anonymous"
    UNPUBLISHED = "unpublished"


class DemoMatter(Part):
    """One made-up matter, from what was said to how it was judged."""

    title: Wording
    text: Wording
    category: Slug
    kind: Kind
    channel: Slug
    at: At
    level: Level
    unit: Slug
    joiners: Annotated[StrictInt, Field(ge=0, le=60)]
    turns: tuple[Turn, ...]
    ended: Outcome
    answer: str
    comments: tuple[Wording, ...]
    score: Annotated[StrictInt, Field(ge=1, le=5)] | None
    remark: str

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.ended is not Outcome.WITHDRAWN and not self.answer:
            raise PydanticCustomError("linli", "a demo matter that ended needs its answer", {})
        if Turn.UNPUBLISHED in self.turns and self.comments:
            raise PydanticCustomError("linli", "nobody comments on what was not published", {})
        return self


class DemoMatters(Part):
    """The whole file, which says at its head that it is made up."""

    demo: Literal[True]
    matters: tuple[DemoMatter, ...]


def load_demo_matters(path: Path = SHIPPED_MATTERS) -> tuple[DemoMatter, ...]:
    """The matters of a demo file; ProcedureError names file, line and reason where it is wrong."""
    _, found, wrong = read(DemoMatters, path.read_text(encoding="utf-8"), str(path))
    if found is None:
        raise wrong[0]
    return found.matters
