"""Starts the database, the server and the worker as children, watches them, and stops them in order.

A child that dies is started again; one that keeps dying ends the whole. Stopping goes the other way round:
the server finishes its requests, the worker its job, and the database comes last.
"""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType

from linli.site import processes
from linli.site.config import Settings

PORTS_TRIED = 200
DEATHS_ALLOWED = 5  # within one minute; more means that starting again does not help
CONNECTIONS = 512  # kept by each server process, most of them idle; below the 1,024 files a process may open
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stop(BaseException):
    """Somebody asked us to end. Not an Exception: no handler of faults may swallow it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


class CannotStart(Exception):
    """A part does not start or does not stay; the text says which and where to look."""


@dataclass
class Part:
    """A child that is to run all the time; a `later` one is started by whoever runs it."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    later: bool = False
    by: signal.Signals = signal.SIGTERM
    seconds: float = 20
    child: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Within the block, Ctrl-C, a closed terminal and SIGTERM raise Stop; during the clean-up they wait."""

    def asked(number: int, _frame: FrameType | None) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        raise Stop(number)

    before = {number: signal.signal(number, asked) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def running(parts: list[Part]) -> Iterator[None]:
    """The parts, started in this order and stopped in the other, whatever happens within the block."""
    try:
        for part in parts:
            if part.child is None and not part.later:
                part.child = part.start()
        yield
    finally:
        for part in reversed(parts):
            if part.child is not None:
                processes.stop(part.child, by=part.by, seconds=part.seconds)


def watch(parts: list[Part], tell: Callable[[str], None]) -> None:
    """Start again what dies, until Stop is raised. Raises CannotStart when that does not help."""
    while True:
        for part in parts:
            if part.child is not None and part.child.poll() is not None:
                revive(part, tell)
        time.sleep(0.3)


def revive(part: Part, tell: Callable[[str], None]) -> None:
    """Start a dead part again, sweeping up what it left."""
    assert part.child is not None
    status = processes.stop(part.child)
    now = time.monotonic()
    part.deaths = [moment for moment in part.deaths if now - moment < 60] + [now]
    if len(part.deaths) > DEATHS_ALLOWED:
        raise CannotStart(f"The {part.name} keeps ending (status {status}): see its messages above")
    tell(f"The {part.name} ended (status {status}): starting it again")
    part.child = part.start()


# ── the parts ───────────────────────────────────────────────────────────────────────────────────────────


def server(settings: Settings, port: int, env: Mapping[str, str] | None = None) -> Part:
    """Granian with Django: as many threads as connections, so that no request waits long for one.

    Few, for they take turns in one interpreter (docs/adr/0013). A connection holds no thread: one that is
    slow, or kept by a browser for later, costs a place among CONNECTIONS, beyond which others have to wait.
    """
    threads = max(settings.pool, 4)
    options = {
        "interface": "wsgi",
        "host": settings.listen,
        "port": port,
        "http": 1,
        "workers": settings.workers,
        "blocking-threads": threads,
        "backpressure": CONNECTIONS,
        "backlog": 1024,
        "workers-kill-timeout": 15,
        "respawn-interval": 0.5,
        "log-level": "error",
    }
    command = [sys.executable, "-m", "granian", "--no-ws", "--respawn-failed-workers"]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    command.append("linli.site.wsgi:application")
    return Part(
        "server",
        lambda: processes.start(
            command, env=child_environment() | {"LINLI_SUPERVISED": "1"} | dict(env or {})
        ),
    )


def worker() -> Part:
    """The process that runs jobs and reactions."""
    command = [sys.executable, "-m", "linli", "worker"]
    return Part("worker", lambda: processes.start(command, env=child_environment()), later=True, seconds=30)


def child_environment() -> dict[str, str]:
    """What children are told: the caller's environment, UTF-8 whatever the caller's locale."""
    return dict(os.environ) | {"PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "linli.site.settings"}


# ── the port ────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def port_of_ours(address: str, first: int, *, fixed: bool) -> Iterator[int]:
    """A free port, from `first` on unless it is fixed, which no other Linli takes while the block lasts.

    Trying to bind shows that nobody listens; the name in the abstract namespace keeps a second start, which
    looks at the same moment, from choosing the same. The kernel frees it when we die.
    """
    for port in range(first, first + (1 if fixed else PORTS_TRIED)):
        with socket.socket(socket.AF_UNIX) as claim:
            try:
                claim.bind(f"\0linli-port-{port}")
            except OSError as taken:
                if taken.errno != errno.EADDRINUSE:
                    raise
                continue
            if is_free(address, port):
                yield port
                return
    if fixed:
        raise CannotStart(
            f"Port {first} is taken by another program: give another with --port, or leave it out"
        )
    raise CannotStart(f"No port from {first} to {first + PORTS_TRIED - 1} is free")


def is_free(address: str, port: int) -> bool:
    """Whether one can listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def wait_ready(url: str, host: str, parts: list[Part], seconds: float = 60) -> None:
    """Wait until the site, asked under one of its host names, answers that it is ready."""
    question = urllib.request.Request(f"{url}/readyz", headers={"Host": host.lstrip(".")})
    limit = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through somebody's proxy
    last = "no answer"
    while time.monotonic() < limit:
        try:
            with opener.open(question, timeout=5):
                return
        except urllib.error.HTTPError as refusal:
            plain = "json" in refusal.headers.get("Content-Type", "")
            last = refusal.read(2000).decode("utf-8", "replace") if plain else str(refusal)
            if refusal.code != 503:  # waiting mends no fault of the program
                break
        except OSError as silent:
            last = str(silent)
        for part in parts:
            if part.child is not None and part.child.poll() is not None:
                raise CannotStart(
                    f"The {part.name} ended (status {part.child.returncode}): see its messages above"
                )
        time.sleep(0.1)
    raise CannotStart(f"The site does not become ready: {last}. See the messages above")
