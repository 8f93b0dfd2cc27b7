"""Fields these forms share: a line and a paragraph of words, one of some rows."""

from collections.abc import Iterable
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


class Chosen(forms.TypedChoiceField):
    """One of some rows, by id; None where nothing is chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)

    def offer(self, rows: Iterable[tuple[UUID, str]]) -> None:
        """Set what can be chosen."""
        offered = [(str(row_id), label) for row_id, label in rows]
        self.choices = offered if self.required else [("", _("none")), *offered]
