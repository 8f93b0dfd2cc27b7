"""Forms of parking bays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import labelled
from linli.kernel.errors import InvalidCode
from linli.places.kinds import AreaSource
from linli.places.rules import bays
from linli.places.templatetags.places import SOURCE_LABELS


class StandingForm(forms.Form):
    """What the law asks for before a bay is owned by somebody, and why it is as it is."""

    independent = forms.BooleanField(
        label=_("It is marked off by itself"), required=False, help_text=_("Its edges are clear for good.")
    )
    exclusive = forms.BooleanField(label=_("It is for one user alone"), required=False)
    registrable = forms.BooleanField(
        label=_("It can be registered as somebody’s own"),
        required=False,
        help_text=_("Not in a civil defence shelter, and not on a road or other common ground."),
    )
    note = forms.CharField(
        label=_("Why it is so"),
        required=False,
        max_length=bays.LONGEST_NOTE,
        help_text=_("For example: civil defence, or planned on common ground."),
    )

    def standing(self) -> bays.Standing:
        """The three of them, as the rule takes them."""
        said = self.cleaned_data
        return bays.Standing(said["independent"], said["exclusive"], said["registrable"])


class BayForm(StandingForm):
    """One bay."""

    number = forms.CharField(
        label=_("Number in the property register"), required=False, max_length=bays.LONGEST_NUMBER
    )
    field_order = ("independent", "exclusive", "registrable", "number", "note")


class BaysForm(StandingForm):
    """Many bays of a place that are alike."""

    listed = forms.CharField(
        label=_("The bays, one a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name, area in square metres, number in the property register, as: B1-012 13.25 No. 17"),
    )
    source = forms.ChoiceField(label=_("Area taken from"), choices=labelled(SOURCE_LABELS))
    field_order = ("listed", "source", "independent", "exclusive", "registrable", "note")

    def clean_listed(self) -> list[bays.Listed]:
        """The list, read."""
        try:
            return bays.listed(self.cleaned_data["listed"])
        except InvalidCode as bad:
            raise forms.ValidationError(_(bad.reason) % bad.params) from bad

    def said(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        said = self.cleaned_data
        source = AreaSource(said["source"])
        return {"bays": said["listed"], "standing": self.standing(), "source": source, "note": said["note"]}
