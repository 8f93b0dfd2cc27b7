"""Fields for what people write and send: cleaned, limited, and with messages said as one would say them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import clean

MOST_TITLE = 80
MOST_TEXT = 4000
MOST_SHORT = 300
UNREADABLE = "\ufffd"  # what broken UTF-8 turns into on arrival


class WordsField(forms.CharField):
    """Words of a resident. Too long a text is refused before any work is done on it, and sent back cut."""

    default_error_messages = {
        "required": _("Please write something here."),
        "max_length": _("This is too long: at most %(most)s characters."),
        "unreadable": _("Some characters here could not be read. Please write them again."),
    }

    def __init__(self, *, max_length: int = MOST_TEXT, lines: bool = True, **kwargs: Any) -> None:
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)
        self.max_length: int = max_length  # after CharField, whose own check speaks otherwise
        self.lines = lines

    def to_python(self, value: Any) -> str:
        raw = str(value or "")
        if len(raw) > 2 * self.max_length + 1000:
            raise self._too_long()
        if UNREADABLE in raw:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        words = clean(raw)
        words = words if self.lines else " ".join(words.split())
        if len(words) > self.max_length:
            raise self._too_long()
        return words

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed stays in the form, up to a length a phone can show."""
        return data[: 2 * self.max_length].replace("\x00", "") if isinstance(data, str) else data

    def _too_long(self) -> ValidationError:
        return ValidationError(
            self.error_messages["max_length"], code="max_length", params={"most": self.max_length}
        )


class Line(WordsField):
    """One line of words."""

    def __init__(self, *, max_length: int = MOST_TITLE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, lines=False, **kwargs)


class Paragraph(WordsField):
    """Several lines of words in a box of so many rows."""

    def __init__(self, *, max_length: int = MOST_TEXT, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
