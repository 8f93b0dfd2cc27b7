"""Fields these forms share: a line and a paragraph of words, a moment, a day, labels as choices."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import clean


class Words(forms.CharField):
    """Words as they are kept: unseen characters gone; one line unless `rows` are given."""

    def __init__(self, *, max_length: int, rows: int = 0, **kwargs: Any) -> None:
        self.rows = rows
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        words = clean(super().clean(value) or "")
        return words if self.rows else " ".join(words.split())


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


class Chosen(forms.TypedChoiceField):
    """One of some rows, by id; None where nothing is chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)

    def offer(self, rows: Iterable[tuple[UUID, str]]) -> None:
        """Set what can be chosen."""
        offered = [(str(row_id), label) for row_id, label in rows]
        self.choices = offered if self.required else [("", _("none")), *offered]


def labelled(labels: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A table of labels as the choices of a field."""
    return [(str(getattr(key, "value", key)), label) for key, label in labels.items()]
