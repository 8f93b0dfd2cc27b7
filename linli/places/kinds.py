"""Kinds of place, schemes of code, powers and events of this app."""

from enum import StrEnum

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


class CodeScheme(StrEnum):
    """Who issued a code: the 12-digit division code, the 20-digit grid code, a standard address."""

    DIVISION = "division"
    GRID = "grid"
    ADDRESS = "address"


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
    EXPORTED = "places.exported"
