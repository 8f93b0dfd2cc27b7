"""The form that gives a topic other words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.rules import topics as rules


class RewordForm(forms.Form):
    """A topic's title, and what people should know beforehand."""

    title = forms.CharField(
        label=_("Title"),
        max_length=rules.LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    about = forms.CharField(
        label=_("What people should know beforehand"),
        required=False,
        max_length=rules.LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who sees the topic can read what it said before."),
    )
