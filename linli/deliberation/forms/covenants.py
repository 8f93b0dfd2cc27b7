"""Forms of covenants: the text, what residents say to it, the meeting, filing, signing, the review."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import (
    AtPlaceForm,
    LastDayForm,
    StanceForm,
    about_field,
    refuse_for,
    said_field,
    title_field,
    words_field,
)
from linli.deliberation.kinds import Body, CovenantKind, ReviewOutcome, Stance
from linli.deliberation.rules import covenants as rules
from linli.deliberation.rules.opening import LONGEST_WORDS
from linli.frame.inputs import Day
from linli.kernel.clock import today
from linli.kernel.references import Reference, reference_in

KINDS = [
    (CovenantKind.RESIDENTS, _("Residents’ covenant")),
    (CovenantKind.CHARTER, _("Charter of self-government")),
    (CovenantKind.NO_LAWSUITS, _("Covenant of no lawsuits")),
    (CovenantKind.ONE_THING, _("Covenant about one thing")),
]
BODIES = [
    (Body.ASSEMBLY, _("The residents’ assembly")),
    (Body.DELEGATES, _("The residents’ representatives, charged by the assembly")),
]
OUTCOMES = [
    (ReviewOutcome.KEEP, _("It stays as it is")),
    (ReviewOutcome.REVISE, _("It needs other words: draft a new text")),
]


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, error_messages={"required": _("Write the number.")})


class TextForm(forms.Form):
    """A covenant's words."""

    title = title_field()
    about = about_field()
    text = forms.CharField(
        label=_("The text, one paragraph to a line"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Paragraphs are numbered by themselves. Short sentences are kept more easily."),
        error_messages={"required": _("Write the text, one paragraph to a line.")},
    )

    def clean_text(self) -> str:
        refuse_for(rules.fault_of_paragraphs(rules.paragraphs_of(self.cleaned_data["text"])))
        return str(self.cleaned_data["text"])


class CovenantForm(AtPlaceForm, TextForm):
    """A covenant to begin: for whom, of what kind, its words."""

    place = forms.TypedChoiceField(
        label=_("Whose covenant"), coerce=UUID, error_messages={"required": _("Choose whose covenant it is.")}
    )
    kind = forms.TypedChoiceField(label=_("Kind"), coerce=CovenantKind, choices=KINDS)
    field_order = ("place", "kind", "title", "about", "text")


class ConsultForm(LastDayForm):
    """Until when residents speak to the text."""

    label, run, usual = _("Last day to comment"), rules.CONSULTATION, timedelta(days=14)


class MandateForm(forms.Form):
    """By what the assembly charged its representatives: a resolution recorded here, or its day and words."""

    mandate = forms.TypedChoiceField(
        label=_("Resolution that charged the representatives"), coerce=UUID, empty_value=None, required=False
    )
    mandated_on = Day(
        label=_("Day the assembly charged its representatives"),
        required=False,
        help_text=_("Only where representatives decided."),
    )
    mandate_words = words_field(_("What the assembly resolved that day"))
    mandate_fields = ("mandate", "mandated_on", "mandate_words")

    def __init__(self, *args: Any, mandates: Sequence[tuple[rules.Mandate, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mandates = {mandate.resolution_id: mandate for mandate, _words in mandates}
        if mandates:
            none = ("", _("Not recorded here: day and words below"))
            listed = [(str(mandate.resolution_id), words) for mandate, words in mandates]
            self.fields["mandate"].choices = [none, *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["mandate"]

    def given(self) -> rules.Mandate | None:
        """The mandate as it was chosen or typed."""
        said = self.cleaned_data
        chosen, day = said.get("mandate"), said.get("mandated_on")
        if chosen is not None:
            return self._mandates[chosen]
        return rules.Mandate(day, said.get("mandate_words", "")) if day is not None else None


class MeetingForm(MandateForm):
    """The meeting that decided, with its figures."""

    body = forms.TypedChoiceField(label=_("Who decided"), coerce=Body, choices=BODIES)
    met_on = Day(label=_("Day of the meeting"))
    entitled = _count(_("Entitled to come"))
    present = _count(_("Came"))
    in_favour = _count(_("In favour"))
    note = words_field(_("Anything else decided"))
    field_order = ("body", "met_on", *MandateForm.mandate_fields, "entitled", "present", "in_favour", "note")

    def __init__(self, *args: Any, consulted_until: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._consulted_until = consulted_until

    def meeting(self) -> rules.Meeting:
        """The meeting as it was typed. Its mandate counts only where representatives decided."""
        kept = self.cleaned_data
        typed = rules.Meeting(
            body=kept["body"],
            met_on=kept["met_on"],
            entitled=kept["entitled"],
            present=kept["present"],
            in_favour=kept["in_favour"],
        )
        return rules.with_mandate(typed, self.given())

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            consulted = self._consulted_until or self.cleaned_data["met_on"]
            refuse_for(rules.fault_of_meeting(self.meeting(), consulted_until=consulted, today=today()))
        return self.cleaned_data


class SourceForm(MandateForm):
    """The vote or resolution of the place that decided; its figures are taken over."""

    source = forms.TypedChoiceField(
        label=_("What decided"),
        coerce=reference_in,
        error_messages={"required": _("Choose what decided.")},
    )
    note = words_field(_("Anything else decided"))
    field_order = ("source", *MandateForm.mandate_fields, "note")

    def __init__(
        self, *args: Any, sources: Sequence[tuple[Reference, str, rules.Meeting]], **kwargs: Any
    ) -> None:
        """`sources`: each with what it is called and its figures."""
        super().__init__(*args, **kwargs)
        self.auto_id = "id_source_%s"  # it stands beside the meeting's form, which has fields of these names
        self._meetings = {about: meeting for about, _words, meeting in sources}
        choices = [(str(about), words) for about, words, _meeting in sources]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        if all(meeting.body is not Body.DELEGATES for meeting in self._meetings.values()):
            for name in self.mandate_fields:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            meeting = self._meetings[self.cleaned_data["source"]]
            meeting = rules.with_mandate(meeting, self.given())
            refuse_for(rules.fault_of_meeting(meeting, consulted_until=meeting.met_on, today=today()))
        return self.cleaned_data


class FiledForm(forms.Form):
    """The day the street put it on file."""

    filed_on = Day(label=_("Day the street put it on file"))


class ReviewForm(forms.Form):
    """The yearly look at a covenant."""

    outcome = forms.TypedChoiceField(
        label=_("What the review comes to"), coerce=ReviewOutcome, choices=OUTCOMES
    )
    note = words_field(_("How it was kept this year"), missing=_("Say in a few words how it is kept."))


class RemarkForm(StanceForm):
    """What somebody says to a paragraph; an idea needs words."""

    text = said_field()

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if kept.get("stance") is Stance.IDEA and not kept.get("text", "").strip():
            self.add_error("text", _("Write your idea in a sentence."))
        return kept


class AmendmentForm(forms.Form):
    """Other words for a paragraph."""

    after = words_field(
        _("How it should read"),
        most=rules.LONGEST_PARAGRAPH,
        rows=4,
        missing=_("Write how the paragraph should read."),
        help_text=_("Change what you would change. Everybody sees what goes and what comes."),
    )
    why = forms.CharField(label=_("Why?"), required=False, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].initial = before
        self._before = before

    def clean_after(self) -> str:
        words = " ".join(self.cleaned_data["after"].split())
        refuse_for(rules.fault_of_amendment(self._before, words))
        return words


class SignForm(forms.Form):
    """Whether the wall may show a household that signs."""

    shown = forms.BooleanField(
        label=_("Show us on the wall of those who signed"),
        required=False,
        help_text=_("Everybody can see it: your building and your family name, the rest as stars."),
    )
