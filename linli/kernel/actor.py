"""Who acts, and with which powers over which places."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


class ActorKind(StrEnum):
    """What sort of actor stands behind an act."""

    PERSON = "person"
    KEY = "key"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Grant:
    """One power over one subtree of places, usually held through a post.

    `path` starts and ends with a slash; "/" alone is every place. `starts` and `ends` are both included
    in the term; None leaves that side open. An empty path is refused: it would match everything by accident.
    """

    power: str
    path: str
    post_id: UUID | None = None
    starts: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        """Refuse a path whose subtree test would leak into a neighbour (…/g1 matching …/g12)."""
        if not (self.path.startswith("/") and self.path.endswith("/")):
            raise ValueError(f"a grant's path starts and ends with '/': {self.path!r}")

    def in_force(self, day: date) -> bool:
        """Whether the grant holds on that day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def covers(self, power: str, path: str) -> bool:
        """Whether this grant gives that very power at that place."""
        return self.power == power and path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, another system's key, the system itself or someone unnamed, as policies see them.

    Built once per request or job; `grants` are those in force at that moment, so nothing here reads a clock.
    A key acts for a post and is nobody: it has no home, no matters of its own and no person behind it.
    """

    person_id: UUID | None
    grants: tuple[Grant, ...] = ()
    kind: ActorKind = ActorKind.PERSON
    key_id: UUID | None = None

    def __post_init__(self) -> None:
        """An anonymous actor keeps no trace of who it is; a key is never a person as well."""
        if self.kind in (ActorKind.ANONYMOUS, ActorKind.KEY) and self.person_id is not None:
            raise ValueError("neither an anonymous actor nor a key carries a person")
        if (self.kind is ActorKind.KEY) != (self.key_id is not None):
            raise ValueError("a key, and nothing but a key, names which one it is")

    def may(self, power: str, path: str) -> bool:
        """Whether some grant gives the power at the place or above it. The default is no."""
        return any(grant.covers(power, path) for grant in self.grants)

    def paths(self, *powers: str) -> list[str]:
        """The places over which one of these powers is held (any power, when none is named), widest first.

        A place within another of them is not named again: what holds there holds already.
        """
        held = {grant.path for grant in self.grants if not powers or grant.power in powers}
        widest: list[str] = []
        for path in sorted(held, key=lambda path: (len(path), path)):
            if not path.startswith(tuple(widest)):
                widest.append(path)
        return widest

    @property
    def on_record(self) -> UUID | None:
        """The id the record keeps of who acted: the person's, the key's; None for the system and nobody."""
        return self.key_id or self.person_id

    @property
    def posts(self) -> frozenset[UUID]:
        """The posts this actor's powers come from."""
        return frozenset(grant.post_id for grant in self.grants if grant.post_id is not None)

    def post_at(self, path: str) -> UUID | None:
        """The one post this actor acts from at a place; None without a post there, or with several."""
        posts = {grant.post_id for grant in self.grants if grant.post_id and path.startswith(grant.path)}
        return posts.pop() if len(posts) == 1 else None


SYSTEM: Final = Actor(person_id=None, kind=ActorKind.SYSTEM)
ANONYMOUS: Final = Actor(person_id=None, kind=ActorKind.ANONYMOUS)
