"""Having a backup made now, and noting in the record what became of each."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, Refused, require
from linli.kernel.ids import uuid7
from linli.site import config
from linli.site.keeping import journal
from linli.site.keeping.journal import Run
from linli.site.keeping.policies import may_back_up
from linli.site.kinds import BackupState, Event

NOW: Final = "site.back_up_now"  # the job, and the lock that lets one of them wait


@dataclass
class Backup:
    """What the record's entries are about."""

    id: UUID


@transaction.atomic
def ask(*, by: Actor) -> Backup:
    """Have the worker make a backup as soon as it can."""
    require(may_back_up(by))
    settings = config.load()
    if settings.backups is None:
        raise Refused("No folder for backups is named: set LINLI_BACKUPS.", status=CONFLICT)
    if journal.going_on(settings.data_dir):
        raise Refused("A backup is being made just now.", status=CONFLICT)
    wanted = Backup(uuid7())
    try:
        with transaction.atomic():
            app.configure_task(NOW, queueing_lock=NOW, lock="site.back_up").defer(wanted=str(wanted.id))
    except AlreadyEnqueued:
        raise Refused("A backup is being made just now.", status=CONFLICT) from None
    audit.record(Event.BACKUP_ASKED, by=by, subject=wanted)
    now = clock.now()
    waits = Run(id=wanted.id, asked=True, started_at=now, heard_at=now, state=BackupState.WAITING)
    journal.note(settings.data_dir, waits)  # last: were it to fail, nothing would be asked for
    return wanted


@transaction.atomic
def note_end(*, by: Actor, run: Run) -> None:
    """What became of a run, beside who asked for it: its size and rows, or the kind of fault."""
    require(may_back_up(by))
    if run.state is BackupState.DONE:
        data = {"size": run.size, "rows": run.rows}
        audit.record(Event.BACKUP_MADE, by=by, subject=Backup(run.id), data=data)
    else:
        fault = run.fault.value if run.fault else ""
        audit.record(Event.BACKUP_FAILED, by=by, subject=Backup(run.id), data={"fault": fault})
