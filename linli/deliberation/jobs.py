"""What the worker does for conversations: drawing maps anew where there are new answers."""

from procrastinate.contrib.django import app

from linli.deliberation.actions import answers
from linli.deliberation.read import opinions
from linli.kernel.actor import SYSTEM


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
