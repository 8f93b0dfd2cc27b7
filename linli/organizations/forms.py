"""Forms of posts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import DayInput
from linli.kernel.clock import today


class ChosenPersonForm(forms.Form):
    """A form about somebody chosen from those found."""

    person = forms.TypedChoiceField(
        label=_("Who"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Look somebody up and choose them.")},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), label) for key, label in people]  # type: ignore[attr-defined]


class AppointForm(ChosenPersonForm):
    """A new holder."""

    starts = forms.DateField(label=_("From"), initial=today, widget=DayInput())
    ends = forms.DateField(
        label=_("Until before"),
        required=False,
        widget=DayInput(),
        help_text=_("The first day it no longer holds. Left empty, it holds until it is ended."),
    )


class StandInForm(ChosenPersonForm):
    """Somebody acting for the holder."""

    starts = forms.DateField(label=_("From"), initial=today, widget=DayInput())
    last_day = forms.DateField(label=_("Last day, included"), widget=DayInput())


class EndForm(forms.Form):
    """The end of an appointment."""

    ends = forms.DateField(label=_("First day it no longer holds"), initial=today, widget=DayInput())


class CloseForm(forms.Form):
    """The end of a post."""

    on = forms.DateField(label=_("Closed from"), initial=today, widget=DayInput())


class OpenForm(forms.Form):
    """A new post over a place."""

    kind_code = forms.ChoiceField(label=_("Kind of post"))
    organization_id = forms.TypedChoiceField(label=_("Organization"), coerce=UUID)
    above_id = forms.TypedChoiceField(
        label=_("Falls to, while vacant"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[tuple[str, str]],
        organizations: Iterable[tuple[UUID, str]],
        above: Iterable[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind_code"].choices = list(kinds)
        fields["organization_id"].choices = [(str(key), label) for key, label in organizations]
        fields["above_id"].choices = [("", _("Nobody")), *((str(key), label) for key, label in above)]


class PasswordForm(forms.Form):
    """A first password, or another one, typed twice."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=_("At least 8 characters, and not one of the common ones."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """As strong as the installation asks."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "password" in said and said.get("again") != said["password"]:
            self.add_error("again", _("The two are not the same. Type it once more."))
        return said
