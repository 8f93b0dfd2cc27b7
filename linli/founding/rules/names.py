"""What a new community's parts are called when nobody says otherwise."""

import re
from collections.abc import Container
from typing import Final

from pypinyin import Style, lazy_pinyin

from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.text import normalise

ENDING: Final = re.compile(r"(社区|居委会|村)$")
SHORTEST, LONGEST = 2, 6  # letters of a short code, as the table of places holds


def short_code(name: str, taken: Container[str]) -> str:
    """The first letters of a name's pinyin, as JS for 建设社区; longer while taken; "" if none is found."""
    bare = ENDING.sub("", normalise(name))
    readings = lazy_pinyin(bare, style=Style.NORMAL, errors="ignore") or [bare]
    letters = [re.sub(r"[^A-Z]", "", reading.upper()) for reading in readings]
    initials = "".join(reading[:1] for reading in letters)[:LONGEST]
    spelt = "".join(letters)
    candidates = [initials, *(spelt[:length] for length in range(SHORTEST, LONGEST + 1))]
    return next((each for each in candidates if len(each) >= SHORTEST and each not in taken), "")


def is_community(code: str) -> Decision:
    """A community's division code has a community part: the last three of its 12 digits."""
    if code.endswith("000"):
        return Denied(
            "This is the code of a street or a district. A community's last three digits are not 000."
        )
    return ALLOWED
