"""The pages of the record: the story of one subject, one post, one day. Never a personal value.

This floor knows no posts, persons or matters. What ids and events are called is asked of the site through
the setting `AUDIT_NAMES`, which names a function giving `Names` for the entries of one page.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from linli.audit import actions, policies, read
from linli.audit.kinds import Event, Power
from linli.frame.doors import actor_of, door, holds
from linli.frame.exports import Column, book_response, cut
from linli.frame.paging import page_of
from linli.kernel import clock
from linli.kernel.decision import MISSING, Refused, require

AUDITORS = holds(Power.READ)
PER_PAGE = 60


class Names(Protocol):
    """What the ids and events of one page are called in the reader's language."""

    def event(self, event: str) -> str: ...
    def who(self, entry: Any) -> tuple[str, str]: ...
    def subject(self, entry: Any) -> tuple[str, str]: ...
    def details(self, entry: Any) -> list[str]: ...
    def place(self, path: str) -> str: ...


@dataclass
class Record:
    """The record as the subject of an act: its entries belong to many subjects, it is itself one."""

    id: UUID


RECORD: Final = Record(UUID(int=1))


def names_for(entries: Sequence[Any]) -> Names:
    """Names for these entries, read in a few queries for all of them."""
    make: Callable[[Sequence[Any]], Names] = import_string(settings.AUDIT_NAMES)
    return make(entries)


def lines(entries: Sequence[Any], names: Names) -> list[dict[str, Any]]:
    """The entries as the pages show them."""
    shown = []
    for entry in entries:
        who, who_url = names.who(entry)
        subject, subject_url = names.subject(entry)
        shown.append(
            {
                "time": f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}",
                "who": who,
                "who_url": who_url,
                "text": names.event(entry.event),
                "subject": subject,
                "subject_url": subject_url,
                "story_url": reverse("audit:story", args=[entry.subject_id]),
                "details": names.details(entry),
            }
        )
    return shown


@door(AUDITORS)
def day(request: HttpRequest) -> HttpResponse:
    """Everything of one day over the actor's places."""
    actor, chosen = actor_of(request), day_asked(request.GET.get("day", ""))
    place, event = _narrowed(request)
    page = page_of(request, read.of_day(actor, chosen, place, event), PER_PAGE)
    names = names_for(page.rows)
    context = {
        "title": _("The record of a day"),
        "lines": lines(page.rows, names),
        "page": page,
        "day": chosen,
        "earlier": f"?day={chosen - timedelta(days=1)}",
        "later": f"?day={chosen + timedelta(days=1)}" if chosen < clock.today() else "",
        "place": place,
        "event": event,
    }
    return render(request, "audit/day.html", context)


@door(AUDITORS)
def day_xlsx(request: HttpRequest) -> HttpResponse:
    """The same day as a book, over the place asked for, else over the widest the actor may export."""
    actor, chosen = actor_of(request), day_asked(request.GET.get("day", ""))
    asked, event = _narrowed(request)
    place = asked or policies.widest_export(actor)
    require(policies.may_export(actor, place))
    found = cut(read.of_day(actor, chosen, place, event))
    names = names_for(found.rows)
    filters = {"day": chosen, "place": asked, "event": event}
    actions.record_export(
        Event.EXPORTED,
        by=actor,
        subject=RECORD,
        place_path=place,
        listing="record",
        filters=filters,
        rows=len(found.rows),
    )
    columns = [Column(_("When"), 20), Column(_("Who"), 28), Column(_("What was done"), 28)]
    columns += [Column(_("To what"), 28), Column(_("Details"), 50)]
    return book_response(
        title=_("The record of a day"),
        filters=[f"{chosen:%Y-%m-%d}", names.place(place), names.event(event) if event else ""],
        columns=columns,
        rows=(
            [line["time"], line["who"], line["text"], line["subject"], "；".join(line["details"])]
            for line in lines(found.rows, names)
        ),
        has_more=found.has_more,
    )


def _narrowed(request: HttpRequest) -> tuple[str, str]:
    """The place and the kind of act the day is narrowed to; "" for all."""
    place = request.GET.get("place", "")
    place = place if place.startswith("/") and place.endswith("/") else ""
    return place, request.GET.get("event", "")[:60]


@door(AUDITORS)
def story(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Every act on one matter, order, person or place, oldest first."""
    entries = read.story(actor_of(request), subject_id)
    if not entries:
        raise Refused("Nothing about this is on record for you to read.", status=MISSING)
    names = names_for(entries)
    title, url = names.subject(entries[0])
    context = {"title": title, "url": url, "lines": lines(entries, names)}
    return render(request, "audit/story.html", context)


@door(AUDITORS)
def post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """What was done from one post."""
    return _of(request, read.of_post(actor_of(request), post_id), post_id, "Post")


@door(AUDITORS)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What one member of staff did."""
    return _of(request, read.of_person(actor_of(request), person_id), person_id, "Person")


def _of(request: HttpRequest, rows: Any, subject_id: UUID, kind: str) -> HttpResponse:
    page = page_of(request, rows, PER_PAGE)
    names = names_for(page.rows)
    context = {
        "title": _("What was done from this post") if kind == "Post" else _("What this person did"),
        "sub": names_label(names, subject_id, kind),
        "lines": lines(page.rows, names),
        "page": page,
    }
    return render(request, "audit/of.html", context)


class _Asked:
    """An id asked for, in the shape of an entry's subject."""

    def __init__(self, subject_id: UUID, kind: str) -> None:
        self.subject_id, self.subject_kind = subject_id, kind


def names_label(names: Names, subject_id: UUID, kind: str) -> str:
    """What the post or person the page is about is called."""
    return names.subject(_Asked(subject_id, kind))[0]


def day_asked(text: str) -> date:
    """The day in the address; today where it names none, and never a day to come."""
    with suppress(ValueError):
        asked = date.fromisoformat(text)
        if date(2000, 1, 1) <= asked <= clock.today():
            return asked
    return clock.today()
