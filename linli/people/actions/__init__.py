"""The only writers of persons, accounts, residences and holdings."""

from linli.people.actions.account import open_account, set_password, set_preferences
from linli.people.actions.bulk import HoldingRow, HouseholdRow, PersonRow, ResidenceRow, import_people
from linli.people.actions.person import edit_person, open_field, register_person
from linli.people.actions.residence import end_holding, move_in, move_out, note_holding

__all__ = [
    "HoldingRow",
    "HouseholdRow",
    "PersonRow",
    "ResidenceRow",
    "edit_person",
    "end_holding",
    "import_people",
    "move_in",
    "move_out",
    "note_holding",
    "open_account",
    "open_field",
    "register_person",
    "set_password",
    "set_preferences",
]
