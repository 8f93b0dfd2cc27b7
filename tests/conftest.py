"""Fixtures every test may use.

- `db` (pytest-django): one transaction, rolled back; connected as the application's role, so its rights hold.
- `committed_db`: really commits; afterwards the database is dropped and cloned anew.
- `drain`: with `committed_db`, runs the worker and the reactions until nothing waits.
- `live_server`: the site in processes of its own, with `committed_db`.
- `page`, `visit`: a real Chromium on the live server; `axe` judges what it shows.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hypothesis
import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from linli.matters.read import settings
from linli.places import read as places
from linli.site import processes
from tests import databases, draining
from tests.environment import RUN

pytest_plugins = ["tests.serving", "tests.browsing"]

# A busy machine fails no property: how long something takes is measured by `make bench` alone.
hypothesis.settings.register_profile("linli", deadline=None)
hypothesis.settings.load_profile("linli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick files first, then those with processes; browsers last, for their driver keeps the thread.

    Files stay whole, for two processes share the run file by file.
    """
    weights: dict[Path, int] = {}
    for item in items:
        weights[item.path] = max(weights.get(item.path, 0), _weight(item))
    items.sort(key=lambda item: weights[item.path])


def _weight(item: pytest.Item) -> int:
    fixtures = getattr(item, "fixturenames", [])
    return 2 if "browser" in fixtures else 1 if "live_server" in fixtures else 0


def pytest_unconfigure() -> None:
    """Nothing of the run stays."""
    shutil.rmtree(RUN, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """This run's PostgreSQL."""
    child = databases.start()
    try:
        yield
    finally:
        processes.stop(child, by=signal.SIGINT)


@pytest.fixture(scope="session")
def django_db_setup(cluster: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of Django's test database: ours is migrated by its owner, and rights are in force."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """pytest-django flushes the tables for its own `live_server`; ours is another and clones the database."""


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What a process keeps of the database for a minute was another test's."""
    places.wide.forget()
    settings.stored_ids.forget()


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which commits are real; set back afterwards, with the files that belong to it."""
    with django_db_blocker.unblock():
        connections.close_all()
        try:
            yield
        finally:
            connections.close_all()
            databases.clone()
            shutil.rmtree(RUN / "files" / "documents", ignore_errors=True)
            (RUN / "files" / "documents").mkdir(parents=True)


@pytest.fixture
def drain(committed_db: None) -> Callable[[], None]:
    """Runs jobs and reactions until nothing is due: `drain()`.

    In a thread of its own: the worker has its own event loop, and a browser test has one already.
    """

    def until_nothing_waits() -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(draining.until_nothing_waits).result()

    return until_nothing_waits


@pytest.fixture(scope="session")
def ci() -> bool:
    """Whether a gap must fail the run instead of being told."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")
