"""The minutes as far as a meeting fills them, by a template; and the approved ones on paper."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.frame import paper
from linli.gatherings import wording
from linli.gatherings.kinds import Blank, Presence, Shipped, Way
from linli.gatherings.read import gatherings as read
from linli.gatherings.read import minutes_templates as templates
from linli.gatherings.rules.minutes import Section, fill
from linli.kernel.clock import local

DOCUMENT = Path(__file__).parent.parent / "typst" / "minutes.typ"
MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Choice:
    """A template the minutes of a meeting can begin with."""

    key: str
    name: str
    sections: list[Section]
    on: bool


def choices(row: Any, asked: str) -> list[Choice]:
    """What the minutes of a meeting can begin with: as shipped, and the templates of its place. The one asked
    for is on; else its body's own; else the shipped one."""
    shipped = Shipped.MEETING if row.body_id else Shipped.SITTING
    own = templates.usable_at(row.place.path)
    usual = str(row.body.minutes_template_id or shipped) if row.body_id else str(shipped)
    keys = {str(shipped), *(str(each.pk) for each in own)}
    on = asked if asked in keys else usual
    first = Choice(
        str(shipped),
        str(wording.SHIPPED_LABELS[shipped]),
        wording.shipped_sections(shipped),
        on not in keys or on == str(shipped),
    )
    return [
        first,
        *(Choice(str(each.pk), each.name, templates.sections_of(each), str(each.pk) == on) for each in own),
    ]


def first_minutes(row: Any, choice: list[Choice]) -> str:
    """The minutes as the template that is on begins them."""
    [begun] = [each for each in choice if each.on]
    return fill(begun.sections, values(row))


def values(row: Any) -> dict[Blank, str]:
    """What a meeting fills each blank with; an empty text where it has nothing for it."""
    here, points = read.attendances(row.pk), read.points(row.pk)
    resolutions, items = read.resolutions([row.pk]), read.items(row.pk)
    agenda = [
        {
            "title": item.title,
            "points": [each.text for each in points if each.item_id == item.pk],
            "resolutions": [each for each in resolutions if each.item_id == item.pk],
            "handed_to": item.handed_to.body if item.handed_to else None,
        }
        for item in items
    ]
    quorum = read.quorum_of(row)
    return {
        Blank.HELD_BY: str(row.body.name if row.body else wording.kind_label(row)),
        Blank.TITLE: row.title,
        Blank.WHEN: f"{local(row.starts_at):{MOMENT}}",
        Blank.WHERE: wording.where(row, " "),
        Blank.COUNT: _came(len(here)),
        Blank.PRESENT: _present(here, quorum) if row.body_id else "",
        Blank.QUORUM: _quorum(quorum) if row.body_id else "",
        Blank.NAMES: _(", ").join(each.person.name if each.person else each.name for each in here),
        Blank.AGENDA: _lines("_agenda", {"agenda": agenda}),
        Blank.ITEMS: "\n".join(f"{item.position}. {item.title}" for item in items),
        Blank.SAID: "\n".join(f"- {each.text}" for each in points),
        Blank.ALSO_SAID: "\n".join(f"- {each.text}" for each in points if each.item_id is None),
        Blank.RESOLVED: _lines("_resolved", {"resolutions": resolutions}),
        Blank.ALSO_RESOLVED: _lines(
            "_resolved", {"resolutions": [each for each in resolutions if each.item_id is None]}
        ),
    }


def as_pdf(row: Any, approved: Any) -> bytes:
    """The approved minutes to be signed and kept."""
    data = {
        "title": row.title,
        "over": f"{row.body.name if row.body else wording.kind_label(row)} · {row.place.name}",
        "lines": approved.text.splitlines(),
        "approved": _("written by %(writer)s, approved by %(who)s on %(day)s")
        % {
            "writer": approved.written_by.name,
            "who": approved.approved_by.name,
            "day": f"{local(approved.approved_at):%Y-%m-%d}",
        },
        "signers": [_("Chair of the meeting"), _("Who wrote it down")],
        "date": _("Date"),
    }
    return paper.pdf(DOCUMENT, data)


def _came(count: int) -> str:
    return ngettext("%(n)s person came", "%(n)s people came", count) % {"n": count}


def _present(here: list[Any], quorum: Any) -> str:
    """Present of those entitled, where anybody is, and how many of them by proxy or from afar."""
    data = {"present": quorum.present, "entitled": quorum.entitled}
    ways = (
        (_("%(n)s by proxy"), sum(each.way == Way.PROXY for each in here)),
        (_("%(n)s from afar"), sum(each.way == Way.REMOTE for each in here)),
    )
    said = _("Present of those entitled: %(present)s of %(entitled)s") % data
    besides = _(", ").join(words % {"n": count} for words, count in ways if count)
    head = said if quorum.entitled else _came(len(here))
    return head + (_(" (%(besides)s)") % {"besides": besides} if besides else "")


def _quorum(quorum: Any) -> str:
    if quorum.share is Presence.NONE:
        return ""
    if quorum.met:
        return _("The quorum was there.")
    return _("There was no quorum: what follows was talked over and not resolved.")


def _lines(name: str, context: dict[str, Any]) -> str:
    text = render_to_string(f"gatherings/minutes/{name}.txt", context)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
