"""A video room for a meeting: an address of the community's own Jitsi-compatible server and a room nobody
guesses."""

import re
from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied

LONGEST_ADDRESS: Final = 200
_ADDRESS: Final = re.compile(
    r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(/[\w.~-]+)*/?", re.ASCII | re.IGNORECASE
)


def is_base(address: str) -> Decision:
    """Whether an address can be the base of video rooms: https, a host, perhaps a path; empty for none."""
    if not address:
        return ALLOWED
    if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
        return ALLOWED
    return Denied("A video address begins with https:// and names a server.")


def link(base: str, room: str) -> str:
    """The address of a room; "" where there is none."""
    return f"{base.rstrip('/')}/{room}" if base and room else ""
