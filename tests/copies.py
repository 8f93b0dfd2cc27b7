"""Copies of this checkout in folders of their own: started as somebody types it, watched by what they say.

A copy shares the installed packages and makes everything else itself: its name, secrets, database, port.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linli.site import processes
from linli.site.embedded import binaries
from linli.site.embedded.cluster import Cluster
from linli.site.installation import secrets_of
from linli.site.processes import Identity
from tests import waiting
from tests.environment import ROOT, RUN

PACKAGES = Path(sysconfig.get_paths()["purelib"])
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
NOBODYS_HOME = Path("/nonexistent")
READY = "Linli runs at"
SECONDS = 150  # for a start on a busy machine; without places the first takes 20


@dataclass(frozen=True)
class Start:
    """One run of `linli demo`, with a process group of its own as a terminal gives it."""

    child: "subprocess.Popen[bytes]"
    log: Path

    @property
    def said(self) -> str:
        """Every line so far."""
        return self.log.read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        """Where it answers; it has said so."""
        found = re.search(rf"{READY}\s+(http\S+)/", self.said)
        assert found, self.said
        return found[1]

    def until(self, words: str) -> None:
        """Wait for a line with these words."""
        waiting.until(lambda: words in self.said or self.child.poll() is not None, SECONDS)
        assert words in self.said, self.said

    def interrupt(self) -> None:
        """Ctrl-C, and wait for the end, which is a good one."""
        self.child.send_signal(signal.SIGINT)
        assert self.child.wait(60) == 0, self.said


@dataclass
class Copy:
    """A checkout of its own below `base`; run by `who`, or by whoever runs the tests."""

    base: Path
    home: Path
    python: Path
    who: Identity | None = None
    starts: list[Start] = field(default_factory=list)

    @property
    def checkout(self) -> Path:
        """The folder it was unpacked into."""
        return self.base / "linli"

    @property
    def data(self) -> Path | None:
        """The data folder it has chosen, once there is one."""
        record = self.checkout / ".linli" / "installation"
        name = record.read_text(encoding="utf-8").split()[0] if record.is_file() else "none yet"
        places = (Path("/var/lib/linli"), self.home / ".local/share/linli", record.parent)
        return next((place / name for place in places if (place / name).is_dir()), None)

    @property
    def owner(self) -> str:
        """How the owner of its tables reaches its database."""
        assert self.data
        return Cluster(self.data, secrets_of(self.data)).address("linli_owner")

    def start(self, *words: str) -> Start:
        """`linli demo` with these words, and nothing of our environment."""
        log = self.base / f"log-{len(self.starts)}"
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "PYTHONPATH": f"{self.checkout}:{self.base / 'packages'}:{PACKAGES}",
            "LINLI_WORKERS": "1",
        }
        with log.open("wb") as output:
            child = processes.start(
                [self.python, "-m", "linli", "demo", *words],
                identity=self.who, env=environment, output=output, cwd=self.checkout,
            )  # fmt: skip
        self.starts.append(Start(child, log))
        return self.starts[-1]

    def processes(self) -> list[str]:
        """Every process that works in its folders or was told of them, orphans too."""
        folders = [str(folder) for folder in (self.checkout, self.data) if folder]
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_text(errors="replace").replace("\0", " ")
                where = str((entry / "cwd").readlink())
            except OSError:  # it ended meanwhile, or is another user's
                continue
            if any(folder in words or where.startswith(folder) for folder in folders):
                found.append(f"{entry.name} {words}")
        return found


@contextlib.contextmanager
def copied(name: str, *, at_home: bool = True) -> Iterator[Copy]:
    """A copy of whoever runs the tests, in a home closed to everybody else.

    Not at home it is a service account's: run by `nobody` when root runs the tests and `nobody` can run this
    Python, and with a home that cannot be written.
    """
    if binaries.identity():
        RUN.chmod(0o755)
    base = RUN / name
    base.mkdir(mode=0o700 if at_home else 0o755)
    who = None if at_home else binaries.identity()
    python = python_of(who) if who else None
    copy = Copy(base, base if at_home else NOBODYS_HOME, python or base_python(), who if python else None)
    shutil.copytree(ROOT / "linli", copy.checkout / "linli")  # with what was built and compiled
    shutil.copy2(ROOT / "pyproject.toml", copy.checkout)
    if copy.who:
        for entry in (base, *base.rglob("*")):
            os.chown(entry, copy.who.uid, copy.who.gid)
    try:
        yield copy
    finally:
        for each in copy.starts:
            processes.stop(each.child)
        waiting.until(lambda: not copy.processes())
        for folder in (copy.data, base):
            if folder:
                shutil.rmtree(folder, ignore_errors=True)


def base_python() -> Path:
    """The Python our environment was made with: what a copy imports is said by its environment alone."""
    return Path(sys.base_prefix) / "bin" / VERSION


def python_of(who: Identity) -> Path | None:
    """A Python that this user may run and that reads our packages; none where both are in a closed folder."""
    asked = "import sys, psycopg, linli.site.cli; print(sys.implementation.cache_tag)"
    for python in (base_python(), Path("/usr/bin") / VERSION, Path("/usr/local/bin") / VERSION):
        with contextlib.suppress(OSError):  # it is not there, or not for this user
            done = subprocess.run(
                [python, "-c", asked], env={"PYTHONPATH": f"{ROOT}:{PACKAGES}"}, cwd="/",
                user=who.uid, group=who.gid, extra_groups=[], capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.stdout.strip() == sys.implementation.cache_tag:
                return python
    return None
