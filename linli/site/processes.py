"""Child processes that never outlive their parent, and ways to look at and end a process by its id."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """The user a child runs as."""

    uid: int
    gid: int


def start(
    command: Sequence[str | Path],
    *,
    ends_with: signal.Signals = signal.SIGKILL,
    identity: Identity | None = None,
    env: Mapping[str, str] | None = None,
    output: int | IO[Any] | None = None,
    cwd: str | Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own, so that Ctrl-C reaches only its parent.

    The kernel sends it `ends_with` when this process dies, however it dies. Call from the main thread: the
    kernel watches the thread that started the child. (Asked politely, a server whose database died at the
    same moment would wait for it for ever.)
    """
    as_user: dict[str, Any] = {}
    if identity is not None:
        as_user = {"user": identity.uid, "group": identity.gid, "extra_groups": []}
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_dies_with_parent(os.getpid(), ends_with),  # noqa: PLW1509  (it only makes two system calls)
        **as_user,
    )


def _dies_with_parent(parent: int, ends_with: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(ends_with), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return prepare


def run(command: Sequence[str | Path], *, env: Mapping[str, str]) -> int:
    """A child from its beginning to its end; gives its status. It ends when we do, however we end."""
    child = start(command, env=env)
    try:
        return child.wait()
    finally:
        stop(child, by=signal.SIGKILL)


def die_with_parent() -> None:
    """In a child somebody else started by forking: end when that process does, however it ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        os._exit(1)


def stop(child: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM, seconds: float = 15) -> int:
    """Ask a child to end and wait; one that does not is killed with its group. Returns its status."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(by)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)  # workers a killed master left behind
    return child.wait()


def alive(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


def works_in(pid: int, folder: Path) -> bool:
    """Whether a living process has `folder` as its working folder: tells ours from a reused process id."""
    try:
        return alive(pid) and Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False


def end(pid: int, signals: Sequence[tuple[signal.Signals, float]]) -> bool:
    """Send each signal in turn and wait its seconds; whether the process ended."""
    for number, seconds in signals:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if not alive(pid):
                return True
            time.sleep(0.05)
    return not alive(pid)
