"""The command `linli` as somebody types it, and an empty database beside the run's own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests import databases
from tests.environment import ROOT, RUN, address

OTHER = "linli_other"


def linli(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "linli", *words],
        cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def address_of(role: str) -> str:
    """How a role reaches the other database."""
    return address(role).replace("/linli?", f"/{OTHER}?")


@contextmanager
def other_database() -> Iterator[dict[str, str]]:
    """The environment of an installation with the same keys and another, empty database and data folder."""
    with databases.superuser() as admin:
        admin.execute(f"CREATE DATABASE {OTHER} OWNER linli_owner")
        admin.execute(f"GRANT CONNECT ON DATABASE {OTHER} TO linli_app")
    try:
        yield os.environ | {
            "LINLI_INSTALLATION": "elsewhere",
            "LINLI_DATA_DIR": str(RUN / "elsewhere"),
            "LINLI_DATABASE_URL": address_of("linli_app"),
            "LINLI_DATABASE_OWNER_URL": address_of("linli_owner"),
        }
    finally:
        with databases.superuser() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {OTHER} WITH (FORCE)")
