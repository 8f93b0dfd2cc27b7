"""A practice: the folder of a place's way of working, with the posts and bodies it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from linli.matters.procedures.checks import Known
from linli.matters.procedures.schema import Part, Procedure, Slug, Words

POWERS: frozenset[str] = frozenset(
    {
        "matter.triage",
        "matter.move",
        "matter.enter",
        "matter.read",
        "matter.publish",
        "matter.answer",
        "matter.note",
        "matter.callback",
        "matter.suspend",
        "matter.hand_over",
        "order.issue",
        "order.handle",
        "order.verify",
        "order.review",
        "extension.approve",
        "whistle.issue",
        "whistle.answer",
        "supervise",
        "person.read",
        "person.open_field",
        "person.edit",
        "place.edit",
        "post.appoint",
        "announcement.write",
        "conversation.lead",
        "covenant.keep",
        "appraisal.run",
        "survey.run",
        "works.keep",
        "works.door",
        "announcement.approve",
        "audit.read",
        "ballot.enter",
        "ballot.run",
        "export",
        "procedure.adopt",
        "rates.read",
        "exclusion.approve",
        "import",
        "gathering.hold",
        "sitting.open",
        "affairs.disclose",
    }
)


class Level(StrEnum):
    """What a post is appointed over."""

    BUILDING = "building"
    GRID = "grid"
    COURTYARD = "courtyard"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


class PostKind(Part):
    """A kind of post: its title, what it may do, over what, and who takes its work while it is vacant."""

    title: Words
    level: Level
    powers: tuple[str, ...]
    above: Slug | None = None


class Practice(Part):
    """The `practice.yaml` of a folder. `does` tells in a few sentences what the place does."""

    practice: Slug
    name: Words
    place: Words
    summary: Words
    does: Annotated[tuple[Words, ...], Field(min_length=1)]
    posts: Annotated[dict[Slug, PostKind], Field(default_factory=dict)]
    bodies: Annotated[dict[Slug, Words], Field(default_factory=dict)]
    ballots: Annotated[dict[Slug, Words], Field(default_factory=dict)]


@dataclass(frozen=True)
class LoadedPractice:
    """A practice with its procedures; `posts` are its own and those of the default practice."""

    folder: Path
    practice: Practice
    posts: Mapping[str, PostKind]
    known: Known
    procedures: tuple[Procedure, ...]

    @property
    def code(self) -> str:
        return self.practice.practice
