"""The site's own jobs: carrying the outbox upward, retrying what was cut off, sweeping, nightly backups."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from linli.frame import outbox
from linli.frame.models import IdempotencyRecord
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import now
from linli.kernel.ids import uuid7
from linli.site import config
from linli.site.keeping import actions as keeping
from linli.site.keeping import backup
from linli.site.kinds import BackupState
from linli.site.reactions import REACTIONS

# A retry later than this is a new submission; a phone that was offline for a week is still answered alike.
KEEP_KEYS = timedelta(days=14)

log = structlog.get_logger(__name__)


@app.task(name=outbox.CARRIER)
def carry_outbox() -> None:
    """Take waiting rows until none is due; come back when the next one is."""
    while outbox.take_one(REACTIONS):
        pass
    due = outbox.next_due()
    if due is not None:
        outbox.wake(due)


@app.periodic(cron="*/10 * * * *")
@app.task(name="site.retry_stalled", queueing_lock="site.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Jobs whose worker died are taken up again; each is written so that twice does no more than once."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
        log.warning("job_retried", job_id=job.id, task=job.task_name)


@app.periodic(cron="17 3 * * *")
@app.task(name="site.sweep", queueing_lock="site.sweep")
def sweep(timestamp: int) -> None:
    """Forget answered form keys and ended sessions."""
    IdempotencyRecord.objects.filter(created_at__lt=now() - KEEP_KEYS).delete()
    Session.objects.filter(expire_date__lt=now()).delete()


@app.periodic(cron="40 18 * * *")  # UTC: twenty to three at night in Shanghai
@app.task(name="site.back_up", queueing_lock="site.back_up", lock="site.back_up")
def back_up(timestamp: int) -> None:
    """Tonight's backup, where the installation named a folder for them."""
    _back_up(uuid7(), asked=False)


@app.task(name=keeping.NOW)
def back_up_now(wanted: str) -> None:
    """The backup somebody asked for at the desk; retried after a worker's death like every job."""
    _back_up(UUID(wanted), asked=True)


def _back_up(run_id: UUID, *, asked: bool) -> None:
    settings = config.load()
    if settings.backups is None:
        return
    run = backup.noted(settings, settings.backups, run_id=run_id, asked=asked)
    keeping.note_end(by=SYSTEM, run=run)
    if run.state is BackupState.DONE:
        log.info("backed_up", size=run.size)
    else:
        log.error("backup_failed", reason=run.fault)
