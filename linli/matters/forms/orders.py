"""What a unit and its issuer write on an order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day, Moment
from linli.frame.photos import PhotosField, PhotosInput
from linli.matters.forms.words import Paragraph
from linli.matters.wording import ASSESSMENT_LABELS


class ReasonForm(forms.Form):
    """A return, a withdrawal: why."""

    reason = Paragraph(label=_("The reason"), max_length=1000, rows=3)


class NoteForm(forms.Form):
    """A word that may be left out."""

    note = Paragraph(label=_("A word about it"), max_length=500, rows=2, required=False)


class ReportForm(forms.Form):
    """What was done, with photos."""

    text = Paragraph(label=_("What was done"), rows=4)
    photos = PhotosField(
        most=6, label=_("Photos"), widget=PhotosInput(attrs={"accept": "image/*", "multiple": True})
    )


class MoreTimeForm(forms.Form):
    reason = Paragraph(label=_("Why more time is needed"), max_length=1000, rows=3)
    until = Moment(label=_("Until when"))


class WaitForm(forms.Form):
    """挂起 of one order: why, and until when where that is known."""

    reason = Paragraph(
        label=_("Why it has to wait"),
        max_length=500,
        rows=3,
        help_text=_("The unit is told. The other units work on, and the promise to the raiser stays."),
    )
    until = Day(
        label=_("Until which day"),
        required=False,
        help_text=_("Left empty it waits until somebody lifts it, 90 days at most."),
    )


class SendBackForm(forms.Form):
    reason = Paragraph(label=_("What is not done yet"), max_length=1000, rows=3)
    due_at = Moment(label=_("Until when"))


class ReviewForm(forms.Form):
    """派单异议: it stays with the unit, or goes to another."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("uphold", _("It stays with this unit")), ("reassign", _("It goes to another unit"))),
        widget=forms.RadioSelect,
        initial="uphold",
    )
    unit = forms.ChoiceField(label=_("The other unit"), required=False)
    note = Paragraph(label=_("Why"), max_length=1000, rows=3)

    def __init__(self, *args: Any, units: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose a unit")), *(units or [])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == "reassign" and not said.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Choose the unit it goes to."))
        return said


class DecideForm(forms.Form):
    """More time: granted or not."""

    granted = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")))
    note = Paragraph(label=_("A word about it"), max_length=200, rows=2, required=False)


class AssessForm(forms.Form):
    """双向考核: five levels and a word."""

    score = forms.ChoiceField(
        label=_("How it went"),
        choices=[(str(score), label) for score, label in ASSESSMENT_LABELS.items()],
        widget=forms.RadioSelect,
    )
    text = Paragraph(label=_("A word about it"), max_length=300, rows=2, required=False)
