"""The rules of places, pure: the tree and its paths, outlines and what is wrong with one, which place a point
lies in."""

from linli.places.rules.tree import (
    LABEL,
    NAME_LENGTH,
    SHORT_CODE,
    WITHIN_COMMUNITY,
    checked_code,
    may_close,
    may_stand_under,
    order_key,
    path_under,
    prefixes,
    written,
    written_whole,
)

__all__ = [
    "LABEL",
    "NAME_LENGTH",
    "SHORT_CODE",
    "WITHIN_COMMUNITY",
    "checked_code",
    "may_close",
    "may_stand_under",
    "order_key",
    "path_under",
    "prefixes",
    "written",
    "written_whole",
]
