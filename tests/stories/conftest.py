"""Stories: whole journeys over HTTP in one community, really committed, the worker drained between days."""

import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import draining
from tests import world as worlds
from tests.stories.people import Street


@pytest.fixture
def street(committed_db: None) -> Street:
    """建设社区 on the five affairs, everybody in it able to sign in."""
    return Street(worlds.build())


@pytest.fixture
def plain_street(committed_db: None) -> Street:
    """建设社区 on the plain way."""
    return Street(worlds.build(practice="plain"))


@pytest.fixture
def renovating(committed_db: None) -> Street:
    """建设社区 renovates an old building."""
    return Street(worlds.build(practice="renovation"))


@pytest.fixture
def joint_street(committed_db: None) -> Street:
    """建设社区 on collect, analyse, feed back."""
    return Street(worlds.build(practice="three-mechanisms"))


@pytest.fixture
def worker(committed_db: None) -> Callable[[], None]:
    """Runs jobs and reactions until nothing waits, at the story's hour."""

    def until_nothing_waits() -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(contextvars.copy_context().run, draining.until_nothing_waits).result()

    return until_nothing_waits
