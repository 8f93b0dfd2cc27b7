"""代居民登记: one short form for what somebody said at a visit, on the phone, in a meeting."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.photos import PhotosField, PhotosInput
from linli.matters.forms.words import Line, Paragraph
from linli.matters.kinds import Channel, MatterKind
from linli.matters.wording import CHANNEL_LABELS, KIND_LABELS

NO_NAME = "none"
# What people or devices send in by themselves is never typed in by staff.
SENT_BY_THEMSELVES = frozenset({Channel.APP, Channel.MINI_PROGRAM, Channel.DEVICE})
OFFERED = [(each.value, CHANNEL_LABELS[each]) for each in Channel if each not in SENT_BY_THEMSELVES]
KINDS = [(each.value, KIND_LABELS[each]) for each in MatterKind if each is not MatterKind.TASK]
MOST_WHERE = 60


class IntakeForm(forms.Form):
    """Who, what, where, and how it reached us."""

    who = Line(label=_("Who says it"), max_length=60, required=False)
    raiser = forms.CharField(required=False, max_length=40)
    text = Paragraph(
        label=_("What they say"),
        rows=5,
        error_messages={"required": _("Please write what they say. One sentence is enough.")},
    )
    spot = Line(label=_("Where it is"), max_length=60, required=False)
    place = forms.UUIDField(
        required=False, error_messages={"invalid": _("There is no such place. Please choose again.")}
    )
    where = Line(label=_("The spot, in their words"), max_length=MOST_WHERE, required=False)
    channel = forms.ChoiceField(label=_("How it reached us"), choices=OFFERED, initial=Channel.VISIT.value)
    kind = forms.ChoiceField(label=_("What kind"), choices=KINDS, initial=MatterKind.APPEAL.value)
    way = forms.UUIDField(required=False)
    photos = PhotosField(
        most=6, label=_("Photos"), widget=PhotosInput(attrs={"accept": "image/*", "multiple": True})
    )

    def clean_raiser(self) -> UUID | None:
        """A person's id, or None for no name given. Neither chosen is a slip."""
        chosen = self.cleaned_data["raiser"]
        if chosen == NO_NAME:
            return None
        try:
            return UUID(chosen)
        except ValueError as nobody:
            raise forms.ValidationError(_("Choose who says it, or that no name is given.")) from nobody

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("place") and "place" not in self.errors:
            self.add_error("place", _("Please choose where it is."))
        return said
