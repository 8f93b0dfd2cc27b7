"""Kinds of post: those the practices bring, and a few the boards and the checks of the demo need besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from linli.matters.procedures.loader import load_folder
from linli.organizations.kinds import Level


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of post as it is stored; `above` is the kind a vacancy falls to."""

    zh: str
    en: str
    level: Level
    powers: tuple[str, ...]
    above: str | None = None


BESIDES: Final[Mapping[str, Kind]] = {
    "residents_representative": Kind(
        "居民代表", "Residents' representative", Level.BUILDING, ("matter.enter",)
    ),
    "legal_officer": Kind("网格政法干警", "Law officer of the grid", Level.GRID, ("matter.enter",)),
    "auditor": Kind("审计员", "Auditor", Level.COMMUNITY, ("audit.read", "rates.read", "matter.read")),
    "announcer": Kind("宣传员", "Announcer", Level.COMMUNITY, ("announcement.write",)),
}


def post_kinds() -> dict[str, Kind]:
    """Every kind by its code; a practice's own wins."""
    found = dict(BESIDES)
    for practice in load_folder():
        for code, kind in practice.posts.items():
            found[code] = Kind(
                kind.title.zh, kind.title.en, Level(kind.level.value), tuple(kind.powers), kind.above
            )
    return found
