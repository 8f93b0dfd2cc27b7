"""Photos sent with a form. What is in them is examined when they are stored; here only how many there are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class PhotosInput(forms.FileInput):
    """Several files in one field."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.FileField):
    """A few photos, none needed."""

    default_error_messages = {"too_many": _("At most %(most)s photos can be sent at once.")}

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PhotosInput)
        super().__init__(required=False, **kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent: Iterable[Any] = data if isinstance(data, list | tuple) else [data]
        files = [one for one in sent if isinstance(one, UploadedFile)]
        if len(files) > self.most:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most}
            )
        return files


def as_sent(files: Iterable[UploadedFile], *, most_bytes: int) -> list[tuple[str, bytes]]:
    """Names and bytes, one byte more than is taken at most, so that a file too big is told from one cut."""
    return [(one.name or "", one.read(most_bytes + 1)) for one in files]
