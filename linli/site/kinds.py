"""Events of the site itself, and what making a backup goes through and dies of."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class Event(EventKind):
    BACKUP_ASKED = "site.backup_asked"
    BACKUP_MADE = "site.backup_made"
    BACKUP_FAILED = "site.backup_failed"


class BackupStage(StrEnum):
    """In the order in which they are gone through."""

    COUNTING = "counting"
    DATABASE = "database"
    FILES = "files"
    CHECKING = "checking"


class BackupState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class BackupFault(StrEnum):
    """Why none was made, told apart by what somebody has to do about it."""

    UNWRITABLE = "unwritable"
    FULL = "full"
    UNREACHABLE = "unreachable"
    DUMP = "dump"
    DAMAGED = "damaged"
    CUT_OFF = "cut_off"
    OTHER = "other"
