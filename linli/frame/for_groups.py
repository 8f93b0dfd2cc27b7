"""复制到群: what is pasted into a chat group, as plain text. Anybody may read it there on any day: days are
whole, and nothing in it says who raised a matter or where they live."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def composed(around: str, title: str, lines: Iterable[str] = (), link: str = "") -> str:
    """The place in brackets and what it is about, then line by line what is to be said, and last the link."""
    head = _("[%(place)s] %(title)s") % {"place": around, "title": title} if around else title
    return "\n".join(part for part in (head, *lines, link) if part)


def said(label: object, value: object) -> str:
    """One thing said under its name, with the reader's colon."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}
