"""Chips of the desk's lists: `{{ due|desk_chip }}`, `{{ due|desk_tone }}`."""

from datetime import datetime, timedelta

from django import template

from linli.kernel.clock import local, now, today
from linli.matters.templatetags.matters import due_words

register = template.Library()


@register.filter
def desk_chip(due: datetime | None) -> str:
    """How late, or the hour today and tomorrow, or the date: 逾期 4 小时, 今天 18:00, 11-25."""
    if due is None:
        return ""
    day = local(due).date()
    if due < now() or day <= today() + timedelta(days=1):
        return due_words(due)
    return f"{day:%m-%d}" if day.year == today().year else day.isoformat()


@register.filter
def desk_tone(due: datetime | None) -> str:
    """`late` once passed, `soon` on its day, else plain."""
    if due is None:
        return "plain"
    if due < now():
        return "late"
    return "soon" if local(due).date() == today() else "plain"
