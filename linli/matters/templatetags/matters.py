"""Saying when: `{{ due|due_words }}`, `{{ due|due_tone }}`, `{{ at|short }}`, `{{ day|day_words }}`."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.kernel.clock import local, now, today
from linli.kernel.durations import Duration, Remaining, Unit, remaining
from linli.matters import wording
from linli.places import read as places

register = template.Library()

WEEKDAY_LABELS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SOON = timedelta(hours=24)


@register.filter
def due_words(due: datetime | None) -> str:
    """How long is left, or how long it is overdue: 还有 3 个工作日, 今天 18:00, 逾期 4 小时."""
    if due is None:
        return ""
    left = remaining(now(), due, places.calendar())
    if left.overdue:
        return _overdue(left)
    at = local(due)
    clock = f"{at.hour}:{at.minute:02}"
    if at.date() == today():
        return _("today %(time)s") % {"time": clock}
    if at.date() == today() + timedelta(days=1):
        return _("tomorrow %(time)s") % {"time": clock}
    if left.workdays == 0:  # a long holiday lies between: a date says more than a count of none
        return f"{day_words(at.date())} {clock}"
    return ngettext("%(n)s workday left", "%(n)s workdays left", left.workdays) % {"n": left.workdays}


def _overdue(left: Remaining) -> str:
    amount = {"n": left.amount}
    if left.unit is Unit.WORKDAY:
        return ngettext("%(n)s workday late", "%(n)s workdays late", left.amount) % amount
    if left.unit is Unit.HOUR:
        return ngettext("%(n)s hour late", "%(n)s hours late", left.amount) % amount
    return ngettext("%(n)s minute late", "%(n)s minutes late", left.amount) % amount


@register.filter
def due_tone(due: datetime | None) -> str:
    """`late` once it has passed, `soon` on its last day, else `go`; plain where nothing is due."""
    if due is None:
        return "plain"
    moment = now()
    if moment > due:
        return "late"
    return "soon" if due - moment <= SOON or local(due).date() == today() else "go"


@register.filter
def short(moment: datetime | None) -> str:
    """A moment for a list: 11-18 22:41, with the year in front when it is another."""
    if moment is None:
        return ""
    at = local(moment)
    written = f"{at:%m-%d} {at.hour}:{at.minute:02}"
    return written if at.year == today().year else f"{at.year}-{written}"


@register.filter
def day_words(moment: datetime | date | None) -> str:
    """A day as people say it: 11 月 26 日; with the year when it is another."""
    if moment is None:
        return ""
    day = local(moment).date() if isinstance(moment, datetime) else moment
    if day.year == today().year:
        return date_format(day, pgettext("date format", "j F"))
    return date_format(day, pgettext("date format", "j F Y"))


@register.filter
def by_words(due: datetime | None) -> str:
    """Until when there will be an answer, as a sentence: 11 月 26 日前答复."""
    if due is None:
        return ""
    if local(due) < local(now()):
        return _("was due on %(day)s") % {"day": day_words(due)}
    if local(due).date() == today():
        return _("answer by %(time)s today") % {"time": f"{local(due).hour}:{local(due).minute:02}"}
    return _("answer by %(day)s") % {"day": day_words(due)}


@register.filter
def by_date(due: datetime | None) -> str:
    """The same for paper, which is read on any day: 2026-11-26 18:00 前答复."""
    if due is None:
        return ""
    said = _("was due on %(day)s") if due < now() else _("answer by %(day)s")
    return said % {"day": wording.on_paper(due)}


@register.filter
def short_day(moment: datetime) -> str:
    """The day alone, for a line in a story: 11-18."""
    at = local(moment)
    return f"{at:%m-%d}" if at.year == today().year else f"{at:%Y-%m-%d}"


@register.filter
def weekday(moment: datetime | date) -> str:
    """周五."""
    day = local(moment).date() if isinstance(moment, datetime) else moment
    return _(WEEKDAY_LABELS[day.weekday()])


@register.filter
def leaf_top(moment: datetime | date) -> str:
    """What stands over the number on a calendar leaf: the weekday within six days, else the month."""
    day = local(moment).date() if isinstance(moment, datetime) else moment
    near = abs((day - today()).days) < len(WEEKDAY_LABELS)
    return weekday(day) if near else date_format(day, pgettext("date format", "M"))


@register.filter
def day_of_month(moment: datetime | date) -> int:
    """The number on a calendar leaf."""
    return (local(moment).date() if isinstance(moment, datetime) else moment).day


@register.filter
def limit_words(limit: Duration) -> str:
    """The length of a step's limit: 5 个工作日."""
    amount = {"n": limit.amount}
    match limit.unit:
        case Unit.WORKDAY:
            return ngettext("%(n)s workday", "%(n)s workdays", limit.amount) % amount
        case Unit.DAY:
            return ngettext("%(n)s day", "%(n)s days", limit.amount) % amount
        case Unit.HOUR:
            return ngettext("%(n)s hour", "%(n)s hours", limit.amount) % amount
        case Unit.MINUTE:
            return ngettext("%(n)s minute", "%(n)s minutes", limit.amount) % amount


@register.filter
def category(code: str) -> str:
    """What a category is called."""
    return wording.category_title(code) if code else ""
