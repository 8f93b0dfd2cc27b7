"""One entrance for all tests of a module: building it takes seconds, and every test rolls back to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests.ballots import entrance
from tests.ballots.entrance import Entrance


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Entrance]:
    """The entrance, in a transaction that is never committed."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield entrance.build()
            transaction.set_rollback(True)
        connections.close_all()


@pytest.fixture
def built(whole: Entrance) -> Iterator[Entrance]:
    """The entrance as it was built; what a test does is taken back."""
    with transaction.atomic():
        persons, phones = dict(whole.world.persons), dict(whole.world.phones)
        yield replace(whole, world=replace(whole.world, persons=persons, phones=phones))
        transaction.set_rollback(True)
