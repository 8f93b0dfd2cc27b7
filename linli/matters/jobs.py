"""What the worker does for matters: the lateness sweep, what their words mean, photos nobody sent."""

from procrastinate.contrib.django import app

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.actions import files, lateness, vectors, watching
from linli.matters.read import lists
from linli.matters.rules.clocks import REMINDERS_LOOK_AHEAD


def sweep() -> int:
    """Mark what has become late, and resume what was suspended until today. Gives how many marks were new."""
    until = clock.now() + REMINDERS_LOOK_AHEAD
    marks = 0
    for matter_id in lists.suspended_until(clock.today()):
        watching.resume(by=SYSTEM, matter_id=matter_id)
    for step_id in lists.steps_to_mark(until):
        marks += len(lateness.mark_step(by=SYSTEM, step_id=step_id))
    for order_id in lists.orders_to_mark(until):
        marks += len(lateness.mark_order(by=SYSTEM, order_id=order_id))
    return marks


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="matters.sweep_lateness", queueing_lock="matters.sweep_lateness", lock="matters.sweep_lateness"
)
def sweep_lateness(timestamp: int) -> None:
    """Every five minutes."""
    sweep()


@app.periodic(cron="* * * * *")
@app.task(name="matters.keep_vectors", queueing_lock="matters.keep_vectors", lock="matters.keep_vectors")
def keep_vectors(timestamp: int) -> None:
    """Every minute: soon enough for a clerk, and raising itself stays as quick as it was."""
    while vectors.keep_vectors(by=SYSTEM) == vectors.BATCH:
        pass


@app.periodic(cron="41 3 * * *")
@app.task(name="matters.forget_photos", queueing_lock="matters.forget_photos")
def forget_photos(timestamp: int) -> None:
    """Every night."""
    files.forget_kept(by=SYSTEM)
