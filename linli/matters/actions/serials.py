"""Serials of matters and orders: from sequences all share; inside `own_serials()` counted for one replay."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Final

from django.db import connection

MATTERS: Final = "matters_serial"
ORDERS: Final = "matters_order_serial"

_own: ContextVar[dict[str, Iterator[int]] | None] = ContextVar("linli_matters_serials", default=None)


def next_serial(sequence: str) -> int:
    """A sequence never waits for another transaction and never gives a number twice; gaps mean nothing."""
    own = _own.get()
    if own is not None:
        return next(own[sequence])
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        return int(cursor.fetchone()[0])


@contextmanager
def own_serials() -> Iterator[None]:
    """Inside the block one community's past is replayed: its numbers begin at one, whoever else is at work.

    What lies below `reserve`d serials is free for it: the community's code tells its numbers from others'.
    """
    token = _own.set({MATTERS: count(1), ORDERS: count(1)})
    try:
        yield
    finally:
        _own.reset(token)


def reserve(upto: int) -> None:
    """Nobody else is given the first serials, up to this one, from now on."""
    with connection.cursor() as cursor:
        for sequence in (MATTERS, ORDERS):
            # the application may take from a sequence, not set it
            cursor.execute(
                "SELECT count(nextval(%s::regclass)) FROM generate_series(1, %s)", [sequence, upto]
            )
