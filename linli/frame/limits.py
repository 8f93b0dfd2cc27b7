"""How often something may go wrong from one side: counted in the cache all server processes share."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from linli.kernel import clock

MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` wrong tries a minute from one side; `name` keeps the counts of different doors apart."""

    name: str
    most: int

    def is_spent(self, side: str) -> bool:
        """Whether this side has tried too often within the minute."""
        return int(cache.get(self._key(side), 0)) >= self.most

    def count(self, side: str) -> None:
        """Note one wrong try."""
        key = self._key(side)
        cache.add(key, 0, 2 * MINUTE)
        cache.incr(key)

    def _key(self, side: str) -> str:
        """A keyed digest of the side (an address, a key) and the minute: neither is kept anywhere."""
        minute = int(clock.now().timestamp() // MINUTE)
        said = f"{side}|{minute}".encode()
        digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
        return f"{self.name}:{digest}"
