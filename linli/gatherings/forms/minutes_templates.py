"""The form of a template of minutes: named sections, with blanks chosen from a list."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import labelled
from linli.gatherings import wording
from linli.gatherings.forms.fields import Chosen, Words
from linli.gatherings.kinds import Blank
from linli.gatherings.rules import minutes
from linli.gatherings.rules.minutes import Section

EMPTY = 2  # sections one page has room for beyond those that are written


class TemplateForm(forms.Form):
    """A template as somebody words it. Blanks stand in braces by their names; one chosen under a section is
    put at its end."""

    place = Chosen(label=_("For which community"), error_messages={"required": _("Choose a place.")})
    name = Words(label=_("What it is called"), max_length=minutes.LONGEST_NAME)

    def __init__(
        self, *args: Any, sections: Sequence[Section], places: Sequence[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(places)  # type: ignore[attr-defined]
        if not places:
            del self.fields["place"]
        self._count = min(len(sections) + EMPTY, minutes.MOST_SECTIONS)
        if self.is_bound:
            sent = sum(1 for name in self.data if name.startswith("heading-"))
            self._count = min(max(self._count, sent), minutes.MOST_SECTIONS)
        names = wording.blank_names()
        blanks = [("", gettext("nothing")), *labelled(wording.BLANK_LABELS)]
        for i in range(self._count):
            given = sections[i] if i < len(sections) else Section("", "")
            self.fields[f"heading-{i}"] = Words(
                label=_("Heading"), max_length=minutes.LONGEST_HEADING, required=False, initial=given.heading
            )
            self.fields[f"words-{i}"] = Words(
                label=_("Words"), max_length=minutes.LONGEST_WORDS, rows=2, required=False,
                initial=minutes.named(given.words, names),
            )  # fmt: skip
            self.fields[f"add-{i}"] = forms.ChoiceField(
                label=_("Put in at the end"), choices=blanks, required=False
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The fields of each section."""
        for i in range(self._count):
            yield self[f"heading-{i}"], self[f"words-{i}"], self[f"add-{i}"]

    def sections(self) -> list[Section]:
        """What was written, blanks by their codes; empty sections gone."""
        said, names = self.cleaned_data, wording.blank_names()
        found = []
        for i in range(self._count):
            words = minutes.coded(said.get(f"words-{i}", ""), names)
            if said.get(f"add-{i}"):
                words = f"{words} {minutes.blank(Blank(said[f'add-{i}']))}".strip()
            found.append(Section(said.get(f"heading-{i}", ""), words))
        return [each for each in found if each.heading or each.words]
