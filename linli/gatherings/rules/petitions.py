"""Those who ask for a meeting: on a list, name by name, or on signed sheets counted building by building.

A building is taken in one of the two ways, so that nobody is counted twice. Who has to ask, and how many of
them, is `rules.bodies.may_call`: 城市居民委员会组织法 (in force 2026-01-01) 26, 28, 物业管理条例 13.
"""

from typing import Final

from linli.kernel.decision import ALLOWED, Decision, Denied

LONGEST_ABOUT: Final = 200
MOST_AT_ONCE: Final = 500  # names put on the list together


def may_sign(*, is_one: bool, is_on_sheet: bool) -> Decision:
    """Whether somebody goes on the list: one of those who may ask, in whose building no sheet was counted."""
    if not is_one:
        return Denied("Only those who may ask for this meeting go on the list, as the register has them.")
    if is_on_sheet:
        return Denied("A signed sheet of their building is counted already. Nobody is counted twice.")
    return ALLOWED


def may_count_sheet(count: int, *, counted: int, whole: int, names: int) -> Decision:
    """Whether so many signatures on a sheet of a building count: `counted` stand on its other sheets, `whole`
    is how many the register has there, `names` how many of them are on the list by name."""
    if names:
        return Denied(
            "%(names)s people of this building are on the list by name. Put the others on it too, or take"
            " them off and count the sheet.",
            {"names": names},
        )
    if count < 1 or counted + count > whole:
        return Denied(
            "The register has %(whole)s here, and %(counted)s are counted already.",
            {"whole": whole, "counted": counted},
        )
    return ALLOWED


def may_change(*, is_planned: bool) -> Decision:
    """Whether the list still grows: until the meeting it asks for is planned."""
    if is_planned:
        return Denied("The meeting they asked for is planned. The list stands as it was counted.")
    return ALLOWED
