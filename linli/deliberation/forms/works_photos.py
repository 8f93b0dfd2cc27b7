"""Forms of what people say to works, with photos of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.works_voices import DoubtForm, HearForm, MendForm, WordsForm
from linli.deliberation.rules import works as rules
from linli.documents.rules import MOST_BYTES
from linli.frame.photos import PhotosField, as_sent


class WithPhotos(forms.Form):
    """What it looks like."""

    photos = PhotosField(
        most=rules.MOST_PHOTOS,
        label=_("Photos"),
        help_text=_("No faces, no door numbers of single homes: everybody who lives there sees it."),
    )

    def sent(self) -> list[tuple[str, bytes]]:
        """The photos as they were sent, by name."""
        return as_sent(self.cleaned_data["photos"], most_bytes=MOST_BYTES)


class DoubtWithPhotos(WithPhotos, DoubtForm):
    """What a resident doubts, and what it looks like."""


class HeardWithPhotos(WithPhotos, HearForm):
    """What was doubted at doors, and what it looks like."""


class DefectForm(WithPhotos, WordsForm):
    """What was not done as agreed, and what it looks like."""


class MendedWithPhotos(WithPhotos, MendForm):
    """How a defect was mended, and what it looks like now."""
