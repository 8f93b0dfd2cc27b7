"""The form of a nomination: by the party organisation, or by voters of the roll."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

NUMBERS = re.compile(r"\d+")


class NominationForm(forms.Form):
    """Who named a candidate. One of the two is written."""

    option = forms.ChoiceField(label=_("Candidate"))
    organization = forms.ChoiceField(label=_("Named by the party organisation"), required=False)
    numbers = forms.CharField(
        label=_("Or by voters: their numbers on the roll"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With spaces between them. Each is looked up on the roll and counts once."),
    )

    def __init__(
        self, *args: Any, options: list[tuple[UUID, str]], parties: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [(str(key), title) for key, title in options]  # type: ignore[attr-defined]
        self.fields["organization"].choices = [  # type: ignore[attr-defined]
            ("", _("none")),
            *((str(key), name) for key, name in parties),
        ]

    def clean(self) -> None:
        """Either the party organisation or voters."""
        said = self.cleaned_data
        if bool(said.get("organization")) == bool(said.get("numbers")):
            raise forms.ValidationError(_("Say who named them: the party organisation, or voters."))

    def voters(self) -> list[int]:
        """The numbers as they were written."""
        return [int(found) for found in NUMBERS.findall(self.cleaned_data["numbers"])]
