"""说件事: one screen. Only the words are asked for; everything else has a sensible beginning."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.photos import PhotosField
from linli.kernel.coordinates import Position
from linli.matters.forms.words import MOST_TITLE, WordsField
from linli.matters.kinds import MatterKind

MOST_PHOTOS = 6
MOST_WHERE = 60
# 问题 · 建议 · 求助: the three a resident tells apart; staff may call it otherwise later.
KIND_LABELS = (
    (MatterKind.APPEAL.value, _("A problem")),
    (MatterKind.PROPOSAL.value, _("A suggestion")),
    (MatterKind.WISH.value, _("Help needed")),
)


class SayForm(forms.Form):
    """What somebody has to say, and where."""

    text = WordsField(
        label=_("What is it about?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say what it is about. One sentence is enough.")},
    )
    photos = PhotosField(most=MOST_PHOTOS, label=_("Photos"))
    place = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Please choose where it is."),
            "invalid": _("There is no such place. Please choose again."),
        },
    )
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    where = WordsField(max_length=MOST_WHERE, lines=False, required=False, label=_("The spot, in your words"))
    kind = forms.ChoiceField(
        choices=KIND_LABELS,
        initial=MatterKind.APPEAL.value,
        required=False,
        widget=forms.RadioSelect,
        label=_("What kind?"),
        error_messages={"invalid_choice": _("Please choose one of these.")},
    )
    title = WordsField(max_length=MOST_TITLE, lines=False, required=False, label=_("A short title"))
    nameless = forms.BooleanField(required=False, label=_("Leave my name out"))
    unpublished = forms.BooleanField(required=False, label=_("Do not publish it"))

    @property
    def point(self) -> Position | None:
        """The spot shown on the map, if one was."""
        longitude, latitude = self.cleaned_data.get("longitude"), self.cleaned_data.get("latitude")
        return None if longitude is None or latitude is None else (longitude, latitude)

    def clean_kind(self) -> MatterKind:
        """A problem, unless said otherwise."""
        return MatterKind(self.cleaned_data["kind"] or MatterKind.APPEAL.value)
