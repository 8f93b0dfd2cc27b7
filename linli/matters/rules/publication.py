"""What of a matter may be shown to everybody."""

import re

from linli.kernel.decision import ALLOWED, Decision, Denied

PHONE_LIKE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
ID_LIKE = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def title_for_others(published: bool, public_title: str, number: str) -> str:
    """What a matter is called to those behind it who did not write it: never by the raiser's own words."""
    return public_title if published and public_title else number


def may_be_shown(texts: list[str], raiser_name: str, home: str) -> Decision:
    """The published words may name neither the raiser nor their home, nor carry a number of a person."""
    whole = "\n".join(texts)
    if len(raiser_name) > 1 and raiser_name in whole:
        return Denied("The text names the raiser. Leave the name out.")
    if home and home in whole:
        return Denied("The text tells the raiser's home. Leave it out.")
    if PHONE_LIKE.search(whole) or ID_LIKE.search(whole):
        return Denied("The text has a phone or identity number in it. Leave it out.")
    return ALLOWED
