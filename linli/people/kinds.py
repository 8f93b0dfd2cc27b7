"""Kinds, powers and events of people, homes and accounts."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class Reach(StrEnum):
    """How a person wants to be told things."""

    APP = "app"
    CALL = "call"
    SLIP = "slip"


class ResidenceKind(StrEnum):
    """户籍 and 常住 are different facts about a person and each has its own dates."""

    REGISTERED = "registered"
    USUAL = "usual"


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"
    UNKNOWN = ""


class Power(StrEnum):
    READ = "person.read"
    OPEN_FIELD = "person.open_field"
    EDIT = "person.edit"


class OpenedField(StrEnum):
    """Fields that are masked and can be opened for a stated purpose."""

    PHONE = "phone"
    ID_NUMBER = "id_number"


class Purpose(StrEnum):
    """Why a masked field may be opened. The list is closed so that the record needs no free text."""

    CALL_BACK = "call_back"
    URGENT = "urgent"
    VISIT = "visit"
    VERIFY = "verify"


class Event(EventKind):
    REGISTERED = "people.registered"
    EDITED = "people.edited"
    IMPORTED = "people.imported"
    FIELD_OPENED = "people.field_opened"
    ACCOUNT_OPENED = "people.account_opened"
    PASSWORD_SET = "people.password_set"
    PREFERENCES_CHANGED = "people.preferences_changed"
    MOVED_IN = "people.moved_in"
    MOVED_OUT = "people.moved_out"
    EXPORTED = "people.exported"
