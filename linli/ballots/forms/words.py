"""A few words, with or without a ruling."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.kinds import Ruling


class WordsForm(forms.Form):
    """A few words: an objection, the reason of a withdrawal, what differs on a sheet."""

    words = forms.CharField(
        label=_("In a few words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CounterForm(forms.Form):
    """What somebody says against the roll, written down for them at the counter."""

    words = forms.CharField(
        label=_("What is wrong with the roll, in their words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RulingForm(WordsForm):
    """Whether an objection is right, and why."""

    ruling = forms.ChoiceField(
        label=_("Ruling"),
        choices=[
            (Ruling.UPHELD.value, _("The objection is right")),
            (Ruling.DISMISSED.value, _("The roll is right")),
        ],
        widget=forms.RadioSelect,
    )
