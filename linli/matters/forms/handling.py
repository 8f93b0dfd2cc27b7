"""What staff write while a matter is on their desk: moves, words, pauses, callbacks, publication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day, Moment, labelled
from linli.frame.photos import PhotosField, PhotosInput
from linli.matters.forms.words import Line, Paragraph
from linli.matters.rules.learning import LONGEST_WHY
from linli.matters.wording import (
    CLOCK_LABELS,
    CONTACT_CHANNEL_LABELS,
    MEETING_RESULT_LABELS,
    SCORE_LABELS,
)
from linli.people.kinds import Purpose

LONGEST_TICK = 300


class Nothing(forms.Form):
    """A button that needs no words."""


class Ticked(forms.MultipleChoiceField):
    """Ticks of what the page offered; whether they are on offer is the step's to say."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= LONGEST_TICK


class MoveForm(forms.Form):
    """The button pressed, from which step it was seen, and a note where one helps."""

    from_step = forms.CharField(max_length=40, widget=forms.HiddenInput)
    to = forms.RegexField(r"^[a-z][a-z0-9_-]{0,39}:[a-z_]{1,20}$", max_length=61)
    parties = Ticked(required=False)
    note = Paragraph(label=_("A note for the story"), required=False, max_length=500, rows=2)


class SteerForm(forms.Form):
    """Choosing a version of what triage learnt: the reason stays beside it."""

    why = Paragraph(label=_("Why"), rows=2, max_length=LONGEST_WHY)


SAYING = (
    ("answer", _("Official answer")),
    ("note", _("Internal note")),
    ("contact", _("Spoke with the raiser")),
)


ALL_SAYING = tuple(code for code, _label in SAYING)


class SayForm(forms.Form):
    """One composer for the three ways staff speak."""

    kind = forms.ChoiceField(
        label=_("What is it"), choices=SAYING, widget=forms.RadioSelect, initial="answer"
    )
    channel = forms.ChoiceField(
        label=_("How you spoke"), choices=labelled(CONTACT_CHANNEL_LABELS), required=False, initial="phone"
    )
    text = Paragraph(label=_("Words"), rows=4)

    def __init__(self, *args: Any, kinds: tuple[str, ...] = ALL_SAYING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, label) for code, label in SAYING if code in kinds]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        if offered and not self.is_bound:
            self.initial.setdefault("kind", offered[0][0])


class OutcomeForm(forms.Form):
    """What a meeting or ballot has decided, written down by hand."""

    opening = forms.UUIDField(widget=forms.HiddenInput)
    held_on = Day(label=_("Held on"))
    attended = forms.IntegerField(label=_("How many came"), min_value=0, max_value=100_000)
    result = forms.ChoiceField(label=_("Result"), choices=labelled(MEETING_RESULT_LABELS))
    yes = forms.IntegerField(label=_("For it"), min_value=0, max_value=100_000, required=False)
    no = forms.IntegerField(label=_("Against it"), min_value=0, max_value=100_000, required=False)
    minutes = Paragraph(
        label=_("Minutes"),
        rows=5,
        help_text=_("The raiser and neighbours can read this. Name no private persons."),
    )


class SuspendForm(forms.Form):
    reason = Paragraph(
        label=_("Why it has to wait"),
        max_length=500,
        rows=3,
        help_text=_("The raiser is told the reason and the day."),
    )
    until = Day(
        label=_("Until which day"), help_text=_("At most 90 days ahead. The clock goes on by itself then.")
    )
    stops = forms.ChoiceField(label=_("Which clock stops"), choices=labelled(CLOCK_LABELS))


class ChaseForm(forms.Form):
    """催办 and 督办: whom it concerns, and a word."""

    order = forms.ChoiceField(label=_("Whom to chase"), required=False)
    text = Paragraph(label=_("What you expect"), max_length=300, rows=3, required=False)

    def __init__(self, *args: Any, whom: list[tuple[str, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].choices = whom or []  # type: ignore[attr-defined]
        if not whom or len(whom) < 2:
            del self.fields["order"]


class InstructForm(forms.Form):
    supervision = forms.UUIDField(widget=forms.HiddenInput)
    text = Paragraph(label=_("Your instruction to the holder"), max_length=1000, rows=3)


class HandOverForm(forms.Form):
    community = forms.ChoiceField(label=_("To which community"))
    reason = Paragraph(
        label=_("Why it is theirs"),
        max_length=500,
        rows=3,
        help_text=_("The matter keeps its number, story and promise."),
    )

    def __init__(self, *args: Any, communities: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = communities or []  # type: ignore[attr-defined]


class RelocateForm(forms.Form):
    """Where a matter really is: pressed where its text names the place, else typed."""

    place = forms.UUIDField(required=False, widget=forms.HiddenInput)
    spot = Line(
        label=_("Where it really is"),
        max_length=40,
        required=False,
        help_text=_("Building and entrance as people write them. Its clocks stay as they are."),
    )


class MergeForm(forms.Form):
    number = Line(
        label=_("Number of the other matter"),
        max_length=24,
        help_text=_("Everybody behind this one stands behind the other from then on, and stays informed."),
    )


class SplitForm(forms.Form):
    title = Line(label=_("What the other matter is"))
    text = Paragraph(label=_("What was said of it"), rows=4)


class PostponeForm(forms.Form):
    until = Day(label=_("New promise"))
    reason = Paragraph(
        label=_("Why it needs longer"), max_length=300, rows=3, help_text=_("The raiser reads this.")
    )


class PublishForm(forms.Form):
    title = Line(label=_("Title everybody sees"))
    summary = Paragraph(
        label=_("Summary everybody sees"),
        max_length=2000,
        rows=5,
        help_text=_("No names, no home numbers, no phone or identity numbers."),
    )


class AttachForm(forms.Form):
    photos = PhotosField(
        most=6,
        label=_("Photos or PDF"),
        widget=PhotosInput(attrs={"accept": "image/*,application/pdf", "multiple": True}),
    )

    def clean_photos(self) -> list[Any]:
        if not self.cleaned_data["photos"]:
            raise forms.ValidationError(_("Choose a file first."))
        return list(self.cleaned_data["photos"])


class CallBackForm(forms.Form):
    """One raiser asked how it ended: reached or not; if reached, solved or not and one of five levels."""

    raiser = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    reached = forms.ChoiceField(
        label=_("Did you reach them"),
        choices=(("yes", _("Reached")), ("no", _("Nobody answered"))),
        widget=forms.RadioSelect,
        initial="yes",
    )
    solved = forms.ChoiceField(
        label=_("Is it solved"),
        choices=(("yes", _("Solved")), ("no", _("Not solved"))),
        widget=forms.RadioSelect,
        required=False,
    )
    score = forms.ChoiceField(
        label=_("How satisfied"), choices=labelled(SCORE_LABELS), widget=forms.RadioSelect, required=False
    )
    note = Paragraph(label=_("What they said"), max_length=300, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reached") == "yes":
            for name in ("solved", "score"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Please choose one."))
        return said


class ExcludeForm(forms.Form):
    reason = Paragraph(
        label=_("Why it should not count"),
        max_length=200,
        rows=3,
        help_text=_("Somebody else approves it. Until then it counts; afterwards it is listed openly."),
    )


class OpenPhoneForm(forms.Form):
    person = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("What do you need it for"),
        choices=(
            (Purpose.CALL_BACK.value, _("To call back")),
            (Purpose.URGENT.value, _("It is urgent")),
            (Purpose.VISIT.value, _("To arrange a visit")),
            (Purpose.VERIFY.value, _("To check what was said")),
        ),
    )


class IssueForm(forms.Form):
    """One unit's share: who, what, until when."""

    unit = forms.ChoiceField(label=_("Unit"))
    task = Paragraph(label=_("What this unit is asked to do"), max_length=2000, rows=3)
    due_at = Moment(label=_("Until when"))

    def __init__(self, *args: Any, units: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose a unit")), *(units or [])]  # type: ignore[attr-defined]


class AsksFormSet(forms.BaseFormSet):
    """Several units, each with its own task and deadline; the same unit twice is a slip."""

    def clean(self) -> None:
        if any(self.errors):
            return
        chosen = [form.cleaned_data["unit"] for form in self.forms if form.cleaned_data.get("unit")]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one unit."))
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("The same unit is named twice. One order each is enough."))


MOST_UNITS = 8
Asks = forms.formset_factory(
    IssueForm, formset=AsksFormSet, extra=0, min_num=1, max_num=MOST_UNITS, absolute_max=MOST_UNITS
)


class WhistleForm(forms.Form):
    """By when the departments are to be there."""

    report_in_at = Moment(
        label=_("Report in by"), help_text=_("The moment each department reports in is kept.")
    )
