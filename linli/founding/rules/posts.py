"""Which posts a practice needs here, in which organization each sits, and over which places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from linli.founding.kinds import Stage
from linli.organizations.kinds import Level, OrganizationKind

# Who does the daily work and who is above it are there in every community, whatever its procedure says.
ALWAYS: Final = ("community_clerk", "community_secretary", "grid_worker")
HANDLER: Final = "unit_handler"  # sits in the units that serve a place; those have a stage of their own
ORDER: Final = ("district", "street", "community", "courtyard", "grid", "building")

ORGANIZATIONS: Final[Mapping[str, OrganizationKind]] = {
    "district": OrganizationKind.DISTRICT,
    "street": OrganizationKind.STREET_OFFICE,
}
OWN_ORGANIZATION: Final[Mapping[str, OrganizationKind]] = {
    "owners_committee_director": OrganizationKind.OWNERS_COMMITTEE,
}


class Kind(Protocol):
    """What is asked of a kind of post."""

    @property
    def level(self) -> str: ...
    @property
    def above(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """A place posts can be over, by its level."""

    id: UUID
    level: str
    name: str


@dataclass(frozen=True, slots=True)
class Need:
    """One post to open: its kind, over which place."""

    kind: str
    ground: Ground


def kinds_needed(holders: Iterable[str], kinds: Mapping[str, Kind]) -> list[str]:
    """The kinds of post a procedure's steps name, those their vacancies fall to, and the usual three.

    From the widest level down; a kind nobody described is left out.
    """
    found: dict[str, None] = {}
    waiting = [*holders, *ALWAYS]
    while waiting:
        code = waiting.pop(0)
        if code in found or code not in kinds or code == HANDLER:
            continue
        found[code] = None
        above = kinds[code].above
        if above:
            waiting.append(above)
    return sorted(found, key=lambda code: (ORDER.index(kinds[code].level), list(found).index(code)))


def needs(codes: Sequence[str], kinds: Mapping[str, Kind], grounds: Sequence[Ground]) -> list[Need]:
    """A post of each kind over every place of its level; over the community where there is none so fine."""
    community = [ground for ground in grounds if ground.level == Level.COMMUNITY.value]
    found = []
    for code in codes:
        level = kinds[code].level
        over = [ground for ground in grounds if ground.level == level]
        too_fine = ORDER.index(level) > ORDER.index(Level.COMMUNITY.value)
        found += [Need(code, ground) for ground in over or (community if too_fine else [])]
    return found


def organization_of(code: str, level: str) -> OrganizationKind:
    """The kind of organization a post sits in."""
    at_level = ORGANIZATIONS.get(level, OrganizationKind.RESIDENTS_COMMITTEE)
    return OWN_ORGANIZATION.get(code, at_level)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is there of a community by now; `waiting` hold a post and have neither account nor slip."""

    buildings: int
    practices: int
    held: int
    waiting: int


def next_stage(facts: Facts) -> Stage:
    """The first stage that is not done: what exists says so, nothing is kept beside it."""
    if not facts.buildings:
        return Stage.BUILDINGS
    if not facts.practices:
        return Stage.PRACTICE
    if not facts.held:
        return Stage.POSTS
    return Stage.SLIPS if facts.waiting else Stage.DONE
