"""What the worker does with what actions left in the outbox, at once and in this process."""

from linli.frame.models import OutboxRow
from linli.site.reactions import REACTIONS


def react() -> None:
    """Every row once, in their order."""
    for row in OutboxRow.objects.order_by("id"):
        REACTIONS[row.event](row.payload)
        row.delete()
