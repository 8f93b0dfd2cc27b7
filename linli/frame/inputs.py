"""What forms of every app ask for in the same way: a day, a moment, one of several labels."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOMENT = "%Y-%m-%dT%H:%M"  # as browsers send it


class DayInput(forms.DateInput):
    """A date as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Day(forms.DateField):
    """A day of the calendar."""

    default_error_messages = {
        "invalid": _("This is not a day of the calendar. Please choose it again."),
        "required": _("Please choose a day."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput(), **kwargs)


class Moment(forms.DateTimeField):
    """A day and an hour, as the clock in Shanghai shows them."""

    default_error_messages = {
        "invalid": _("This is not a day and an hour. Please choose them again."),
        "required": _("Please choose a day and an hour."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, **kwargs)


def labelled(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """A table of labels as the choices of a field."""
    return [(str(getattr(key, "value", key)), label) for key, label in labels.items()]
