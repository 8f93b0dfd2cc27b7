"""The test run's database: made from a kept cluster, set back by cloning a template."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from linli.site import database, grants
from linli.site.config import load
from linli.site.embedded import binaries, cluster, server
from tests.environment import CLUSTER, ROOT, RUN

KEPT = ROOT / ".linli" / "test-clusters"


def start() -> subprocess.Popen[bytes]:
    """Start this run's cluster with a migrated template and a fresh clone of it."""
    kept = KEPT / f"{grants.schema_digest()[:24]}-{os.geteuid()}"
    RUN.chmod(0o755 if binaries.identity() else 0o700)
    with _alone():
        made = kept.is_dir()
        if made:
            shutil.copytree(kept, CLUSTER.folder, symlinks=True)
        else:
            make(kept)
    if made:
        cluster.own(CLUSTER.folder)
    child = server.start(CLUSTER)
    clone()
    return child


@contextmanager
def _alone() -> Iterator[None]:
    """Two processes of one run must not both make the cluster that is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT.parent / "test-clusters.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(kept: Path) -> None:
    """Make a cluster, migrate it as the owner, and keep a copy for later runs."""
    cluster.create(CLUSTER)
    with server.running(CLUSTER):
        database.prepare(load())
        with superuser() as admin:
            admin.execute("ALTER DATABASE linli RENAME TO template_linli")
    for old in KEPT.glob("*"):
        shutil.rmtree(old, ignore_errors=True)
    partial = KEPT / f".{kept.name}.{os.getpid()}"
    shutil.copytree(CLUSTER.folder, partial, symlinks=True)
    partial.rename(kept)


def clone() -> None:
    """The database as it was migrated: whoever is connected to the old one is cut off."""
    with superuser() as admin:
        admin.execute("DROP DATABASE IF EXISTS linli WITH (FORCE)")
        admin.execute("CREATE DATABASE linli OWNER linli_owner TEMPLATE template_linli STRATEGY FILE_COPY")
        admin.execute("GRANT CONNECT ON DATABASE linli TO linli_app")


def superuser() -> psycopg.Connection:
    """A connection that may make and drop databases."""
    return psycopg.connect(CLUSTER.address(database="postgres"), autocommit=True)
