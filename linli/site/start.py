"""What `linli demo` and `linli serve` do: database, schema, demo data, server, worker; then wait."""

import contextlib
import fcntl
import os
import shutil
import signal
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import psycopg

from linli.kernel import clock
from linli.site import database, launch, processes, upkeep
from linli.site.config import Settings
from linli.site.embedded import cluster, server
from linli.site.launch import CannotStart, Part

# `make` notes when it began, and children go on counting: the kernel's monotonic clock is one for all.
BEGAN = float(os.environ.setdefault("LINLI_BEGAN", str(time.monotonic())))


class Login(Protocol):
    """One row of the table of demo logins."""

    role: str
    place: str
    name: str
    phone: str
    password: str


@dataclass(frozen=True)
class DemoWishes:
    """What the command line asked of the demo."""

    today: date | None = None
    reset: bool = False
    port: int | None = None
    load: bool = True
    empty: bool = False


def tell(text: str) -> None:
    """A line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - BEGAN:5.1f} s] {text}", flush=True)  # noqa: T201


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[Callable[[str], None]]:
    """This installation runs once. Yields a function that notes the address for whoever comes second."""
    note = settings.data_dir / "running"
    for folder in ("static", "documents"):
        (settings.data_dir / folder).mkdir(parents=True, exist_ok=True)
    with note.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            where = handle.read().strip() or "it is still starting"
            raise CannotStart(f"Linli already runs from this folder: {where}") from None

        def announce(text: str) -> None:
            handle.seek(0)
            handle.truncate()
            handle.write(text)
            handle.flush()

        announce("")
        yield announce


@contextlib.contextmanager
def database_part(settings: Settings) -> Iterator[list[Part]]:
    """The embedded database as a part that is started again when it dies; nothing for another server."""
    if not settings.embedded:
        yield []
        return
    place = database.embedded_cluster(settings)
    if cluster.create(place):
        tell("Database created")
    part = Part("database", lambda: server.start(place), by=signal.SIGINT, seconds=30)
    with launch.running([part]):
        cluster.furnish(place)
        tell("Database started")
        yield [part]


def demo(settings: Settings, wishes: DemoWishes) -> None:
    """Run the demo until it is stopped."""
    with launch.stoppable(), alone(settings) as announce, database_part(settings) as first:
        mark = demo_mark(settings)
        if wishes.reset or mark == upkeep.STARTED:
            tell("Emptying the database" if wishes.reset else "An interrupted load is begun again")
            start_over(settings)
            mark = ""
        if database.prepare(settings):
            tell("Tables made and rights given")
        if wishes.empty:
            furnish_empty(settings, mark)
        elif wishes.load and not mark:
            load_demo(settings, wishes.today or clock.today())
        elif wishes.today and mark not in (wishes.today.isoformat(), upkeep.EMPTY):
            tell(f"The demo data is that of {mark}; for {wishes.today} start with --reset")
        serve_parts(settings, first, announce, port=wishes.port, greet=show_logins if wishes.load else None)


def serve(settings: Settings, *, with_worker: bool, port: int | None) -> None:
    """Run the server, and the worker unless it runs elsewhere, until stopped."""
    with launch.stoppable(), alone(settings) as announce, database_part(settings) as first:
        if database.prepare(settings):
            tell("Tables made and rights given")
        serve_parts(
            settings, first, announce, port=port or settings.port, fixed=True, with_worker=with_worker
        )


def serve_parts(
    settings: Settings,
    first: list[Part],
    announce: Callable[[str], None],
    *,
    port: int | None,
    fixed: bool = False,
    with_worker: bool = True,
    greet: Callable[[Settings], None] | None = None,
) -> None:
    """Start what answers requests, say where, and wait."""
    wanted = port or settings.port
    with launch.port_of_ours(settings.listen, wanted, fixed=fixed or port is not None) as taken:
        worker = [launch.worker()] if with_worker else []
        parts = [*worker, launch.server(settings, taken)]
        with launch.running(parts):
            url = f"http://{settings.listen}:{taken}"
            launch.wait_ready(url, settings.hosts[0], parts)
            for part in worker:  # nobody waits for it: it need not slow the server's start
                part.child = part.start()
            announce(url)
            if greet:
                greet(settings)
            tell(f"Linli runs at  {url}/   (Ctrl-C stops it)")
            try:
                launch.watch([*first, *parts], tell)
            except launch.Stop:
                tell("Stopping")
                raise


# ── the demo's data ─────────────────────────────────────────────────────────────────────────────────────


def demo_mark(settings: Settings) -> str:
    """The date the demo was loaded for, `empty` for one begun without places, `started` for a load that was
    cut off; "" before any of it."""
    with psycopg.connect(settings.database_owner_url) as owner:
        return upkeep.read(owner, upkeep.DEMO_MARK)


def start_over(settings: Settings) -> None:
    """An empty database and no files of the old one."""
    database.start_over(settings)
    shutil.rmtree(settings.data_dir / "documents", ignore_errors=True)
    for kept in settings.data_dir.glob("logins.*"):
        kept.unlink()


def furnish_empty(settings: Settings, mark: str) -> None:
    """Practices and an administrator, and no place: whoever signs in is led to setting one up."""
    if mark not in ("", upkeep.EMPTY):
        raise CannotStart("The demo's places are here already. To begin without: linli demo --empty --reset")
    database.act("furnish-empty-demo")
    write_mark(settings, upkeep.EMPTY)


def load_demo(settings: Settings, day: date) -> None:
    """Load the demo's places in a process of its own; the mark is written first and last.

    Its thousands of commits do not wait for the disk: the last mark does, and all before it go with it.
    """
    write_mark(settings, upkeep.STARTED)
    command = [sys.executable, "-m", "linli", "load-demo", day.isoformat()]
    env = launch.child_environment() | {"PGOPTIONS": "-c synchronous_commit=off"}
    if processes.run(command, env=env):
        raise CannotStart("The demo's data could not be loaded: see the messages above")
    write_mark(settings, day.isoformat())


def write_mark(settings: Settings, value: str) -> None:
    """Note in the database how far the demo's data is."""
    with psycopg.connect(settings.database_owner_url, autocommit=True) as owner:
        upkeep.write(owner, upkeep.DEMO_MARK, value)


def show_logins(settings: Settings) -> None:
    """The table of demo logins, from a process that has Django; kept, so that the next start need not."""
    kept = settings.data_dir / f"logins.{settings.language}.txt"
    if not kept.is_file():
        with kept.with_suffix(".part").open("wb") as output:
            command = [sys.executable, "-m", "linli", "demo-logins"]
            status = processes.start(command, env=launch.child_environment(), output=output).wait()
        if status:
            raise CannotStart(
                f"The demo's logins could not be read:\n{kept.with_suffix('.part').read_text()}"
            )
        kept.with_suffix(".part").replace(kept)
    print(kept.read_text(encoding="utf-8"), flush=True)  # noqa: T201


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns that line up in a terminal, where a Chinese character is two columns wide."""
    widths = [max(width(row[at]) for row in [headings, *rows]) for at in range(len(headings))]
    lines = [[*headings], ["─" * each for each in widths], *[[*row] for row in rows]]
    return "\n".join(
        "  "
        + "  ".join(
            cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def width(text: str) -> int:
    """Columns a terminal needs for the text."""
    marks = (unicodedata.combining(letter) for letter in text)
    wide = (unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return sum(0 if mark else 2 if double else 1 for mark, double in zip(marks, wide, strict=True))
