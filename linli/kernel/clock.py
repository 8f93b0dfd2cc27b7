"""The only clock. Everything that needs the time asks here, so that a test or a replay can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

_fixed: ContextVar[datetime | None] = ContextVar("linli_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The date on the wall in China."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment in Shanghai time. A moment without a zone is a mistake and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(SHANGHAI)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at `moment` (aware) inside the block. Blocks nest; no other context sees them."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    fixed = moment.astimezone(UTC)
    token = _fixed.set(fixed)
    try:
        yield fixed
    finally:
        _fixed.reset(token)
