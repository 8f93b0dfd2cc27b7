"""复制到群: what staff paste into a chat group: plain text, whole dates, a link; only published words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.matters.kinds import OrderKind, State
from linli.matters.procedures.schema import Procedure
from linli.matters.read import one, settings
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
    lines = [_head(matter), f"{_('Number')}: {matter.number}", *_standing(matter, procedure)]
    answer = one.answer_for_others(matter) if public else ""
    if answer:
        lines.append(f"{_('Official answer')}: {answer}")
    path = reverse("matters:public_one" if public else "matters:mine_one", args=[matter.id])
    return "\n".join([*lines, request.build_absolute_uri(path)])


def of_published(request: HttpRequest, matter: Any) -> str:
    """A published matter as its page shows it to everybody."""
    standing = _standing(matter, settings.procedure_of(matter))
    lines = [_head(matter), matter.public_summary, f"{_('Number')}: {matter.number}", *standing]
    return "\n".join([*lines, request.build_absolute_uri(reverse("matters:public_one", args=[matter.id]))])


def of_order(request: HttpRequest, order: Any) -> str:
    """Which unit is asked until when, and how far it is: never the task, which may be the raiser's words."""
    said = {"kind": ORDER_KIND_LABELS[order.kind], "number": order.number, "unit": order.unit.name}
    lines = [_head(order.matter), _("%(kind)s %(number)s → %(unit)s") % said]
    if order.kind == OrderKind.WHISTLE:
        if order.reported_in_at is None:
            lines.append(f"{_('Report in by')}: {on_paper(order.report_in_due_at)}")
        else:
            lines.append(f"{_('Reported in')}: {on_paper(order.reported_in_at)}")
    lines.append(f"{_('Done by')}: {on_paper(order.due_at)}")
    if order.suspended_until is not None:
        lines.append(f"{_('Suspended until')}: {order.suspended_until.isoformat()}")
    lines.append(f"{_('State')}: {ORDER_STATE_LABELS[order.state]}")
    return "\n".join([*lines, request.build_absolute_uri(reverse("desk:order", args=[order.id]))])


def of_rates(rows: Sequence[Mapping[str, Any]], since: date, until: date) -> str:
    """The three rates of each community with both numbers of each."""
    lines = [f"{_('The three rates')} {since} – {until}"]
    for row in rows:
        named = (
            (_("Response"), "response"),
            (_("Resolution"), "resolution"),
            (_("Satisfaction"), "satisfaction"),
        )
        said = [
            f"{label} {row[key].percent} ({row[key].numerator}/{row[key].denominator})"
            for label, key in named
        ]
        lines.append(f"【{row['place'].name}】{' · '.join(said)}")
    return "\n".join(lines)


def of_phones(around: str, office: Any, lines: Sequence[Mapping[str, str]]) -> str:
    """Whom to call at a place: offices' numbers, nobody's own."""
    called = [f"{_('Community office')} {office.name}: {office.phone}"] if office and office.phone else []
    called += [f"{line['role']} {line['name']}: {line['phone']}" for line in lines]
    return "\n".join([f"【{around}】{_('Call somebody')}", *called]) if called else ""


def _head(matter: Any) -> str:
    """The community and what it is about: the published title, else no more than the sort of matter."""
    title = category_title(matter.category) or str(KIND_LABELS.get(matter.kind, ""))
    if matter.published_at is not None:
        title = matter.public_title
    return f"【{matter.community.name}】{title}"


def _standing(matter: Any, procedure: Procedure) -> list[str]:
    if matter.state == State.CLOSED:
        return [f"{_('Result')}: {OUTCOME_LABELS[matter.outcome]}"]
    step = procedure.step(matter.step_key)
    return [
        f"{in_words(step.title)}: {in_words(step.says)}",
        f"{_('Promised by')}: {on_paper(matter.promised_at)}",
    ]
