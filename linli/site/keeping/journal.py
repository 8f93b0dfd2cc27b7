"""Which backups were tried and what became of them, in a file of the data folder.

Not in the database: putting a backup back must not make the runs since then unhappened, and a run that fails
because the database is away is told all the same.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import psycopg
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from linli.kernel import clock
from linli.site.keeping import programs
from linli.site.keeping.archive import Unusable
from linli.site.kinds import BackupFault, BackupStage, BackupState

NAME: Final = "backups.json"
MOST: Final = 30  # runs remembered: a month of nights
SILENT: Final = timedelta(minutes=15)  # without a word from a run that is going on: its worker is gone
GOING_ON: Final = frozenset({BackupState.WAITING, BackupState.RUNNING})
NO_ENTRY: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EEXIST}
)
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Run(BaseModel):
    """One try. `size` is the archive's in bytes; `said` how far the stage has come: rows, bytes, files."""

    model_config = ConfigDict(frozen=True)

    id: UUID = Field(default_factory=uuid4)
    asked: bool = False
    started_at: datetime
    heard_at: datetime
    ended_at: datetime | None = None
    state: BackupState = BackupState.RUNNING
    stage: BackupStage = BackupStage.COUNTING
    said: int = 0
    file: str = ""
    size: int = 0
    rows: int = 0
    tables: int = 0
    files: int = 0
    fault: BackupFault | None = None
    detail: str = ""


class _Runs(BaseModel):
    runs: list[Run] = []


def runs(data: Path) -> list[Run]:
    """The latest runs, newest first. One that fell silent is told as cut off."""
    return [told(run, clock.now()) for run in _read(data).runs]


def told(run: Run, now: datetime) -> Run:
    """A run as it is to be shown at a moment. Pure."""
    if run.state in GOING_ON and now - run.heard_at > SILENT:
        lost = {"state": BackupState.FAILED, "fault": BackupFault.CUT_OFF, "ended_at": run.heard_at}
        return run.model_copy(update=lost)
    return run


def going_on(data: Path) -> Run | None:
    """The run that is being made now, or waits for the worker."""
    return next((run for run in runs(data) if run.state in GOING_ON), None)


def note(data: Path, run: Run) -> None:
    """Write a run down, in the place of what was noted of it before. Whole or not at all."""
    with _alone(data):
        others = [one for one in _read(data).runs if one.id != run.id]
        kept = sorted([run, *others], key=lambda one: one.started_at, reverse=True)[:MOST]
        partial = data / f".{NAME}.{os.getpid()}"
        partial.write_text(_Runs(runs=kept).model_dump_json(indent=1), encoding="utf-8")
        partial.replace(data / NAME)


def fault_of(error: BaseException) -> BackupFault:
    """What kind of fault a run died of. Pure."""
    match error:
        case Unusable():
            return BackupFault.DAMAGED
        case programs.Failed():
            return BackupFault.DUMP
        case psycopg.OperationalError():
            return BackupFault.UNREACHABLE
        case OSError(errno=number) if number in NO_ROOM:
            return BackupFault.FULL
        case OSError(errno=number) if number in NO_ENTRY or number is None:
            return BackupFault.UNWRITABLE
    return BackupFault.OTHER


def _read(data: Path) -> _Runs:
    try:
        return _Runs.model_validate_json((data / NAME).read_bytes())
    except (FileNotFoundError, ValidationError):  # none yet, or written by another version: begin anew
        return _Runs()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One writer at a time: the worker's jobs run side by side."""
    with (data / f".{NAME}.lock").open("a") as handle:
        flock(handle, LOCK_EX)
        yield
