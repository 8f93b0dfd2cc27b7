"""The form that gives a topic other words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import about_field, title_field


class RewordForm(forms.Form):
    """A topic's title, and what people should know beforehand."""

    title = title_field()
    about = about_field(help_text=_("Everybody who sees the topic can read what it said before."))
