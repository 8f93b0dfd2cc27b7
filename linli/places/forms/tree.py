"""Forms of places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import DayInput
from linli.kernel.clock import today
from linli.places import rules
from linli.places.kinds import CodeScheme, PlaceKind
from linli.places.models import Place

KIND_LABELS = {
    PlaceKind.DIVISION: _("Division"),
    PlaceKind.STREET: _("Street"),
    PlaceKind.COMMUNITY: _("Community"),
    PlaceKind.GRID: _("Grid"),
    PlaceKind.COURTYARD: _("Courtyard"),
    PlaceKind.BUILDING: _("Building"),
    PlaceKind.ENTRANCE: _("Entrance"),
    PlaceKind.HOME: _("Dwelling"),
    PlaceKind.BAY: _("Parking bay"),
}
SCHEME_LABELS = {
    CodeScheme.DIVISION: _("Division code"),
    CodeScheme.GRID: _("Grid code"),
    CodeScheme.ADDRESS: _("Standard address"),
}


class DayForm(forms.Form):
    """Which day to look at; today without one."""

    on = forms.DateField(label=_("As it was on"), required=False, widget=DayInput())


class OpenForm(forms.Form):
    """A new place under another."""

    kind = forms.TypedChoiceField(label=_("Kind"), coerce=PlaceKind)
    name = forms.CharField(label=_("Name"), max_length=rules.NAME_LENGTH)
    label = forms.RegexField(
        label=_("Label in the path"),
        regex=f"^{rules.LABEL.pattern}$",
        help_text=_("Small letters, digits and hyphens, at most 12, as b12 or u1. It never changes."),
        error_messages={"invalid": _("A label has at most 12 small letters, digits and hyphens.")},
    )

    def __init__(self, *args: Any, parent: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        under = PlaceKind(parent.kind)
        choices = [
            (kind.value, KIND_LABELS[kind])
            for kind in PlaceKind
            if kind is not PlaceKind.BAY and rules.may_stand_under(kind, under)
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label=_("New name"), max_length=rules.NAME_LENGTH)
    since = forms.DateField(label=_("Since"), initial=today, widget=DayInput())


class CodeForm(forms.Form):
    """A code and the days it holds."""

    scheme = forms.TypedChoiceField(
        label=_("Kind of code"),
        coerce=CodeScheme,
        choices=[(scheme.value, label) for scheme, label in SCHEME_LABELS.items()],
    )
    code = forms.CharField(label=_("Code"), max_length=32)
    starts = forms.DateField(label=_("From"), initial=today, widget=DayInput())


class CloseForm(forms.Form):
    """The first day a place is no more."""

    on = forms.DateField(
        label=_("Closed from"),
        initial=today,
        widget=DayInput(),
        help_text=_("Everything in it closes too. Its history and matters stay."),
    )
