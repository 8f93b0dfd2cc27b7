"""A database of this run's own, with the demo's communities in it, served as long as a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from bench import environment, fill
from linli.kernel import clock
from linli.site import database
from linli.site.config import load as settings
from linli.site.embedded import cluster, server


@contextmanager
def running() -> Iterator[None]:
    """Made, prepared and filled with places, people and posts; no matters yet."""
    cluster.create(environment.CLUSTER)
    with server.running(environment.CLUSTER):
        cluster.furnish(environment.CLUSTER)
        database.prepare(settings())
        fill.communities(clock.today())
        yield


def settle(total: int) -> None:
    """What autovacuum would have done by then, and numbers that go on after the filled ones."""
    with psycopg.connect(settings().database_owner_url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
        owner.execute("SELECT setval('matters_serial', %s)", [total])


def copy_as(name: str) -> None:
    """Keep the database as it stands under another name; nobody may be connected to it."""
    with psycopg.connect(environment.CLUSTER.address(database="postgres"), autocommit=True) as server:
        copied = sql.Identifier(name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE linli OWNER linli_owner").format(copied))
        server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO linli_app").format(copied))
