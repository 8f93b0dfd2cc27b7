"""Saying a notice in the reader's language: `{{ notice|worded }}`, `{{ notice.at|when }}`."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from linli.frame.for_groups import composed
from linli.kernel.clock import local, today
from linli.notices import rules
from linli.notices.forms import AUDIENCE_LABELS
from linli.notices.kinds import AnnouncementState, Audience

register = template.Library()

STATES = {
    AnnouncementState.DRAFT: ("plain", gettext_noop("Draft")),
    AnnouncementState.WAITING: ("soon", gettext_noop("Waiting for approval")),
    AnnouncementState.PUBLISHED: ("go", gettext_noop("Published")),
    AnnouncementState.RETURNED: ("late", gettext_noop("Returned")),
    AnnouncementState.WITHDRAWN: ("plain", gettext_noop("Withdrawn")),
}


@register.filter
def worded(notice: Any) -> str:
    """The notice's sentence, with its dates as the reader writes them."""
    return _sentence(notice, _written)


def _sentence(notice: Any, dated: Callable[[date | datetime], str]) -> str:
    params = rules.in_language(notice.params, get_language() or "zh-hans")
    said = {}
    for name, value in params.items():
        at = rules.moment_in(name, value)
        said[name] = value if at is None else dated(at)
    return _(rules.sentence(notice.topic, params)) % said


@register.filter
def told(notice: Any) -> str:
    """What is said on the phone or printed: the sentence with whole dates, and the text of its page."""
    said, text = _sentence(notice, _whole), notice.params.get("text", "")
    return f"{said}\n{text}" if text and text not in said else said


@register.filter
def when(moment: date | datetime | None) -> str:
    """A day or a moment as people say it: 今天 8:12, 昨天, 11月26日 18:00; with the year if it is another."""
    if moment is None:
        return ""
    at = local(moment) if isinstance(moment, datetime) else None
    day = at.date() if at else moment
    time = f"{at.hour}:{at.minute:02}" if at else ""
    return " ".join(part for part in (_day(day), time) if part)


@register.filter
def state_tone(state: str) -> str:
    """The colour of an announcement's state."""
    return STATES[AnnouncementState(state)][0]


@register.filter
def state_label(state: str) -> str:
    """What an announcement's state is called."""
    return _(STATES[AnnouncementState(state)][1])


@register.filter
def audience_label(audience: str) -> Any:
    """What an announcement's audience is called."""
    return AUDIENCE_LABELS[Audience(audience)]


@register.filter
def for_group(announcement: Any, link: str) -> str:
    """The announcement as plain text to paste into a chat group."""
    at = announcement.approved_at
    lines = [announcement.body, _whole(at) if at else "", _("Read it here: %(link)s") % {"link": link}]
    return composed(announcement.place.name, announcement.title, lines)


def _whole(moment: date | datetime) -> str:
    """A date for paper and copied words, which are read on any day: 2026-11-26 18:00."""
    return f"{local(moment):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()


def _written(moment: date | datetime) -> str:
    """A date that stays true however long the notice lies: never "today"."""
    at = local(moment) if isinstance(moment, datetime) else None
    day = _calendar_day(at.date() if at else moment)
    return f"{day} {at.hour}:{at.minute:02}" if at else day


def _day(day: date) -> str:
    if day == today():
        return _("today")
    if day == today() - timedelta(days=1):
        return _("yesterday")
    return _calendar_day(day)


def _calendar_day(day: date) -> str:
    if day.year == today().year:
        return date_format(day, pgettext("date format", "j M"))
    return date_format(day, pgettext("date format", "j M Y"))
