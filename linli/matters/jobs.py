"""What the worker does for matters: the lateness sweep, what their words mean, learning and refining
suggestions, photos nobody sent."""

import time
from typing import Any
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.actions import checking, files, lateness, learning, vectors, watching
from linli.matters.read import learning as learnt
from linli.matters.read import lists, suggesting
from linli.matters.rules.clocks import REMINDERS_LOOK_AHEAD
from linli.matters.triage.model import answers, knows_meaning

log = structlog.get_logger(__name__)


def sweep(path: str = "") -> int:
    """Mark what has become late, take higher what no supervisor answered, and resume what was suspended until
    today, under this path. Gives how many marks and supervisions were new."""
    until = clock.now() + REMINDERS_LOOK_AHEAD
    marks = 0
    for matter_id in lists.suspended_until(clock.today(), path):
        watching.resume(by=SYSTEM, matter_id=matter_id)
    for order_id in lists.orders_suspended_until(clock.today(), path):
        checking.resume(by=SYSTEM, order_id=order_id)
    for step_id in lists.steps_to_mark(until, path):
        marks += len(lateness.mark_step(by=SYSTEM, step_id=step_id))
    for order_id in lists.orders_to_mark(until, path):
        marks += len(lateness.mark_order(by=SYSTEM, order_id=order_id))
    for supervision_id in lists.supervisions_to_raise(clock.now(), path):
        marks += lateness.raise_supervision(by=SYSTEM, supervision_id=supervision_id) is not None
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


def learn_from_decisions() -> int:
    """Learn for all, then for every community with enough decisions of its own. Gives the new versions."""
    return len(learning.learn(by=SYSTEM, place_ids=(None, *learnt.communities_that_decided())))


@app.periodic(cron="10 18 * * *")
@app.task(name="matters.learn", queueing_lock="matters.learn", lock="matters.learn")
def learn(timestamp: int) -> None:
    """Every night at 02:10 in China."""
    began = time.monotonic()
    versions = learn_from_decisions()
    log.info("learnt", count=versions, seconds=round(time.monotonic() - began, 1))


def refine_new() -> int:
    """Ask the meaning of what nobody has sorted yet, a batch for each version. Gives how many."""
    batches: dict[UUID, list[Any]] = {}
    for model_id, matter in learnt.to_refine():
        batches.setdefault(model_id, []).append(matter)
    done = 0
    for model_id, matters in batches.items():
        model = suggesting.unpacked(model_id)
        if model is None or not knows_meaning(model):
            continue
        found = answers(model, [(matter.title, matter.text) for matter in matters])
        for matter, one in zip(matters, found, strict=True):
            kept = learning.refine(by=SYSTEM, matter_id=matter.id, model_id=model_id, found=one)
            done += kept is not None
    return done


@app.periodic(cron="* * * * *")
@app.task(name="matters.refine", queueing_lock="matters.refine", lock="matters.refine")
def refine(timestamp: int) -> None:
    """Every minute."""
    refine_new()
