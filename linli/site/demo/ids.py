"""Keys that come out the same for the same day, in the order they are given."""

import random
from datetime import UTC, date, datetime, time
from uuid import UUID


class Ids:
    """UUIDv7 made from a seed, one millisecond apart, ending well before the day they are made for."""

    def __init__(self, seed: str, today: date, slot: int) -> None:
        moment = datetime.combine(today, time(), UTC).timestamp() * 1000
        self._millisecond = int(moment) - (400 - slot) * 86_400_000
        self._random = random.Random(f"ids {seed}")

    def next(self) -> UUID:
        """The next key."""
        self._millisecond += 1
        tail = self._random.getrandbits(74)
        high, low = tail >> 62, tail & ((1 << 62) - 1)
        return UUID(int=self._millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
