"""Measure and write docs/benchmarks.md: `make bench`, or `make bench ARGS="--large 100000 --seconds 3"`."""

import argparse
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
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
TURNS = 4  # each size is asked so many times in turn: a machine's busy moment falls on both
SMALL, LARGE = "linli_small", "linli"
PORT = 18900
OPEN = fill.OPEN + fill.MOVABLE  # the newest matters; what is measured needs closed ones too


@dataclass
class Round:
    """All that was measured with so many matters; `turns` has each kind's results turn by turn."""

    matters: int
    filled_in: float
    bytes_per_matter: float
    queries: dict[str, int] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    turns: dict[tuple[str, int], list[load.Result]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)

    @property
    def results(self) -> dict[tuple[str, int], load.Result]:
        """Each kind's turns as one."""
        return {key: load.together(turns) for key, turns in self.turns.items()}


@dataclass(frozen=True)
class Deciding:
    """What was measured of votes and opinions."""

    cast: load.Result
    counted: ballots.Counted
    opinion_map: float


def main() -> None:
    """Fill, measure what is asked for, write the page."""
    try:
        options = parser().parse_args()
        with installed.running():
            sections = [section for name in options.only for section in PARTS[name](options)]
            head = report.head(machine(), options.seconds)
            connections.close_all()
    finally:
        shutil.rmtree(environment.RUN, ignore_errors=True)
    known = options.out.read_text(encoding="utf-8") if options.out.is_file() else ""
    options.out.write_text(report.page(head, sections, known), encoding="utf-8")
    print("\n".join(sections))


def answering(options: argparse.Namespace) -> list[str]:
    """Requests, with few matters and with many: fill, keep a copy, fill more, ask both turn about."""
    before = size()
    small = filled(options.small, before)
    counted(small)
    seats = [requests.seat(community) for community in fill.first_two()]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # nobody may be connected to what is copied
    installed.copy_as(SMALL)
    large = filled(options.large, before)
    measure({SMALL: small, LARGE: large}, seats, options.seconds)
    counted(large)
    return [report.table(small), report.table(large), report.growth(small, large)]


def deciding(options: argparse.Namespace) -> list[str]:
    """Votes and opinions."""
    return [report.decisions(decide(options.votes, options.tallied))]


def learnt(options: argparse.Namespace) -> list[str]:
    """What triage learns at night."""
    return [report.learnt(learning.measure(options.decisions))]


def grouped(_options: argparse.Namespace) -> list[str]:
    """The same thing said twice."""
    return [report.together(grouping.measure())]


PARTS: dict[str, Callable[[argparse.Namespace], list[str]]] = {
    "requests": answering, "deciding": deciding, "learning": learnt, "grouping": grouped,
}  # fmt: skip


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
    words.add_argument(
        "--only", nargs="+", choices=PARTS, default=list(PARTS), help="the others stay as they were"
    )
    words.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    return words


def enough(said: str) -> int:
    """A number of matters of which some are closed, as those asked for must be."""
    if int(said) <= OPEN:
        raise argparse.ArgumentTypeError(f"the newest {OPEN:,} matters are open; some have to be closed")
    return int(said)


def filled(total: int, before: int) -> Round:
    """Fill up to `total`."""
    print(f"Filling up to {total:,} matters …", flush=True)
    took = fill.to(total, settings().database_owner_url)
    installed.settle(total)
    bytes_each = (size() - before) / total
    print(f"  {took:.0f} s, {bytes_each:,.0f} bytes a matter", flush=True)
    return Round(total, took, bytes_each)


def counted(one: Round) -> None:
    """How many statements each kind of request makes, asked in this process."""
    mover, desk = (requests.seat(community) for community in fill.first_two())
    for kind in requests.kinds(desk, mover):
        one.queries[kind.name], one.floors[kind.name] = queries(kind), kind.floor
        one.plain[kind.name] = kind.plain


def measure(rounds: Mapping[str, Round], seats: Sequence[requests.Desk], seconds: float) -> None:
    """Every kind of request at every number of connections, to each database in turn.

    What the machine does beside it comes and goes; asked turn about, it falls on both sizes alike.
    """
    mover, desk = seats
    with ExitStack() as up:
        ports = {name: up.enter_context(serving(name, one)) for name, one in rounds.items()}
        asked = {name: requests.kinds(desk, mover) for name in rounds}
        for several in zip(*asked.values(), strict=True):
            kinds = dict(zip(rounds, several, strict=True))
            for connections_ in CONNECTIONS:
                take_turns(rounds, ports, kinds, connections_, seconds)


def take_turns(
    rounds: Mapping[str, Round],
    ports: Mapping[str, int],
    kinds: Mapping[str, requests.Measured],
    connections_: int,
    seconds: float,
) -> None:
    """One kind of request, `TURNS` times to each database, the order turned round each time."""
    for name, one in kinds.items():
        load.run(ports[name], one.requests, 4, 1)  # warms up
    names = list(rounds)
    for turn in range(TURNS):
        for name in names if turn % 2 else reversed(names):
            one = kinds[name]
            result = load.run(ports[name], one.requests, connections_, seconds / TURNS)
            rounds[name].turns.setdefault((one.name, connections_), []).append(result)
    for name, one in kinds.items():
        found = rounds[name].results[one.name, connections_]
        line = f"{found.per_second:8.1f}/s  p50 {found.percentile(0.5):6.1f} ms  {found.statuses}"
        print(f"  {rounds[name].matters:9,} {one.name:24} {connections_:3}  {line}", flush=True)


@contextmanager
def serving(database: str, one: Round) -> Iterator[int]:
    """A server of one database, as long as the block runs: its port. Notes what its workers hold."""
    env = {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LINLI_DATABASE_URL": environment.address("linli_app", database),
    }
    with launch.port_of_ours("127.0.0.1", PORT, fixed=False) as port:
        part = launch.server(settings(), port, env)
        with launch.running([part]):
            launch.wait_ready(f"http://127.0.0.1:{port}", "127.0.0.1", [part])
            yield port
            assert part.child is not None
            one.memory = memory(part.child.pid)


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
