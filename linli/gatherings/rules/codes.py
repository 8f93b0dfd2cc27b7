"""The code on the wall by which people sign in: it changes every half minute, so that a photo sent home is
worth nothing by the time it arrives. A pure function of the meeting's secret and the clock."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = 30  # seconds one code is shown
SYMBOLS: Final = 10  # of 5 bits each
GRACE: Final = timedelta(minutes=10)  # from scanning to signing in: long enough to type a password


def window_of(moment: datetime) -> int:
    """The number of the half minute that holds an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return int(moment.timestamp()) // WINDOW


def _code(secret: str, window: int) -> str:
    digest = hmac.new(secret.encode(), str(window).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:SYMBOLS].lower()


def code_at(secret: str, moment: datetime) -> str:
    """The code shown at that moment."""
    return _code(secret, window_of(moment))


def is_valid(secret: str, code: str, moment: datetime) -> bool:
    """Whether a code was scanned in time: that of this half minute or of the one before."""
    window = window_of(moment)
    given = code.strip().lower().encode()
    is_now = hmac.compare_digest(_code(secret, window).encode(), given)
    was_before = hmac.compare_digest(_code(secret, window - 1).encode(), given)
    return is_now or was_before


def is_still_here(scanned_at: datetime, moment: datetime) -> bool:
    """Whether who scanned the code then may sign in now."""
    return scanned_at <= moment <= scanned_at + GRACE
