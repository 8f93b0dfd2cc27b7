"""What the worker does for bodies: telling what was not done in time after an election."""

from procrastinate.contrib.django import app

from linli.gatherings.actions import duties
from linli.gatherings.read import duties as read
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today


def tell_of_late_duties(path: str = "") -> int:
    """Tell the residents' committees of everything that became late under this path. Gives how many were told
    of now."""
    return sum(duties.tell_late(by=SYSTEM, duty_id=each) for each in read.to_tell_late(today(), path))


@app.periodic(cron="30 23 * * *")
@app.task(
    name="gatherings.late_duties", queueing_lock="gatherings.late_duties", lock="gatherings.late_duties"
)
def late_duties(timestamp: int) -> None:
    """Every morning at 07:30 in China."""
    tell_of_late_duties()
