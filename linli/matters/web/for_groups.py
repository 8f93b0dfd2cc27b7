"""复制到群: what is said of matters in a chat group. A matter goes by its published title, else by its sort:
what somebody wrote may tell who they are. Lists leave out what is confidential."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.for_groups import composed, said
from linli.matters.kinds import OrderKind, State
from linli.matters.procedures.schema import Procedure
from linli.matters.read import one, settings
from linli.matters.read.desk import Item
from linli.matters.wording import (
    KIND_LABELS,
    ORDER_KIND_LABELS,
    ORDER_STATE_LABELS,
    OUTCOME_LABELS,
    category_title,
    in_words,
    on_paper,
)


def of_matter(request: HttpRequest, matter: Any, procedure: Procedure) -> str:
    """Where a matter stands; once it is published with its official answer."""
    public = matter.published_at is not None
    lines = [said(_("Number"), matter.number), *_standing(matter, procedure)]
    answer = one.answer_for_others(matter) if public else ""
    if answer:
        lines.append(said(_("Official answer"), answer))
    path = reverse("matters:public_one" if public else "matters:mine_one", args=[matter.id])
    return composed(matter.community.name, _titled(matter), lines, request.build_absolute_uri(path))


def of_published(request: HttpRequest, matter: Any) -> str:
    """A published matter as its page shows it to everybody."""
    standing = _standing(matter, settings.procedure_of(matter))
    lines = [matter.public_summary, said(_("Number"), matter.number), *standing]
    link = request.build_absolute_uri(reverse("matters:public_one", args=[matter.id]))
    return composed(matter.community.name, _titled(matter), lines, link)


def of_order(request: HttpRequest, order: Any) -> str:
    """Which unit is asked until when, and how far it is: never the task, which may be the raiser's words."""
    named = {"kind": ORDER_KIND_LABELS[order.kind], "number": order.number, "unit": order.unit.name}
    lines = [_("%(kind)s %(number)s → %(unit)s") % named]
    if order.kind == OrderKind.WHISTLE:
        if order.reported_in_at is None:
            lines.append(said(_("Report in by"), on_paper(order.report_in_due_at)))
        else:
            lines.append(said(_("Reported in"), on_paper(order.reported_in_at)))
    lines.append(said(_("Done by"), on_paper(order.due_at)))
    if order.suspended_until is not None:
        lines.append(said(_("Suspended until"), order.suspended_until.isoformat()))
    lines.append(said(_("State"), ORDER_STATE_LABELS[order.state]))
    link = request.build_absolute_uri(reverse("desk:order", args=[order.id]))
    return composed(order.matter.community.name, _titled(order.matter), lines, link)


def of_matters(request: HttpRequest, around: str, title: str, found: Iterable[Any], more: str = "") -> str:
    """A list as it is narrowed: one line for each, with its step and until when."""
    return _listed(request, around, title, [_line(each) for each in found if not each.confidential], more)


def of_orders(request: HttpRequest, around: str, title: str, found: Iterable[Any], more: str = "") -> str:
    """The same of orders: one line for each, with its unit and until when."""
    lines = [_order_line(each) for each in found if not each.matter.confidential]
    return _listed(request, around, title, lines, more)


def of_items(request: HttpRequest, around: str, title: str, found: Iterable[Item], more: str = "") -> str:
    """One of the desk's lists, which holds matters and orders."""
    kept = [each for each in found if not each.matter.confidential]
    lines = [_order_line(each.order) if each.order else _line(each.matter) for each in kept]
    return _listed(request, around, title, lines, more)


def _listed(request: HttpRequest, around: str, title: str, lines: list[str], more: str) -> str:
    """With a link to the list for staff; where and what was searched for stays out of it: it may be a home or
    a name."""
    if not lines:
        return ""
    asked = request.GET.copy()
    for name in ("q", "place", "page"):
        asked.pop(name, None)
    link = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}".rstrip("?"))
    return composed(around, title, [*lines, more], link)


def _line(matter: Any) -> str:
    if matter.state == State.CLOSED:
        ended = _("closed on %(day)s") % {"day": on_paper(matter.closed_at)[:10]}
        return " · ".join((f"{matter.number} {_titled(matter)}", str(OUTCOME_LABELS[matter.outcome]), ended))
    step = settings.procedure_of(matter).step(matter.step_key)
    until = _("until %(day)s") % {"day": on_paper(matter.promised_at)}
    return " · ".join((f"{matter.number} {_titled(matter)}", in_words(step.title), until))


def _order_line(order: Any) -> str:
    until = _("until %(day)s") % {"day": on_paper(order.due_at)}
    if order.suspended_until is not None:
        until = _("waits until %(day)s") % {"day": order.suspended_until.isoformat()}
    parts = (
        f"{order.number} {_titled(order.matter)}",
        order.unit.name,
        str(ORDER_STATE_LABELS[order.state]),
        until,
    )
    return " · ".join(parts)


def of_rates(rows: Sequence[Mapping[str, Any]], since: date, until: date) -> str:
    """The three rates of each community with both numbers of each."""
    lines = [f"{_('The three rates')} {since} – {until}"]
    for row in rows:
        named = (
            (_("Response"), "response"),
            (_("Resolution"), "resolution"),
            (_("Satisfaction"), "satisfaction"),
        )
        told = [
            f"{label} {row[key].percent} ({row[key].numerator}/{row[key].denominator})"
            for label, key in named
        ]
        lines.append(composed(row["place"].name, " · ".join(told)))
    return "\n".join(lines)


def of_phones(around: str, office: Any, lines: Sequence[Mapping[str, str]]) -> str:
    """Whom to call at a place: offices' numbers, nobody's own."""
    called = _office(office) + [said(f"{line['role']} {line['name']}", line["phone"]) for line in lines]
    return composed(around, _("Call somebody"), called) if called else ""


def of_community(request: HttpRequest, place: Any, office: Any) -> str:
    """Where the people of a community say something, look it up and read what was decided."""
    say, meetings = f"{reverse('matters:say')}?community={place.id}", reverse("gatherings:meetings")
    ways = (
        (_("Say something"), say),
        (_("Look up by code"), reverse("matters:code")),
        (_("Meetings and the board"), f"{meetings}?place={place.id}"),
    )
    lines = [said(label, request.build_absolute_uri(path)) for label, path in ways]
    title = _("A problem, a suggestion, a request: one sentence is enough")
    return composed(place.name, title, lines + _office(office))


def _office(office: Any) -> list[str]:
    has_phone = office is not None and office.phone
    return [said(f"{_('Community office')} {office.name}", office.phone)] if has_phone else []


def _titled(matter: Any) -> str:
    """What it is about: the published title, else no more than the sort of matter."""
    if matter.published_at is not None:
        return str(matter.public_title)
    return category_title(matter.category) or str(KIND_LABELS.get(matter.kind, ""))


def _standing(matter: Any, procedure: Procedure) -> list[str]:
    if matter.state == State.CLOSED:
        return [said(_("Result"), OUTCOME_LABELS[matter.outcome])]
    step = procedure.step(matter.step_key)
    return [
        said(in_words(step.title), in_words(step.says)),
        said(_("Promised by"), on_paper(matter.promised_at)),
    ]
