"""Forms of what people say to works, with photos of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.photos import PhotosField, as_sent
from linli.deliberation.forms.works_voices import DoubtForm, HearForm, MendForm, WordsForm
from linli.deliberation.rules import works as rules

NO_FACES = _("No faces, no door numbers of single homes: everybody who lives there sees it.")


def _photos() -> PhotosField:
    return PhotosField(most=rules.MOST_PHOTOS, label=_("Photos"), help_text=NO_FACES)


class DoubtWithPhotos(DoubtForm):
    """What a resident doubts, and what it looks like."""

    photos = _photos()

    def sent(self) -> list[tuple[str, bytes]]:
        return as_sent(self.cleaned_data["photos"])


class HeardWithPhotos(HearForm):
    """What was doubted at doors, and what it looks like."""

    photos = _photos()

    def sent(self) -> list[tuple[str, bytes]]:
        return as_sent(self.cleaned_data["photos"])


class DefectForm(WordsForm):
    """What was not done as agreed, and what it looks like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label=_("The defect"), **kwargs)
        self.fields["photos"] = _photos()

    def sent(self) -> list[tuple[str, bytes]]:
        return as_sent(self.cleaned_data["photos"])


class MendedWithPhotos(MendForm):
    """How a defect was mended, and what it looks like now."""

    photos = _photos()

    def sent(self) -> list[tuple[str, bytes]]:
        return as_sent(self.cleaned_data["photos"])
