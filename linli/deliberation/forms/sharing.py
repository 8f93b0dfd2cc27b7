"""Forms of who pays what: opened, proposed floor by floor, answered."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.rules import sharing as rules
from linli.deliberation.rules.sharing import Floor

FEN = 100


def _yuan(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(rules.MOST) / FEN,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
        **more,
    )


def fen(yuan: Decimal | None) -> int:
    """An amount in yuan with at most two decimals, in fen."""
    return int((yuan or Decimal(0)) * FEN)


def yuan(amount: int) -> Decimal:
    """An amount in fen as it is typed."""
    return Decimal(amount) / FEN


class OpenForm(forms.Form):
    """At which entrance, and what for."""

    place = forms.TypedChoiceField(label=_("Entrance"), coerce=UUID)
    title = forms.CharField(label=_("What it is for"), max_length=60)

    def __init__(self, *args: Any, places: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    """What it costs, what is given, and for each floor the weight of its share or what its homes get."""

    cost = _yuan(_("What it costs in all, in yuan"))
    subsidy = _yuan(_("Given from outside, in yuan"), required=False)
    words = forms.CharField(
        label=_("What is new in this proposal, and why"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, floors: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.floors = floors
        for floor in floors:
            self.fields[f"weight_{floor}"] = forms.IntegerField(
                label=_("Floor %(floor)s: weight of its share") % {"floor": floor},
                min_value=0,
                max_value=rules.HEAVIEST,
            )
            self.fields[f"gets_{floor}"] = _yuan(
                _("Floor %(floor)s: each home gets, in yuan") % {"floor": floor}, required=False
            )

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each floor, for the page."""
        return [
            {"floor": floor, "fields": [self[f"weight_{floor}"], self[f"gets_{floor}"]]}
            for floor in self.floors
        ]

    def proposed(self) -> Mapping[int, Floor]:
        """What was typed, by floor, in fen."""
        said = self.cleaned_data
        return {floor: Floor(said[f"weight_{floor}"], fen(said[f"gets_{floor}"])) for floor in self.floors}


class AnswerForm(forms.Form):
    """Whether a home agrees; whoever objects says why."""

    agrees = forms.ChoiceField(
        label=_("What does your home say?"),
        choices=[("yes", _("We agree")), ("no", _("We object"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    reason = forms.CharField(
        label=_("If you object: what is not right with it"),
        max_length=rules.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The community reads it to make the next proposal. Neighbours do not."),
    )

    def said(self) -> dict[str, Any]:
        """The answer as the action takes it."""
        return {"agrees": self.cleaned_data["agrees"] == "yes", "reason": self.cleaned_data["reason"]}


class NoteForm(AnswerForm):
    """The same at a door: which owner said it."""

    owner = forms.TypedChoiceField(label=_("Who said it"), coerce=UUID)
    field_order = ("owner", "agrees", "reason")

    def __init__(self, *args: Any, owners: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(str(key), label) for key, label in owners]  # type: ignore[attr-defined]
        self.fields["agrees"].label = _("What do they say?")
