"""Forms of outlines: one drawn or typed, or a file of many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.coordinates import Frame
from linli.places.rules.features import MOST_BYTES

FRAME_LABELS = {
    Frame.WGS84: _("WGS-84 or CGCS2000 (GPS, Tianditu)"),
    Frame.GCJ02: _("GCJ-02 (Amap, Tencent)"),
    Frame.BD09: _("BD-09 (Baidu)"),
}


def frame_field() -> forms.TypedChoiceField:
    """Which map the numbers come from."""
    return forms.TypedChoiceField(
        label=_("Where the numbers come from"),
        coerce=Frame,
        choices=[(frame.value, label) for frame, label in FRAME_LABELS.items()],
        initial=Frame.WGS84.value,
        help_text=_("Numbers of the other maps are converted before they are kept."),
    )


class OutlineForm(forms.Form):
    """The outline as text, which the map beside it fills in; empty takes it away."""

    outline = forms.CharField(
        label=_("Corners"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "One corner a line: longitude, latitude. GeoJSON works too. Empty takes the outline away."
        ),
    )
    frame = frame_field()
    illustrative = forms.BooleanField(
        label=_("Only illustrative"),
        required=False,
        help_text=_("Not surveyed. Maps then say so, and nothing is measured against it."),
    )


class OutlinesForm(forms.Form):
    """A GeoJSON file with the outlines of many places."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        help_text=_(
            "Each feature needs a code: the one in the downloaded file, or a code issued to the place."
        ),
    )
    frame = frame_field()
    illustrative = forms.BooleanField(label=_("Only illustrative"), required=False)

    def content(self) -> bytes:
        """What was sent, one byte more than allowed at most."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))
