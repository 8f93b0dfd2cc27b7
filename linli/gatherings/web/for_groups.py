"""复制到群: what is said of meetings and of what is posted in a chat group: no more than all may read."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from linli.frame.for_groups import composed, said
from linli.gatherings import wording
from linli.kernel.clock import local

MOST_WORDS = 400  # characters of what is posted; the rest is behind the link


def of_meeting(request: HttpRequest, row: Any, items: list[Any]) -> str:
    """The notice of a meeting; the agenda only where it is public."""
    body = row.body.name if row.body else ""
    head = row.title if row.title.startswith(body) else said(body, row.title)
    lines = [
        said(_("When"), f"{local(row.starts_at):%Y-%m-%d %H:%M}"),
        said(_("Where"), wording.where(row, " ")),
    ]
    if row.is_public:
        lines += [f"{item.position}. {item.title}" for item in items]
    link = request.build_absolute_uri(reverse("gatherings:meeting", args=[row.pk]))
    return composed(row.place.name, head, lines, link)


def of_posting(request: HttpRequest, row: Any) -> str:
    """What hangs on the board: affairs laid open, resolutions, results; until when it can be objected to."""
    kind = wording.POSTING_LABELS[row.kind]
    days = _("%(first)s to %(last)s") % {"first": row.starts, "last": row.ends}
    lines = [said(kind, days), Truncator(row.body).chars(MOST_WORDS)]
    link = request.build_absolute_uri(reverse("gatherings:posting", args=[row.pk]))
    return composed(row.place.name, row.title, lines, link)
