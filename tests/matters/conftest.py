"""A community to act in."""

import pytest

from tests import world as worlds
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """建设社区 on the five affairs."""
    return worlds.build()


@pytest.fixture
def plain_world(db: None) -> World:
    """建设社区 on the plain way."""
    return worlds.build(practice="plain")
