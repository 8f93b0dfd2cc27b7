"""Measure and write docs/benchmarks.md: `make bench`, or `make bench ARGS="--large 100000 --seconds 3"`."""

import argparse
import platform
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench import environment

environment.take_over()

import django  # noqa: E402

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import ballots, fill, grouping, installed, learning, load, opinions, report, requests  # noqa: E402
from linli.site import launch  # noqa: E402
from linli.site.config import load as settings  # noqa: E402

CONNECTIONS = (8, 32)
PORT = 18900
OPEN = fill.OPEN + fill.MOVABLE  # the newest matters; what is measured needs closed ones too


@dataclass
class Round:
    """All that was measured with so many matters."""

    matters: int
    filled_in: float
    bytes_per_matter: float
    results: dict[tuple[str, int], load.Result] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    size: int = 0  # bytes of the database when the round was over


@dataclass(frozen=True)
class Deciding:
    """What was measured of votes and opinions."""

    cast: load.Result
    counted: ballots.Counted
    opinion_map: float


def main() -> None:
    """Fill, measure, fill more, measure again, write the page."""
    try:
        options = parser().parse_args()
        with installed.running():
            before = size()
            small = measure(options.small, options.seconds, before)
            deciding = decide(options.votes, options.tallied)
            rounds = [small, measure(options.large, options.seconds, before + size() - small.size)]
            night = learning.measure(options.decisions)
            print(f"  learning: {night}", flush=True)
            grouped = grouping.measure()
            print(f"  grouping: {grouped}", flush=True)
            text = report.page(rounds, deciding, night, grouped, machine(), options.seconds)
            connections.close_all()
    finally:
        shutil.rmtree(environment.RUN, ignore_errors=True)
    options.out.write_text(text, encoding="utf-8")
    print(text)


def parser() -> argparse.ArgumentParser:
    """How much and how long."""
    words = argparse.ArgumentParser(prog="make bench", description=__doc__)
    words.add_argument(
        "--small", type=enough, default=20_000, help="matters of the first round (%(default)s)"
    )
    words.add_argument("--large", type=int, default=1_000_000)
    words.add_argument("--votes", type=int, default=100_000, help="cast over 32 connections (%(default)s)")
    words.add_argument("--tallied", type=int, default=1_000_000, help="votes counted (%(default)s)")
    words.add_argument("--decisions", type=int, default=20_000, help="to learn from (%(default)s)")
    words.add_argument("--seconds", type=float, default=8, help="for each figure (%(default)s)")
    words.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    return words


def enough(said: str) -> int:
    """A number of matters of which some are closed, as those asked for must be."""
    if int(said) <= OPEN:
        raise argparse.ArgumentTypeError(f"the newest {OPEN:,} matters are open; some have to be closed")
    return int(said)


def measure(total: int, seconds: float, before: int) -> Round:
    """Fill up to `total` and measure every kind of request."""
    print(f"Filling up to {total:,} matters …", flush=True)
    took = fill.to(total, settings().database_owner_url)
    installed.settle(total)
    found = Round(total, took, (size() - before) / total)
    print(f"  {took:.0f} s, {found.bytes_per_matter:,.0f} bytes a matter", flush=True)
    with launch.port_of_ours("127.0.0.1", PORT, fixed=False) as port:
        part = launch.server(settings(), port, {"DJANGO_SETTINGS_MODULE": "bench.settings"})
        with launch.running([part]):
            launch.wait_ready(f"http://127.0.0.1:{port}", "127.0.0.1", [part])
            mover, desk = (requests.seat(community) for community in fill.first_two())
            for one in requests.kinds(desk, mover):
                ask_all(one, port, seconds, found)
                found.queries[one.name], found.floors[one.name] = queries(one), one.floor
            assert part.child is not None
            found.memory = memory(part.child.pid)
    found.size = size()
    return found


def decide(votes: int, tallied: int) -> Deciding:
    """Votes cast through the page, votes counted, and an opinion map of 2,000 people and 200 statements."""
    with launch.port_of_ours("127.0.0.1", PORT, fixed=False) as port:
        part = launch.server(settings(), port, {"DJANGO_SETTINGS_MODULE": "bench.settings"})
        with launch.running([part]):
            launch.wait_ready(f"http://127.0.0.1:{port}", "127.0.0.1", [part])
            cast = ballots.cast(port, votes=votes)
    print(f"  votes: {cast.per_second:.1f}/s  {cast.statuses}", flush=True)
    counted = ballots.tally(tallied)
    print(
        f"  tally: {counted.tally:.1f} s, file {counted.file:.1f} s, recount {counted.recount:.1f} s",
        flush=True,
    )
    return Deciding(cast, counted, opinions.measure())


def ask_all(one: requests.Measured, port: int, seconds: float, found: Round) -> None:
    """One kind of request at each number of connections, after a second to warm up."""
    load.run(port, one.requests, 4, 1)
    for connections_ in CONNECTIONS:
        result = load.run(port, one.requests, connections_, seconds)
        found.results[one.name, connections_] = result
        line = f"{result.per_second:8.1f}/s  p50 {result.percentile(0.5):6.1f} ms  {result.statuses}"
        print(f"  {one.name:24} {connections_:3}  {line}", flush=True)


def queries(one: requests.Measured) -> int:
    """How many statements one such request makes, asked in this process the second time."""
    ask = requests.in_process(one)
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def size() -> int:
    """Bytes of the whole database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def memory(parent: int) -> list[float]:
    """Megabytes of each worker: its own pages and its share of common ones (PSS)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            rollup = (folder / "smaps_rollup").read_text()
        except OSError:
            continue  # it has just ended, or is somebody else's
        if f"\nPPid:\t{parent}\n" in status:
            pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
            found.append(int(pss.split()[1]) / 1024)
    return sorted(found)


def machine() -> str:
    """What it ran on, in words."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    return f"PostgreSQL {postgres}, Python {platform.python_version()}, Django {django.__version__}"


if __name__ == "__main__":
    main()
