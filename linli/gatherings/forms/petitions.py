"""Forms of those who ask for a meeting: begun, and a sheet they signed."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.documents.rules import MOST_BYTES
from linli.gatherings import wording
from linli.gatherings.forms.fields import Chosen, Words
from linli.gatherings.kinds import BodyKind
from linli.gatherings.rules import petitions
from linli.gatherings.rules.bodies import STANDINGS


class PetitionForm(forms.Form):
    """As whom they ask, and what for."""

    asked_by = forms.ChoiceField(label=_("Who asks for it"), widget=forms.RadioSelect)
    about = Words(label=_("What they ask the meeting for"), max_length=petitions.LONGEST_ABOUT)

    def __init__(self, *args: Any, kind: BodyKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.value, wording.CALLED_LABELS[way]) for way in STANDINGS[kind].law.calls]
        self.fields["asked_by"].choices = ways  # type: ignore[attr-defined]
        self.fields["asked_by"].initial = ways[0][0]


class SheetForm(forms.Form):
    """A signed sheet: of which building, how many signed, and what it looks like."""

    place = Chosen(label=_("Of which building"), error_messages={"required": _("Choose a building.")})
    count = forms.IntegerField(label=_("How many signed"), min_value=1)
    file = forms.FileField(
        label=_("Photo or PDF of the sheet"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(places)  # type: ignore[attr-defined]

    def content(self) -> tuple[bytes, str]:
        """The file's bytes and name, one byte more than is taken at most."""
        file = self.cleaned_data["file"]
        return file.read(MOST_BYTES + 1), file.name or ""
