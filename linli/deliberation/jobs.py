"""What the worker does: drawing maps anew where there are new answers, reminding of yearly reviews."""

from procrastinate.contrib.django import app

from linli.deliberation.actions import answers, covenant_notices
from linli.deliberation.read import covenant_notices as covenants
from linli.deliberation.read import opinions
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today


def draw_maps() -> int:
    """Draw every map that is older than its answers. Gives how many."""
    waiting = opinions.to_draw()
    for conversation_id in waiting:
        answers.draw(by=SYSTEM, conversation_id=conversation_id)
    return len(waiting)


@app.periodic(cron="* * * * *")
@app.task(
    name="deliberation.draw_opinions",
    queueing_lock="deliberation.draw_opinions",
    lock="deliberation.draw_opinions",
)
def draw_opinions(timestamp: int) -> None:
    """Every minute: answering stays as quick as it is, and the map is never far behind."""
    draw_maps()


def remind_of_reviews(path: str = "") -> int:
    """Tell the staff of every covenant under this path whose yearly review is near. Gives how many were told
    of now."""
    waiting = covenants.reviews_to_tell(today(), path)
    return sum(covenant_notices.remind_of_review(by=SYSTEM, covenant_id=each) for each in waiting)


@app.periodic(cron="20 23 * * *")
@app.task(
    name="deliberation.covenant_reviews",
    queueing_lock="deliberation.covenant_reviews",
    lock="deliberation.covenant_reviews",
)
def covenant_reviews(timestamp: int) -> None:
    """Every morning at 07:20 in China."""
    remind_of_reviews()
