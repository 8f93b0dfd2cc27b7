"""Forms of covenants: the text, what residents say to it, the meeting, filing, signing, the review."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.kinds import Body, CovenantKind, ReviewOutcome, Stance
from linli.deliberation.rules import covenants as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_TITLE, fault_of_last_day
from linli.kernel.clock import today

USUAL_CONSULTATION = timedelta(days=14)

KINDS = [
    (CovenantKind.RESIDENTS, _("Residents’ covenant")),
    (CovenantKind.NO_LAWSUITS, _("Covenant of no lawsuits")),
    (CovenantKind.ONE_THING, _("Covenant about one thing")),
]
BODIES = [
    (Body.ASSEMBLY, _("The residents’ assembly")),
    (Body.DELEGATES, _("The residents’ representatives, charged by the assembly")),
]
STANCES = [(Stance.FOR, _("In favour")), (Stance.AGAINST, _("Against")), (Stance.IDEA, _("I have an idea"))]
OUTCOMES = [
    (ReviewOutcome.KEEP, _("It stays as it is")),
    (ReviewOutcome.REVISE, _("It needs other words: draft a new text")),
]


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, error_messages={"required": _("Write the number.")})


class TextForm(forms.Form):
    """A covenant's words."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    about = forms.CharField(
        label=_("What people should know beforehand"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("The text, one paragraph to a line"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Paragraphs are numbered by themselves. Short sentences are kept more easily."),
        error_messages={"required": _("Write the text, one paragraph to a line.")},
    )

    def clean_text(self) -> str:
        fault = rules.fault_of_paragraphs(rules.paragraphs_of(self.cleaned_data["text"]))
        if fault:
            raise forms.ValidationError(_now(fault))
        return str(self.cleaned_data["text"])


class CovenantForm(TextForm):
    """A covenant to begin: for whom, of what kind, its words."""

    place = forms.TypedChoiceField(
        label=_("Whose covenant"), coerce=UUID, error_messages={"required": _("Choose whose covenant it is.")}
    )
    kind = forms.TypedChoiceField(label=_("Kind"), coerce=CovenantKind, choices=KINDS)
    field_order = ("place", "kind", "title", "about", "text")

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(place_id), label) for place_id, label in places
        ]


class ConsultForm(forms.Form):
    """Until when residents speak to the text."""

    ends = _day(_("Last day to comment"), help_text=_("That day included."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].initial = today() + USUAL_CONSULTATION

    def clean_ends(self) -> Any:
        fault = fault_of_last_day(self.cleaned_data["ends"], today(), rules.CONSULTATION)
        if fault:
            raise forms.ValidationError(_now(fault))
        return self.cleaned_data["ends"]


class MeetingForm(forms.Form):
    """The meeting that decided, with its figures."""

    body = forms.TypedChoiceField(label=_("Who decided"), coerce=Body, choices=BODIES)
    met_on = _day(_("Day of the meeting"))
    mandated_on = _day(
        _("Day the assembly charged its representatives"),
        required=False,
        help_text=_("Only where representatives decided."),
    )
    entitled = _count(_("Entitled to come"))
    present = _count(_("Came"))
    in_favour = _count(_("In favour"))
    note = forms.CharField(
        label=_("Anything else decided"),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, consulted_until: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._consulted_until = consulted_until

    def meeting(self) -> rules.Meeting:
        """The meeting as it was typed. Its mandate counts only where representatives decided."""
        kept = self.cleaned_data
        delegates = kept["body"] is Body.DELEGATES
        return rules.Meeting(
            body=kept["body"],
            met_on=kept["met_on"],
            entitled=kept["entitled"],
            present=kept["present"],
            in_favour=kept["in_favour"],
            mandated_on=kept.get("mandated_on") if delegates else None,
        )

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            consulted = self._consulted_until or self.cleaned_data["met_on"]
            fault = rules.fault_of_meeting(self.meeting(), consulted_until=consulted, today=today())
            if fault:
                raise forms.ValidationError(_now(fault))
        return self.cleaned_data


class FiledForm(forms.Form):
    """The day the street put it on file."""

    filed_on = _day(_("Day the street put it on file"))


class ReviewForm(forms.Form):
    """The yearly look at a covenant."""

    outcome = forms.TypedChoiceField(
        label=_("What the review comes to"), coerce=ReviewOutcome, choices=OUTCOMES
    )
    note = forms.CharField(
        label=_("How it was kept this year"),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words how it is kept.")},
    )


class RemarkForm(forms.Form):
    """For, against, or an idea."""

    stance = forms.TypedChoiceField(
        label=_("How do you see it?"),
        coerce=Stance,
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for, against or an idea.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Neighbours read this without your name."),
    )

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if kept.get("stance") is Stance.IDEA and not kept.get("text", "").strip():
            self.add_error("text", _("Write your idea in a sentence."))
        return kept


class AmendmentForm(forms.Form):
    """Other words for a paragraph."""

    after = forms.CharField(
        label=_("How it should read"),
        max_length=rules.LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Change what you would change. Everybody sees what goes and what comes."),
        error_messages={"required": _("Write how the paragraph should read.")},
    )
    why = forms.CharField(label=_("Why?"), required=False, max_length=rules.LONGEST_WORDS)

    def __init__(self, *args: Any, before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].initial = before
        self._before = before

    def clean_after(self) -> str:
        words = " ".join(self.cleaned_data["after"].split())
        fault = rules.fault_of_amendment(self._before, words)
        if fault:
            raise forms.ValidationError(_now(fault))
        return words


class WhyForm(forms.Form):
    """The reason of a decision people read."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why in a few words; people read it.")},
    )


class SignForm(forms.Form):
    """Whether the wall may show a household that signs."""

    shown = forms.BooleanField(
        label=_("Show us on the wall of those who signed"),
        required=False,
        help_text=_("Everybody can see it: your building and your family name, the rest as stars."),
    )
