"""Fields the desk's forms share: lines and paragraphs of words, a moment, a day, and labels as choices."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.matters.forms.words import MOST_TEXT, MOST_TITLE, WordsField


class Line(WordsField):
    """One line of words."""

    def __init__(self, *, max_length: int = MOST_TITLE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, lines=False, **kwargs)


class Paragraph(WordsField):
    """Several lines of words in a box of so many rows."""

    def __init__(self, *, max_length: int = MOST_TEXT, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Moment(forms.DateTimeField):
    """A day and an hour, as the clock in Shanghai shows them."""

    default_error_messages = {
        "invalid": _("This is not a day and an hour. Please choose them again."),
        "required": _("Please choose a day and an hour."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


class Day(forms.DateField):
    """A day of the calendar."""

    default_error_messages = {
        "invalid": _("This is not a day of the calendar. Please choose it again."),
        "required": _("Please choose a day."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def labelled(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """A table of labels as the choices of a field."""
    return [(str(getattr(key, "value", key)), label) for key, label in labels.items()]
