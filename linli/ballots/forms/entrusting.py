"""Forms of entrusting somebody with a vote, and of noting it from a signed paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.actions.entrusting import Trusted


class ProxyForm(forms.Form):
    """Whom somebody entrusts with their vote: known by name and phone."""

    name = forms.CharField(label=_("Their name"), max_length=40)
    phone = forms.CharField(
        label=_("Their phone number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def whom(self) -> Trusted:
        """The person as typed."""
        return Trusted(self.cleaned_data["name"], self.cleaned_data["phone"])


class PaperProxyForm(ProxyForm):
    """The same from a signed paper, with who signed it and a photo of it."""

    number = forms.IntegerField(label=_("Number on the roll"), min_value=1, max_value=9_999_999)
    giver = forms.CharField(label=_("Who entrusts"), max_length=40)
    name = forms.CharField(label=_("Who votes for them"), max_length=40)
    photo = forms.FileField(
        label=_("Photo of the signed paper"), widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    field_order = ("number", "giver", "name", "phone", "photo")
