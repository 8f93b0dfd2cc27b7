"""The only writers of notices, deliveries and announcements."""

from linli.notices.actions.announce import (
    approve,
    draft_announcement,
    edit,
    record_reading,
    return_announcement,
    submit,
    withdraw,
)
from linli.notices.actions.carry import complete_call, print_slips
from linli.notices.actions.tell import (
    mark_all_read,
    mark_read,
    notify,
    replaying,
    tells_posts,
    to_be_told,
    together,
)

__all__ = [
    "approve",
    "complete_call",
    "draft_announcement",
    "edit",
    "mark_all_read",
    "mark_read",
    "notify",
    "print_slips",
    "record_reading",
    "replaying",
    "return_announcement",
    "submit",
    "tells_posts",
    "to_be_told",
    "together",
    "withdraw",
]
