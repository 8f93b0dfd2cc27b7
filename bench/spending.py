"""Where a request's time goes: `.venv/bin/python -m bench.spending`, a table for docs/adr/0023.

Each kind of request runs in one process, first alone for the processor's milliseconds it takes (the least of
some rounds; PostgreSQL's own are not among them), then under the profiler for the shares. The profiler's cost
falls on what makes many calls: the shares say what dominates, not how fast it is. What Python does itself
(joining, looking up, comparing) is counted with the code that asks for it.
"""

import cProfile
import pstats
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time

from bench import environment

environment.take_over()

import django  # noqa: E402

django.setup()

from django.db import connections  # noqa: E402

from bench import fill, installed, requests  # noqa: E402
from linli.site.config import load as settings  # noqa: E402

MATTERS = 20_000
TIMES = 40
ROUNDS = 5
PARTS = {  # the first that a file's path contains
    "drawing": ("/django/template/", "/django_cotton/", "/templatetags/", "/utils/html", "/translation/"),
    "statements": ("/django/db/", "/django/contrib/postgres/"),
    "the database": ("/psycopg",),
    "Linli": ("/linli/",),
    "the rest of Django": ("/django/", "/ninja/", "/pydantic/", "/allauth/", "/whitenoise/", "/django_htmx/"),
}
ELSEWHERE = "elsewhere"


def main() -> None:
    """Fill, ask, print the table."""
    try:
        with installed.running():
            fill.to(MATTERS, settings().database_owner_url)
            installed.settle(MATTERS)
            mover, desk = (requests.seat(community) for community in fill.first_two())
            names = [*PARTS, ELSEWHERE]
            print("| request | ms | " + " | ".join(names) + " |\n|---|---:|" + "---:|" * len(names))
            for one in requests.kinds(desk, mover):
                ask = requests.in_process(one)
                taken, spent = milliseconds(ask), shares(ask)
                parts = " | ".join(f"{spent[name]:.0%}" for name in names)
                print(f"| {one.name} | {taken:.1f} | {parts} |", flush=True)
            connections.close_all()
    finally:
        shutil.rmtree(environment.RUN, ignore_errors=True)


def milliseconds(ask: Callable[[], None]) -> float:
    """The processor's time one request takes in this process, without the profiler."""
    for _warm in range(5):
        ask()
    rounds = []
    for _round in range(ROUNDS):
        began = process_time()
        for _time in range(TIMES // ROUNDS):
            ask()
        rounds.append((process_time() - began) / (TIMES // ROUNDS) * 1000)
    return min(rounds)


def shares(ask: Callable[[], None]) -> dict[str, float]:
    """What part of a request's time each part of the program takes itself."""
    for _warm in range(5):
        ask()
    profile = cProfile.Profile()
    profile.enable()
    for _time in range(TIMES):
        ask()
    profile.disable()
    spent: dict[str, float] = Counter()
    for (file, _line, _name), (_calls, _all, own, _total, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if not file.startswith("~"):
            spent[part_of(file)] += own
            continue
        for (caller, _at, _by), (_n, _m, theirs, _c) in callers.items():
            spent[part_of(caller)] += theirs
    whole = sum(spent.values())
    return Counter({name: own / whole for name, own in spent.items()})  # type: ignore[arg-type]


def part_of(file: str) -> str:
    """Which part of the program a file belongs to."""
    path = Path(file).as_posix()
    return next((name for name, marks in PARTS.items() if any(mark in path for mark in marks)), ELSEWHERE)


if __name__ == "__main__":
    main()
