"""Forms of announcements."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day
from linli.kernel.clock import today
from linli.kernel.text import clean
from linli.notices import rules
from linli.notices.kinds import Audience

AUDIENCE_LABELS = {
    Audience.RESIDENTS: _("Everyone who lives there"),
    Audience.OWNERS: _("Owners of homes there"),
    Audience.ELDERS: _("Those aged 60 and over who live there"),
}


class AnnouncementForm(forms.Form):
    """What an announcement says, to whom and until when."""

    place = forms.TypedChoiceField(
        label=_("For which place"), coerce=UUID, error_messages={"required": _("Choose who it is for.")}
    )
    audience = forms.TypedChoiceField(
        label=_("Who is told"),
        choices=[(each.value, label) for each, label in AUDIENCE_LABELS.items()],
        coerce=Audience,
        help_text=_("Anybody of the place can read it; these get a notice and are counted as readers."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=rules.LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    body = forms.CharField(
        label=_("What to say"),
        max_length=rules.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write what people should know.")},
    )
    until = Day(
        label=_("Shown until"),
        required=False,
        help_text=_("That day included. Left empty, it stays until it is withdrawn."),
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(place_id), label) for place_id, label in places]
        if listed:
            self.fields["place"].choices = listed  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return clean(self.cleaned_data["body"])

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until < today():
            raise forms.ValidationError(_("The last day has already passed."))
        return until


class ReturnForm(forms.Form):
    """Why an announcement goes back to its writer."""

    reason = forms.CharField(
        label=_("What should be changed?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why you return it.")},
    )
