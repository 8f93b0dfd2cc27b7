"""Forms of people."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import DayInput
from linli.kernel.clock import today
from linli.people import rules
from linli.people.actions.account import Preferences
from linli.people.actions.person import Details
from linli.people.kinds import OpenedField, Purpose, Reach, ResidenceKind, Sex
from linli.people.models import Account, Person

SEX_LABELS = {Sex.FEMALE: _("Woman"), Sex.MALE: _("Man"), Sex.UNKNOWN: _("Not noted")}
REACH_LABELS = {
    Reach.APP: _("By message"),
    Reach.CALL: _("By a phone call"),
    Reach.SLIP: _("By a printed slip at the door"),
}
RESIDENCE_LABELS = {ResidenceKind.REGISTERED: _("Registered"), ResidenceKind.USUAL: _("Usual")}
PURPOSE_LABELS = {
    Purpose.CALL_BACK: _("To call back about something they raised"),
    Purpose.URGENT: _("Something urgent happened"),
    Purpose.VISIT: _("To arrange a visit"),
    Purpose.VERIFY: _("To check who somebody is"),
}
FIELD_LABELS = {OpenedField.PHONE: _("Phone"), OpenedField.ID_NUMBER: _("ID number")}
LANGUAGE_NAMES = [
    ("", _("As the site is set")),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("en", "English"),
]


class PersonForm(forms.Form):
    """A person's record. Numbers already noted are not shown: left empty, they stay."""

    name = forms.CharField(label=_("Name"), max_length=rules.NAME_LENGTH)
    sex = forms.TypedChoiceField(
        label=_("Sex"),
        coerce=Sex,
        empty_value=Sex.UNKNOWN,
        required=False,
        choices=[(sex.value, label) for sex, label in SEX_LABELS.items()],
    )
    born_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1880, max_value=2200)
    phone = forms.CharField(
        label=_("Mobile phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    no_phone = forms.BooleanField(label=_("They have no phone any more"), required=False)
    id_number = forms.CharField(label=_("ID number"), required=False, max_length=24)
    reach = forms.TypedChoiceField(
        label=_("How to reach them"),
        coerce=Reach,
        choices=[(reach.value, label) for reach, label in REACH_LABELS.items()],
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is None:
            del self.fields["no_phone"]
            return
        self.initial = {
            "name": person.name,
            "sex": person.sex,
            "born_year": person.born_year,
            "reach": person.reach,
        }
        if person.phone_index:
            self.fields["phone"].help_text = _("A number is noted; leave this empty to keep it.")
        if person.id_number_index:
            self.fields["id_number"].help_text = _("A number is noted; leave this empty to keep it.")

    def details(self) -> Details:
        """What the form says, as the action takes it."""
        said = self.cleaned_data
        phone = "" if said.get("no_phone") else said["phone"] or None
        return Details(
            name=said["name"],
            sex=said["sex"],
            born_year=said["born_year"],
            phone=phone,
            id_number=said["id_number"] or None,
            reach=said["reach"],
        )


class PurposeForm(forms.Form):
    """What a masked number is needed for."""

    field = forms.TypedChoiceField(
        coerce=OpenedField,
        widget=forms.HiddenInput,
        choices=[(field.value, label) for field, label in FIELD_LABELS.items()],
    )
    purpose = forms.TypedChoiceField(
        label=_("What do you need it for?"),
        coerce=Purpose,
        widget=forms.RadioSelect,
        choices=[(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()],
        help_text=_("The record keeps who opened it, when and what for."),
    )


class MoveForm(forms.Form):
    """A new residence."""

    place = forms.TypedChoiceField(label=_("Where they live"), coerce=UUID)
    kind = forms.TypedChoiceField(
        label=_("Kind of residence"),
        coerce=ResidenceKind,
        choices=[(kind.value, label) for kind, label in RESIDENCE_LABELS.items()],
    )
    starts = forms.DateField(label=_("From"), initial=today, widget=DayInput())

    def __init__(self, *args: Any, homes: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(home), label) for home, label in homes]  # type: ignore[attr-defined]


class OwnForm(forms.Form):
    """What a person owns, and which share of it."""

    home = forms.TypedChoiceField(label=_("What they own"), coerce=UUID)
    numerator = forms.IntegerField(label=_("Their share: so many"), min_value=1, max_value=1000, initial=1)
    denominator = forms.IntegerField(label=_("of so many parts"), min_value=1, max_value=1000, initial=1)
    starts = forms.DateField(label=_("From"), initial=today, widget=DayInput())

    def __init__(self, *args: Any, homes: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = [(str(home), label) for home, label in homes]  # type: ignore[attr-defined]


class SoldForm(forms.Form):
    """The day a holding ends."""

    ends = forms.DateField(label=_("First day it is no longer theirs"), initial=today, widget=DayInput())


class EndForm(forms.Form):
    """The day a residence ends."""

    ends = forms.DateField(label=_("First day they are no longer there"), initial=today, widget=DayInput())


class PreferencesForm(forms.Form):
    """How somebody likes the screens."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGE_NAMES)
    elder = forms.BooleanField(
        label=_("Elder view"), required=False, help_text=_("Large words, a few big buttons.")
    )
    text_size = forms.TypedChoiceField(
        label=_("Size of the words"),
        coerce=int,
        choices=[(size, str(size)) for size in rules.TEXT_SIZES],
        help_text=_("In the elder view."),
    )
    shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts on the desk"),
        required=False,
        help_text=_("Off: a key pressed by mistake does nothing."),
    )

    def __init__(
        self, *args: Any, account: Account | None = None, at_desk: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._shortcuts = account.shortcuts if account else True
        if not at_desk:
            del self.fields["shortcuts"]
        if account is not None:
            self.initial = {
                "language": account.language,
                "elder": account.elder,
                "text_size": account.text_size,
                "shortcuts": account.shortcuts,
            }

    def preferences(self) -> Preferences:
        """What the form says, as the action takes it."""
        return Preferences(**{"shortcuts": self._shortcuts, **self.cleaned_data})
