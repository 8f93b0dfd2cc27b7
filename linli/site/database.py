"""Brings the configured database to the present schema and rights, and keeps the embedded one running."""

import contextlib
import os
import sys
from collections.abc import Iterator

import psycopg
from psycopg.conninfo import conninfo_to_dict

from linli.site import grants, processes, upkeep
from linli.site.config import Settings
from linli.site.embedded import cluster, server
from linli.site.embedded.cluster import Cluster


def embedded_cluster(settings: Settings) -> Cluster:
    """The installation's own cluster."""
    return Cluster(settings.data_dir, settings.stored_secrets)


def app_role(settings: Settings) -> str:
    """The database role the application connects as."""
    return str(conninfo_to_dict(settings.app_database_url)["user"])


@contextlib.contextmanager
def at_hand(settings: Settings) -> Iterator[None]:
    """Have the database running for a command: our own is started if nobody did, another is as it is."""
    with contextlib.ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(server.running(embedded_cluster(settings)))
        yield


def is_prepared(settings: Settings) -> bool:
    """Whether tables and rights are those of this version."""
    with psycopg.connect(settings.database_owner_url) as owner:
        return upkeep.read(owner, upkeep.SCHEMA_MARK) == grants.schema_digest()


def prepare(settings: Settings, *, anyway: bool = False) -> bool:
    """Migrate as the owner and give the application its rights; whether that was needed.

    `anyway` does it all the same: rights somebody changed by hand are put in order.
    """
    needed = not is_prepared(settings)
    if not needed and not anyway:
        return False
    manage("migrate", "--no-input", "--skip-checks", "--verbosity", "0")
    with psycopg.connect(settings.database_owner_url, autocommit=True) as owner:
        role = app_role(settings)
        grants.grant(owner, role)
        upkeep.ensure(owner, role)
        upkeep.write(owner, upkeep.SCHEMA_MARK, grants.schema_digest())
    return needed


def manage(*words: str) -> None:
    """A Django management command in a process of its own that connects as the owner."""
    environment = os.environ | {"LINLI_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "linli.site.settings"}
    status = processes.run([sys.executable, "-m", "django", *words], env=environment)
    if status:
        raise RuntimeError(f"`{words[0]}` failed (status {status}): its words are above")


def act(word: str) -> None:
    """One of Linli's inner commands in a process of its own, connected as the application."""
    environment = os.environ | {"LINLI_POOL": "0", "DJANGO_SETTINGS_MODULE": "linli.site.settings"}
    command = [sys.executable, "-m", "linli", word]
    status = processes.run(command, env=environment)
    if status:
        raise RuntimeError(f"`{word}` failed (status {status}): its words are above")


def start_over(settings: Settings) -> None:
    """Throw away everything in the embedded database and the files that belong to it."""
    if not settings.embedded:
        raise RuntimeError(
            "Only the embedded database can be emptied; empty the one LINLI_DATABASE_URL names yourself"
        )
    cluster.drop_database(embedded_cluster(settings))
