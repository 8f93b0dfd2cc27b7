"""How long it takes to say which place a point lies in, among many outlines: figures as JSON.

    bench_locate.py [OUTLINES]      100 000 without a number

A made-up district: communities of 10 grids of 10 courtyards of 10 buildings each, every building an L of six
corners turned a little. Nothing of an installation is read and nothing is kept. Points lie in buildings, in
the open and outside, a third each. Each look is timed by itself; the index is built once.
"""

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from math import cos, sin
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from linli.kernel.ids import uuid7
from linli.places.kinds import PlaceKind
from linli.places.rules.locating import Locator, Outlined

LOOKS = 30_000
DAY = date(2026, 1, 1)
WEST, SOUTH = 104.0, 30.0
SIDE = 0.008  # degrees: a community
K = PlaceKind


def square(x: float, y: float, side: float) -> list[list[float]]:
    """A closed ring."""
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def building(x: float, y: float, side: float, turn: float) -> list[list[float]]:
    """An L turned by an angle: six corners, closed."""
    corners = [(0.1, 0.1), (0.8, 0.1), (0.8, 0.4), (0.4, 0.4), (0.4, 0.8), (0.1, 0.8), (0.1, 0.1)]
    return [
        [x + side * (0.5 + (a - 0.5) * cos(turn) - (b - 0.5) * sin(turn)),
         y + side * (0.5 + (a - 0.5) * sin(turn) + (b - 0.5) * cos(turn))]
        for a, b in corners
    ]  # fmt: skip


def drawn(kind: PlaceKind, path: str, ring: list[list[float]]) -> tuple[Outlined, str]:
    """A place with its outline."""
    return Outlined(uuid7(), kind, path), json.dumps({"type": "Polygon", "coordinates": [ring]})


def district(count: int, chance: random.Random) -> Iterator[tuple[Outlined, str]]:
    """Communities side by side until there are enough outlines."""
    made, number = 0, 0
    while made < count:
        for each in community(number, chance):
            yield each
            made += 1
            if made == count:
                return
        number += 1


def community(number: int, chance: random.Random) -> Iterator[tuple[Outlined, str]]:
    """One community from the wide to the fine: 1111 outlines."""
    x, y = WEST + number % 12 * SIDE, SOUTH + number // 12 * SIDE
    path = f"/{number:03d}/"
    yield drawn(K.COMMUNITY, path, square(x, y, SIDE))
    for grid in range(10):
        gx, gy, high = x, y + grid * SIDE / 10, SIDE / 10
        inner = f"{path}g{grid}/"
        yield drawn(
            K.GRID, inner, [[gx, gy], [gx + SIDE, gy], [gx + SIDE, gy + high], [gx, gy + high], [gx, gy]]
        )
        for yard in range(10):
            yx = gx + yard * high
            yield drawn(K.COURTYARD, f"{inner}c{yard}/", square(yx, gy, high))
            for house in range(10):
                hx, hy = yx + house % 4 * high / 4, gy + house // 4 * high / 4
                ring = building(hx, hy, high / 4, chance.uniform(-0.3, 0.3))
                yield drawn(K.BUILDING, f"{inner}c{yard}/b{house}/", ring)


def points(outlines: list[tuple[Outlined, str]], chance: random.Random) -> list[tuple[float, float]]:
    """Where people point: at buildings, anywhere in the district, and beside it."""
    found = []
    rows = len(outlines) // 1111 // 12 + 1
    for look in range(LOOKS):
        if look % 3 == 0:
            ring = json.loads(chance.choice(outlines)[1])["coordinates"][0]
            found.append((ring[0][0] + 1e-5, ring[0][1] + 1e-5))
        elif look % 3 == 1:
            found.append((WEST + chance.random() * SIDE * 12, SOUTH + chance.random() * SIDE * rows))
        else:
            found.append((WEST - 1 - chance.random(), SOUTH + chance.random()))
    return found


def timed(look: object, asked: list[tuple[float, float]]) -> dict[str, float]:
    """Milliseconds of each look: the middle one, the slowest of a hundred, the slowest of all."""
    spent = []
    for longitude, latitude in asked:
        began = time.perf_counter_ns()
        look(longitude, latitude)  # type: ignore[operator]
        spent.append((time.perf_counter_ns() - began) / 1e6)
    spent.sort()
    return {
        "median_ms": round(statistics.median(spent), 4),
        "p99_ms": round(spent[int(len(spent) * 0.99)], 4),
        "max_ms": round(spent[-1], 3),
    }


def main(arguments: list[str]) -> None:
    """Build, look, say."""
    count = int(arguments[0]) if arguments else 100_000
    chance = random.Random(7)
    outlines = list(district(count, chance))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    index = Locator(outlines)
    built = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    began = time.perf_counter()
    index = Locator(outlines, index)
    again = time.perf_counter() - began
    asked = points(outlines, chance)
    found = sum(index.locate(*point, DAY) is not None for point in asked)
    figures = {
        "outlines": len(index),
        "build_s": round(built, 2),
        "rebuild_s": round(again, 2),
        "memory_mb": round(grown / 1024, 1),
        "looks": len(asked),
        "found": found,
        "locate": timed(lambda x, y: index.locate(x, y, DAY), asked),
        "in_front_of": timed(lambda x, y: index.near(x, y, DAY, kind=K.BUILDING, metres=20.0), asked[:3000]),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
