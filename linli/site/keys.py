"""Who a key is: asked by every operation below /api/ through the setting `KEY_ACTOR`."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from linli.frame.api import KeyRefused
from linli.frame.limits import Limit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.organizations import actions, read

WRONG_KEYS = Limit("keys", most=20)


def actor(request: HttpRequest, text: str) -> Actor:
    """The actor of a key, and the day of its use noted once a day.

    Raises `KeyRefused`: 401 for a key that does not open, 429 when too many came from one address. A right
    key is not held up by somebody else's wrong ones from behind the same address.
    """
    found = read.actor_of_key(text, clock.now())
    if found is None:
        address = get_adapter(request).get_client_ip(request) or ""
        if WRONG_KEYS.is_spent(address):
            raise KeyRefused(429)
        WRONG_KEYS.count(address)
        raise KeyRefused(401)
    if found.last_used_on != clock.today():
        actions.note_use(by=found.actor, key_id=found.id)
    return found.actor
