"""The PostgreSQL process of a cluster: started under us, stopped with us, found again after a crash.

`running` is what the rest of the site uses: it answers at once when a server of this cluster already runs
(another command of the same installation started it) and otherwise starts one for as long as it is needed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from linli.site import processes
from linli.site.embedded import binaries, cluster
from linli.site.embedded.cluster import Cluster

LOG_LIMIT = 10 * 1024 * 1024  # bytes after which the server's log starts again
FAST = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "192MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "random_page_cost": "1.1",  # what is asked for lies in memory or on a disk without heads
    # Pages fill the few cores there are: starting helpers for a statement of 5 ms cost it 8 (docs/adr/0023).
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # A failing statement and the key it names hold personal data: neither may reach the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
CARELESS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


def pid_of(place: Cluster) -> int | None:
    """Process id of the cluster's living server; a stale file of a dead one counts for nothing."""
    try:
        pid = int((place.folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if processes.works_in(pid, place.folder) else None


def answers(place: Cluster) -> bool:
    """Whether the server takes connections."""
    try:
        psycopg.connect(place.address(database="postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def start(place: Cluster) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers. An orphan of a killed start is stopped first."""
    orphan = pid_of(place)
    if orphan is not None and not processes.end(orphan, FAST):
        raise RuntimeError(f"An old PostgreSQL (process {orphan}) of this installation cannot be stopped")
    _sweep(place)
    _socket_folder(place.socket)
    values = SETTINGS | ({} if place.durable else CARELESS)
    command: list[str | Path] = [
        binaries.programs(place.data) / "postgres",
        "-D",
        place.folder,
        "-k",
        place.socket,
    ]
    for name, value in values.items():
        command += ["-c", f"{name}={value}"]
    log = place.data / "database.log"
    with log.open("wb" if log.is_file() and log.stat().st_size > LOG_LIMIT else "ab") as output:
        log.chmod(0o600)
        child = processes.start(
            command,
            ends_with=signal.SIGINT,
            identity=binaries.identity(),
            env=cluster.environment(),
            output=output,
            cwd="/",
        )
    try:
        _wait(place, child, log)
    except BaseException:
        processes.stop(child, by=signal.SIGINT)
        raise
    return child


def _wait(place: Cluster, child: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    """Wait for the first answer; recovery after a power cut may take a while."""
    limit = time.monotonic() + seconds
    while not answers(place):
        if child.poll() is not None or time.monotonic() > limit:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
            raise RuntimeError("PostgreSQL did not start. The end of its log:\n  " + "\n  ".join(lines))
        time.sleep(0.05)


def _sweep(place: Cluster) -> None:
    """Remove what a killed server left: a reused process id in its files would make the next one refuse."""
    (place.folder / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (place.socket / name).unlink(missing_ok=True)


def _socket_folder(folder: Path) -> None:
    """The folder of the socket is closed to everybody else: who may enter it may try passwords."""
    who = binaries.identity()
    uid = who.uid if who else os.geteuid()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (uid, os.geteuid()):
        raise RuntimeError(f"{folder} belongs to somebody else: remove it and start again")
    if who is not None:
        os.chown(folder, who.uid, who.gid)
    folder.chmod(0o700)


@contextlib.contextmanager
def running(place: Cluster) -> Iterator[subprocess.Popen[bytes] | None]:
    """The cluster's server, for as long as the block lasts; yields the child, or none if it already ran."""
    if pid_of(place) is not None and answers(place):
        yield None
        return
    cluster.create(place)
    child = start(place)
    try:
        cluster.furnish(place)
        yield child
    finally:
        processes.stop(child, by=signal.SIGINT, seconds=30)


def remove(place: Cluster) -> None:
    """Throw the cluster's files away; its server must have stopped."""
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)
