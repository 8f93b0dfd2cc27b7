"""Jobs of documents: once a night, bytes that no file names are deleted."""

from procrastinate.contrib.django import app

from linli.documents import actions
from linli.kernel.actor import SYSTEM


@app.periodic(cron="43 3 * * *")
@app.task(name="documents.sweep", queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:
    """Doing it twice deletes nothing twice."""
    actions.sweep(by=SYSTEM)
