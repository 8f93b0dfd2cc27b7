"""Forms of setting up."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.codes import check_division_code, check_phone
from linli.kernel.decision import Denied
from linli.kernel.errors import InvalidCode
from linli.organizations.rules import NAME_LENGTH as BODY_NAME_LENGTH
from linli.people.rules import NAME_LENGTH as PERSON_NAME_LENGTH
from linli.places.rules import NAME_LENGTH

MOST_TEXT = 12_000  # characters of typed buildings


class CommunityForm(forms.Form):
    """A new community. Street and district are asked for only where their codes are not known here."""

    code = forms.CharField(
        label=_("Division code"),
        max_length=20,
        help_text=_("12 digits, as on the statistics bureau's list: district 6, street 3, community 3."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}),
    )
    district = forms.CharField(label=_("Name of the district or county"), max_length=NAME_LENGTH)
    street = forms.CharField(label=_("Name of the street or town"), max_length=NAME_LENGTH)
    name = forms.CharField(label=_("Name of the community"), max_length=NAME_LENGTH)
    committee = forms.CharField(
        label=_("Name of its residents' committee"),
        max_length=BODY_NAME_LENGTH,
        required=False,
        help_text=_("Left empty: the community's name with “residents' committee”."),
    )
    office_phone = forms.CharField(
        label=_("Phone of the office"),
        max_length=20,
        required=False,
        help_text=_("It is shown to residents, on their page and on boards."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    short_code = forms.RegexField(
        label=_("Letters its numbers begin with"),
        regex="^[A-Z]{2,6}$",
        required=False,
        help_text=_("2 to 6 capital letters, as JS in JS-2026-000412. Left empty, they come from the name."),
        error_messages={"invalid": _("Write a short code of 2 to 6 capital letters.")},
    )
    closing = forms.TimeField(
        label=_("The office closes at"),
        initial="18:00",
        help_text=_("Limits counted in working days end at this hour."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, known: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in known:
            del self.fields[name]

    def clean_code(self) -> str:
        """Twelve digits of a shape that can be."""
        try:
            return check_division_code(self.cleaned_data["code"])
        except InvalidCode as wrong:
            raise forms.ValidationError(gettext(wrong.reason) % (wrong.params or {})) from wrong


class BuildingsForm(forms.Form):
    """Buildings by range, and the grids they are cut into."""

    buildings = forms.CharField(
        label=_("Buildings"),
        max_length=MOST_TEXT,
        help_text=_(
            "A line for buildings that are alike: numbers, entrances, floors, homes on a floor by each "
            "entrance. A line with a name alone begins an estate; the buildings below it stand in it."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    grids = forms.CharField(
        label=_("Grids"),
        max_length=MOST_TEXT,
        required=False,
        help_text=_("A line for each grid: its name, a colon, its buildings or its estates."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )


class PracticeForm(forms.Form):
    """Which way of working a community begins with."""

    practice = forms.ChoiceField(label=_("Way of working"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, practices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = practices  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Who is to hold one post; both left empty, it is opened vacant."""

    name = forms.CharField(
        label=_("Name"),
        max_length=PERSON_NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        name, phone = said.get("name", "").strip(), said.get("phone", "").strip()
        if name and not phone:
            self.add_error(
                "phone", _("They sign in with it: write their number, or leave the name empty too.")
            )
        if phone and not name:
            self.add_error("name", _("Whose number is this?"))
        if phone:
            try:
                said["phone"] = check_phone(phone)
            except InvalidCode as wrong:
                self.add_error("phone", gettext(wrong.reason) % (wrong.params or {}))
        return said


class UnitForm(forms.Form):
    """One responsible unit; left empty altogether, the row counts for nothing."""

    duty = forms.ChoiceField(label=_("What it answers for"), required=False)
    name = forms.CharField(
        label=_("Name of the unit"),
        max_length=BODY_NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone of the office"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("Who takes its orders"),
        max_length=PERSON_NAME_LENGTH,
        required=False,
        help_text=_("Left empty, its orders are printed on paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("Their mobile phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, duties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = [("", "—"), *duties]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        name, duty = said.get("name", "").strip(), said.get("duty", "")
        contact, phone = said.get("contact", "").strip(), said.get("contact_phone", "").strip()
        if name and not duty:
            self.add_error("duty", _("Say what it answers for."))
        if not name and (duty or contact or phone):
            self.add_error("name", _("Write the unit's name."))
        if bool(contact) != bool(phone):
            self.add_error(
                "contact_phone" if contact else "contact",
                _("A name and a mobile number go together: they sign in with it."),
            )
        if phone:
            try:
                said["contact_phone"] = check_phone(phone)
            except InvalidCode as wrong:
                self.add_error("contact_phone", gettext(wrong.reason) % (wrong.params or {}))
        return said


def said_of(denied: Denied) -> str:
    """A rule's objection in the reader's language."""
    return gettext(denied.reason) % denied.params if denied.params else gettext(denied.reason)
