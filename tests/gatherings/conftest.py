"""A community to meet in."""

import pytest

from tests import world as worlds
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """建设社区 on the five affairs."""
    return worlds.build()
