"""How often somebody may try a code: wrong ones count against the address they came from, within a minute."""

import hashlib
import hmac

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from linli.kernel import clock

WRONG_A_MINUTE = 10
FORGET_SECONDS = 120


def too_many(request: HttpRequest, what: str) -> bool:
    """Whether this address has tried too many wrong codes of that sort within the minute."""
    return int(cache.get(_key(request, what), 0)) >= WRONG_A_MINUTE


def count_wrong(request: HttpRequest, what: str) -> None:
    """One more wrong code."""
    key = _key(request, what)
    cache.add(key, 0, FORGET_SECONDS)
    cache.incr(key)


def _key(request: HttpRequest, what: str) -> str:
    """A keyed digest of the address and the minute: the address itself is kept nowhere."""
    address = get_adapter(request).get_client_ip(request) or ""
    minute = int(clock.now().timestamp() // 60)
    said = f"{address}|{minute}".encode()
    return f"{what}:{hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()}"
