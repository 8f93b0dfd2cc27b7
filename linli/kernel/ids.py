"""Keys of rows, tracking codes for people who raise something without a name, keys for other systems."""

import os
import secrets
import threading
import time
import unicodedata
from typing import Final
from uuid import UUID

from linli.kernel.errors import InvalidCode

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS: Final = 15  # of 5 bits each: 75 random bits
GROUP: Final = 4
KEY_MARK: Final = "linli"
KEY_NAME_SYMBOLS: Final = 8  # of 5 bits each: tells keys apart, is shown and stored
KEY_SECRET_SYMBOLS: Final = 32  # of 5 bits each: 160 random bits, told once

_TAIL_BITS: Final = 74  # 12 bits beside the version, 62 beside the variant
_LOOK_ALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def id_in(text: str) -> UUID | None:
    """The row's key a text is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


class _Sequence:
    """UUIDv7 in strictly rising order within one process (RFC 9562 §6.2, method 2).

    Keys follow the machine's time, not `clock`: a clock stopped in the future by a replay would otherwise
    hold back every later key.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin anew; called after a fork too, so that two processes never continue one tail."""
        self._lock = threading.Lock()
        self._millisecond = 0
        self._tail = 0

    def next(self) -> UUID:
        """The next key; when time stands still or goes back, the random tail is stepped up instead."""
        with self._lock:
            millisecond = time.time_ns() // 1_000_000
            if millisecond > self._millisecond:
                self._millisecond, self._tail = millisecond, secrets.randbits(_TAIL_BITS)
            else:
                self._tail += 1 + secrets.randbits(32)
                if self._tail >> _TAIL_BITS:
                    self._millisecond, self._tail = self._millisecond + 1, secrets.randbits(_TAIL_BITS)
            return self._compose(self._millisecond, self._tail)

    @staticmethod
    def _compose(millisecond: int, tail: int) -> UUID:
        high, low = tail >> 62, tail & ((1 << 62) - 1)
        return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


_sequence = _Sequence()
os.register_at_fork(after_in_child=_sequence.restart)


def uuid7() -> UUID:
    """A new key; later keys of this process sort after earlier ones."""
    return _sequence.next()


def _check_symbol(symbols: str) -> str:
    """One symbol over GF(32) (x⁵+x²+1): it catches every wrong symbol and every swap of two symbols."""
    remainder = 0
    for symbol in symbols:
        remainder ^= CROCKFORD.index(symbol)
        remainder <<= 1
        if remainder & 0b100000:
            remainder ^= 0b100101
    return CROCKFORD[remainder]


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def tracking_code() -> str:
    """A new unguessable code such as `7K3M-Q0ZD-94TB-HX2A`: 75 random bits and one check symbol."""
    symbols = "".join(secrets.choice(CROCKFORD) for _ in range(RANDOM_SYMBOLS))
    return _grouped(symbols + _check_symbol(symbols))


def normalise_tracking_code(text: str) -> str:
    """The code as issued, from what a person typed: any case or spacing, full width, O for 0, I or L for 1.

    Raises `InvalidCode` when the length, a symbol or the check symbol is wrong.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    symbols = "".join(symbol for symbol in folded if symbol.isalnum()).translate(_LOOK_ALIKES)
    if len(symbols) != RANDOM_SYMBOLS + 1:
        length = RANDOM_SYMBOLS + 1
        raise InvalidCode("A tracking code has %(length)s letters and digits.", {"length": length})
    if any(symbol not in CROCKFORD for symbol in symbols) or _check_symbol(symbols[:-1]) != symbols[-1]:
        raise InvalidCode("This tracking code is not right; please compare it with the one you were given.")
    return _grouped(symbols)


def system_key() -> tuple[str, str]:
    """A new key for another system: the part it is known by, and the whole text, which is told once.

    The text reads `linli_<8 symbols>_<32 symbols>`, so that a scanner of leaked secrets can recognise it.
    """
    name, secret = (
        "".join(secrets.choice(CROCKFORD.lower()) for _ in range(count))
        for count in (KEY_NAME_SYMBOLS, KEY_SECRET_SYMBOLS)
    )
    return name, f"{KEY_MARK}_{name}_{secret}"


def name_of_system_key(text: str) -> str:
    """The part a key is known by; "" for a text that cannot be a key, whatever its length or symbols."""
    mark, _, rest = text.partition("_")
    name, _, secret = rest.partition("_")
    known = set(CROCKFORD.lower())
    right = mark == KEY_MARK and len(name) == KEY_NAME_SYMBOLS and len(secret) == KEY_SECRET_SYMBOLS
    return name if right and known.issuperset(name + secret) else ""
