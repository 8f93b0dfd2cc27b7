"""Rules of the tree: what may stand under what, how paths are made, how places are written out."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Protocol

from linli.kernel.codes import check_division_code, check_grid_code
from linli.kernel.text import normalise
from linli.places.kinds import CodeScheme, PlaceKind

LABEL: Final = re.compile(r"[a-z0-9-]{1,12}")
LONGEST_PATH: Final = 160
NAME_LENGTH: Final = 60
SHORT_CODE: Final = re.compile(r"[A-Z]{2,6}")

_K = PlaceKind
# A home hangs on a building where there are no entrances; courtyards hold grids or grids hold courtyards,
# as a place is cut. GB/T 34300: a grid belongs to a community, never to a street directly.
PARENTS: Final[dict[PlaceKind, frozenset[PlaceKind | None]]] = {
    _K.DIVISION: frozenset({None, _K.DIVISION}),
    _K.STREET: frozenset({_K.DIVISION}),
    _K.COMMUNITY: frozenset({_K.STREET}),
    _K.GRID: frozenset({_K.COMMUNITY, _K.COURTYARD}),
    _K.COURTYARD: frozenset({_K.COMMUNITY, _K.GRID}),
    _K.BUILDING: frozenset({_K.COMMUNITY, _K.GRID, _K.COURTYARD}),
    _K.ENTRANCE: frozenset({_K.BUILDING}),
    _K.HOME: frozenset({_K.ENTRANCE, _K.BUILDING}),
    _K.BAY: frozenset({_K.COMMUNITY, _K.GRID, _K.COURTYARD, _K.BUILDING}),
}

# Kinds whose names tell where somebody is inside a community.
WITHIN_COMMUNITY: Final = frozenset({_K.GRID, _K.COURTYARD, _K.BUILDING, _K.ENTRANCE, _K.HOME, _K.BAY})


class Named(Protocol):
    """What a written address needs of a place."""

    kind: str
    name: str


def may_stand_under(kind: PlaceKind, parent: PlaceKind | None) -> bool:
    """Whether a place of this kind may hang on one of that kind (None: at the root)."""
    return parent in PARENTS[kind]


def path_under(parent_path: str, label: str) -> str:
    """The path of a child. Raises ValueError for a label that is not 1–12 of a–z, 0–9 and hyphen, or when
    the path would pass 160 characters."""
    if LABEL.fullmatch(label) is None:
        raise ValueError(f"not a label: {label!r}")
    path = f"{parent_path or '/'}{label}/"
    if len(path) > LONGEST_PATH:
        raise ValueError("the path is too long")
    return path


def prefixes(path: str) -> list[str]:
    """The path and every path above it, from the widest."""
    labels = [label for label in path.split("/") if label]
    return ["/" + "/".join(labels[:depth]) + "/" for depth in range(1, len(labels) + 1)]


@lru_cache(maxsize=4096)
def order_key(name: str) -> str:
    """A key under which 2栋 sorts before 12栋: every run of digits padded to six."""
    return re.sub(r"\d+", lambda run: run[0].zfill(6), normalise(name))[:80]


def written(chain: Sequence[Named]) -> str:
    """An address inside the community, as people write it: "3网格 9栋 1单元 0602"."""
    return " ".join(each.name for each in chain if each.kind in WITHIN_COMMUNITY)


def written_whole(chain: Sequence[Named]) -> str:
    """The whole address from the division down: "自流井区 五星街街道 磨子井社区 3网格 9栋"."""
    return " ".join(each.name for each in chain)


def checked_code(scheme: CodeScheme, code: str) -> str:
    """The code as its scheme writes it. Raises `InvalidCode` with what is wrong."""
    if scheme is CodeScheme.DIVISION:
        return check_division_code(code)
    if scheme is CodeScheme.GRID:
        return check_grid_code(code)
    return normalise(code)[:32]


def may_close(opened_on: date | None, closed_on: date) -> bool:
    """Whether a place opened on one day may close on another."""
    return opened_on is None or opened_on <= closed_on
