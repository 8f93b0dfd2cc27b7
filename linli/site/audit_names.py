"""What the record's ids and events are called: the audit's own floor knows neither posts nor matters.

Staff are named with their post; residents are only residents; nothing else of a person is shown.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.frame.scopes import in_force
from linli.kernel import clock
from linli.kernel.actor import ActorKind
from linli.matters.models import Matter, Order
from linli.matters.procedures.kinds import Verb
from linli.matters.procedures.schema import VERB_TITLES
from linli.matters.read import settings as matter_settings
from linli.matters.wording import category_title, in_words, level_title
from linli.organizations import read as organizations
from linli.organizations.models import ApiKey, Appointment, Organization
from linli.places import read as places
from linli.places.models import Place
from linli.site.audit_values import DATA_LABELS, FIELD_LABELS, VALUE_LABELS
from linli.site.audit_words import EVENT_LABELS, SUBJECT_LABELS

# What goes by a name or number of its own: where it stands, and the page of one.
NAMED: dict[str, tuple[type[Any], str, str]] = {
    "Matter": (Matter, "number", "desk:matter"),
    "Order": (Order, "number", "desk:order"),
    "Place": (Place, "name", "places:place"),
    "Organization": (Organization, "name", ""),
    "ApiKey": (ApiKey, "name", ""),
}


def event_words(event: str) -> str:
    """An event in words; its code where it has none."""
    return str(EVENT_LABELS.get(event, event))


def names(entries: Sequence[Any]) -> "EntryNames":
    """Names for the entries of one page."""
    return EntryNames(entries)


def _is_id(value: object) -> bool:
    text = str(value)
    return len(text) == 36 and text.count("-") == 4


class EntryNames:
    """Labels of actors, posts and subjects, read kind by kind when first asked for."""

    def __init__(self, entries: Sequence[Any]) -> None:
        self.language = get_language() or "zh-hans"
        self._subjects: dict[str, dict[UUID, tuple[str, str]]] = {}
        self._wanted: dict[str, set[UUID]] = {}
        for entry in entries:
            self._wanted.setdefault(entry.subject_kind, set()).add(entry.subject_id)
        self._seats: dict[UUID, tuple[str, str]] = {}
        self._posts: dict[UUID, str] = {}
        self._steps: dict[str, str] | None = None
        by_key = {entry.actor_id for entry in entries if entry.actor_kind == ActorKind.KEY}
        self._wanted.setdefault("ApiKey", set()).update(by_key)
        self._seat({entry.actor_id for entry in entries if entry.actor_id} - by_key)
        named = {entry.post_id for entry in entries if entry.post_id} | self._wanted.get("Post", set())
        missing = named - self._posts.keys()
        if missing:
            self._posts |= organizations.posts_labelled(missing, self.language)

    def _seat(self, person_ids: set[UUID]) -> None:
        """The name and post of each member of staff today, and the posts of the appointments acted on, in one
        query; who holds no post is a resident."""
        today, acted_on = clock.today(), self._wanted.get("Appointment", set())
        rows = (
            Appointment.objects.filter(in_force(today) & Q(person_id__in=person_ids) | Q(id__in=acted_on))
            .select_related("person", "post__kind", "post__organization", "post__place")
            .defer("post__place__outline")
            .order_by("starts", "id")
        )
        self._subjects["Appointment"] = {}
        for row in rows:
            title = organizations.post_title(row.post, self.language)
            self._posts[row.post_id] = title
            self._subjects["Appointment"][row.id] = title, ""
            if row.person_id in person_ids and row.starts <= today and (row.ends is None or row.ends > today):
                self._seats.setdefault(row.person_id, (row.person.name, title))

    def event(self, event: str) -> str:
        """The act in words."""
        return event_words(event)

    def who(self, entry: Any) -> tuple[str, str]:
        """Who acted, from which post, and the page of what they did."""
        if entry.actor_kind == ActorKind.SYSTEM:
            return _("The system"), ""
        if entry.actor_kind == ActorKind.ANONYMOUS or entry.actor_id is None:
            return _("Somebody without a name"), ""
        if entry.actor_kind == ActorKind.KEY:
            name = self._named("ApiKey").get(entry.actor_id, ("", ""))[0]
            return _("The system %(name)s, by its key") % {"name": name}, ""
        seat = self._seats.get(entry.actor_id)
        if seat is None:
            return _("A resident"), ""
        name, title = seat
        shown = f"{name} · {self._posts.get(entry.post_id, title)}"
        return shown, reverse("audit:of_person", args=[entry.actor_id])

    def subject(self, entry: Any) -> tuple[str, str]:
        """What was acted on, and its own page where it has one."""
        kind = entry.subject_kind
        plain = str(SUBJECT_LABELS.get(kind, kind))
        if kind == "Person":
            return _("a resident"), reverse("people:person", args=[entry.subject_id])
        if kind == "Post":
            return self._post(entry.subject_id, plain)
        if kind == "ApiKey":
            name = self._named(kind).get(entry.subject_id, (plain, ""))[0]
            return name, reverse("organizations:keys")
        return self._named(kind).get(entry.subject_id, (plain, ""))

    def place(self, path: str) -> str:
        """The name of the place at a path; "" for the whole installation."""
        row = places.place_by_path(path)
        return row.name if row else ""

    def _post(self, post_id: UUID, plain: str) -> tuple[str, str]:
        """A post acted on; one asked for that no entry names is read by itself."""
        if post_id not in self._posts:
            self._posts |= organizations.posts_labelled([post_id], self.language)
        label = self._posts.get(post_id)
        return (label, reverse("organizations:post", args=[post_id])) if label else (plain, "")

    def _named(self, kind: str) -> dict[UUID, tuple[str, str]]:
        if kind in NAMED and kind not in self._subjects:
            self._name_all()
        return self._subjects.get(kind, {})

    def _name_all(self) -> None:
        """Whatever goes by one name or number of its own, in one query for all kinds."""
        asked = [
            rows.objects.filter(id__in=self._wanted.get(kind, set()))
            .order_by()
            .values_list("id", name, Value(kind))
            for kind, (rows, name, _page) in NAMED.items()
        ]
        first, *others = asked
        self._subjects |= {kind: {} for kind in NAMED}
        for row, name, kind in first.union(*others, all=True):
            page = NAMED[kind][2]
            self._subjects[kind][row] = name, reverse(page, args=[row]) if page else ""

    def details(self, entry: Any) -> list[str]:
        """Which fields changed, and kinds, counts and dates; ids are left to their links."""
        said = []
        if entry.fields:
            fields = _(", ").join(str(FIELD_LABELS.get(name, name)) for name in entry.fields)
            said.append(_("changed: %(fields)s") % {"fields": fields})
        for key, value in entry.data.items():
            if value not in ("", None, [], {}) and not _is_id(value) and key in DATA_LABELS:
                said.append(f"{DATA_LABELS[key]}: {self._value(key, value)}")
        return said

    def _value(self, key: str, value: Any) -> str:
        """One value of an entry in words; kinds by their own tables, steps and verbs by the procedures."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return _(", ").join(str(one) for one in value)
        if key == "category":
            return category_title(str(value))
        if key == "level":
            return level_title(str(value))
        if key == "verb" and value in {verb.value for verb in Verb}:
            return in_words(VERB_TITLES[Verb(value)])
        if key in ("from", "to", "step"):
            if self._steps is None:
                self._steps = step_titles(self.language)
            return self._steps.get(str(value), str(VALUE_LABELS.get(str(value), value)))
        return str(VALUE_LABELS.get(str(value), value))


def step_titles(language: str) -> dict[str, str]:
    """What the steps of the stored procedures are called."""
    found: dict[str, str] = {}
    for version_id in matter_settings.stored_ids():
        for step in matter_settings.procedure_by_id(version_id).steps:
            found.setdefault(step.key, step.title.of(language))
    return found
