"""The only writers of places, their codes, history and outlines, and of the working calendar."""

from linli.places.actions.areas import note_areas
from linli.places.actions.bays import add_bays, change_bay
from linli.places.actions.outlines import BadFeatures, import_outlines, outline, restore_outline
from linli.places.actions.tree import (
    PlaceRow,
    close_place,
    give_code,
    import_calendar,
    import_places,
    open_place,
    rename_place,
)

__all__ = [
    "BadFeatures",
    "PlaceRow",
    "add_bays",
    "change_bay",
    "close_place",
    "give_code",
    "import_calendar",
    "import_outlines",
    "import_places",
    "note_areas",
    "open_place",
    "outline",
    "rename_place",
    "restore_outline",
]
