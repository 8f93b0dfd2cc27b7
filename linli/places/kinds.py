"""Kinds of place, schemes of code, powers and events of this app."""

from enum import StrEnum
from typing import Final

from linli.audit.kinds import EventKind


class PlaceKind(StrEnum):
    """Levels of the one tree, from the wide to the fine."""

    DIVISION = "division"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    COURTYARD = "courtyard"
    BUILDING = "building"
    ENTRANCE = "entrance"
    HOME = "home"
    BAY = "bay"


UNITS: Final = (PlaceKind.HOME, PlaceKind.BAY)  # what has an owner of its own; finer is nothing


class Lack(StrEnum):
    """What a parking bay needs to be owned by somebody (区分所有权解释 art 2), in the order of the law."""

    INDEPENDENT = "independent"
    EXCLUSIVE = "exclusive"
    REGISTRABLE = "registrable"


class CodeScheme(StrEnum):
    """Who issued a code: the 12-digit division code, the 20-digit grid code, a standard address."""

    DIVISION = "division"
    GRID = "grid"
    ADDRESS = "address"


class AreaSource(StrEnum):
    """Where the area of an owned part was taken from, the strongest first (区分所有权解释 art 8)."""

    REGISTER = "register"
    SURVEYED = "surveyed"
    CONTRACT = "contract"


class Power(StrEnum):
    EDIT = "place.edit"
    IMPORT = "import"


class Event(EventKind):
    OPENED = "places.opened"
    RENAMED = "places.renamed"
    CLOSED = "places.closed"
    IMPORTED = "places.imported"
    CODED = "places.coded"
    OUTLINED = "places.outlined"
    OUTLINE_RESTORED = "places.outline_restored"
    OUTLINES_IMPORTED = "places.outlines_imported"
    CALENDAR_IMPORTED = "places.calendar_imported"
    AREA_NOTED = "places.area_noted"
    BAYS_ADDED = "places.bays_added"
    BAY_CHANGED = "places.bay_changed"
    EXPORTED = "places.exported"
